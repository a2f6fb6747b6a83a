import ts from 'typescript';
import { lineOf, nodesOf, parseSource } from '../../server/tools/metrics/grain.ts';
import { readText } from './sources.ts';

/** A text that a source file has for people. */
export interface SourceText {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

const parsed = new Map<string, ts.SourceFile>();

/** The string and template literals of a file that have several words; `…` stands for what is filled in. */
export function literalsOf(file: string): readonly SourceText[] {
  const source = parse(file);
  const texts: SourceText[] = [];
  for (const node of nodesOf(source)) {
    const text = literalText(node);
    if (text?.includes(' ') === true) texts.push({ line: lineOf(source, node.getStart(source)) + 1, text });
  }
  return texts;
}

/** The comments and docs of a file; the lines of one comment, and line comments that follow each other, are one text. */
export function commentsOf(file: string): readonly SourceText[] {
  const source = parse(file);
  const texts: SourceText[] = [];
  let previousEnd = -1;
  for (const range of commentRanges(source)) {
    const text = withoutMarks(source.text.slice(range.pos, range.end));
    const previous = texts.at(-1);
    const goesOn = previous !== undefined && source.text.slice(previousEnd, range.pos).trim() === '';
    if (goesOn && range.kind === ts.SyntaxKind.SingleLineCommentTrivia) {
      texts[texts.length - 1] = { ...previous, text: `${previous.text} ${text}` };
    } else {
      texts.push({ line: lineOf(source, range.pos) + 1, text });
    }
    previousEnd = range.end;
  }
  return texts;
}

/** The names of the interfaces, types, classes and enums that a file exports by declaring them. */
export function exportedTypesOf(file: string): readonly string[] {
  const names: string[] = [];
  const listed = listedExports(parse(file));
  for (const statement of parse(file).statements) {
    const isType =
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    if (!isType || statement.name === undefined) continue;
    const { text } = statement.name;
    if (isExported(statement) || listed.has(text)) names.push(text);
  }
  return names;
}

/** The names of `export { … }` and `export type { … }` that are of the file itself. */
function listedExports(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) continue;
    const clause = statement.exportClause;
    if (clause !== undefined && ts.isNamedExports(clause))
      for (const { name, propertyName } of clause.elements) names.add((propertyName ?? name).text);
  }
  return names;
}

function parse(file: string): ts.SourceFile {
  const source = parsed.get(file) ?? parseSource(file, readText(file) ?? '');
  parsed.set(file, source);
  return source;
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(span => `…${span.literal.text}`).join('');
  }
  const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  return isText ? node.text : undefined;
}

function commentRanges(source: ts.SourceFile): readonly ts.CommentRange[] {
  const ranges = new Map<number, ts.CommentRange>();
  const add = (found: readonly ts.CommentRange[] | undefined): void => {
    for (const range of found ?? []) ranges.set(range.pos, range);
  };
  const visit = (node: ts.Node): void => {
    add(ts.getLeadingCommentRanges(source.text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(source.text, node.getEnd()));
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...ranges.values()].sort((left, right) => left.pos - right.pos);
}

function withoutMarks(comment: string): string {
  return comment.replace(/^\/\*\*?|\*\/$|^\/\//g, '').replace(/\n\s*\*(?!\/)/g, '\n');
}

function isExported(statement: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) !== 0;
}
