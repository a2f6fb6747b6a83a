import ts from 'typescript';
import { lineOf, nodesOf } from './grain.ts';

export interface FunctionFact {
  /** The function's own name or that of what holds it; `(anonymous)` for a callback. */
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** From its first to its last line, with comments and blank lines inside, without its doc. */
  readonly lines: number;
  /** 1 and one more for each branch, loop, case, catch and short circuit; functions inside count for themselves. */
  readonly complexity: number;
}

const branches: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.CaseClause,
  ts.SyntaxKind.CatchClause,
]);

const shortCircuits: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Every function of a file that has a body: also methods, accessors, constructors and callbacks. */
export function functionsOf(file: ts.SourceFile): readonly FunctionFact[] {
  return [...nodesOf(file)].filter(hasBody).map(node => ({
    name: nameOf(node),
    line: lineOf(file, node.getStart(file)) + 1,
    lines: lineCount(file, node),
    complexity: 1 + branchesIn(node.body),
  }));
}

/**
 * Functions of the module that it does not export, of at most `limit` lines, whose only mention is one call. Mentions are
 * told by name: one that is shadowed counts as mentioned, and is not listed.
 */
export function singleUse(file: ts.SourceFile, limit = 5): readonly string[] {
  const mentions = [...nodesOf(file)].filter(isMention);
  return privateFunctions(file).flatMap(({ name, node }) => {
    const uses = mentions.filter(({ text }) => text === name);
    return lineCount(file, node) <= limit && uses.length === 1 && uses.every(isCalled) ? [name] : [];
  });
}

interface Private {
  readonly name: string;
  readonly node: ts.Node;
}

function privateFunctions(file: ts.SourceFile): readonly Private[] {
  const exported = new Set(file.statements.filter(ts.isExportDeclaration).flatMap(exportedNames));
  return file.statements.flatMap(privateOf).filter(({ name }) => !exported.has(name));
}

function privateOf(statement: ts.Statement): readonly Private[] {
  if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport) === true) return [];
  if (ts.isFunctionDeclaration(statement)) {
    return statement.name && statement.body ? [{ name: statement.name.text, node: statement }] : [];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer !== undefined && isInline(initializer)
      ? [{ name: name.text, node: statement }]
      : [],
  );
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

function exportedNames({ exportClause }: ts.ExportDeclaration): readonly string[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(element => (element.propertyName ?? element.name).text);
}

/** An identifier that may stand for a value of the module: no key, no property and not the name that is declared. */
function isMention(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent))
    return parent.getFirstToken() === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  return !('name' in parent && parent.name === node);
}

function isCalled(node: ts.Identifier): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

type WithBody = ts.FunctionLikeDeclaration & { readonly body: ts.Node };

function hasBody(node: ts.Node): node is WithBody {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function isInline(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function nameOf(node: WithBody): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const name = node.name ?? holderName(node.parent);
  return name === undefined ? '(anonymous)' : name.getText();
}

function holderName(node: ts.Node): ts.Node | undefined {
  const isHolder =
    ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
  return isHolder ? node.name : undefined;
}

function lineCount(file: ts.SourceFile, node: ts.Node): number {
  return lineOf(file, node.end) - lineOf(file, node.getStart(file)) + 1;
}

function branchesIn(node: ts.Node): number {
  let count = Number(isBranch(node));
  node.forEachChild(child => {
    if (!hasBody(child)) count += branchesIn(child);
  });
  return count;
}

function isBranch(node: ts.Node): boolean {
  return (
    branches.has(node.kind) || (ts.isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind))
  );
}
