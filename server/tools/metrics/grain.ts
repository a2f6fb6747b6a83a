import ts from 'typescript';

/** What one source file is made of. */
export interface Grain {
  /** Lines that hold code: neither blank ones nor those of comments alone. */
  readonly lines: number;
  readonly ternaries: number;
  /** `cond ? x : []` or `cond ? [] : x`. */
  readonly emptyLists: number;
  /** Also optional ones and `import()`, but not `new`. */
  readonly calls: number;
  readonly anyTypes: number;
  /** `x!` */
  readonly nonNull: number;
  /** `x as T`, but not `as const`. */
  readonly assertions: number;
}

/** A text as a syntax tree. */
export function parseSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

export function grainOf(file: ts.SourceFile): Grain {
  const nodes = [...nodesOf(file)];
  const ternaries = nodes.filter(ts.isConditionalExpression);
  return {
    lines: countLines(file),
    ternaries: ternaries.length,
    emptyLists: ternaries.filter(node => isEmptyList(node.whenTrue) || isEmptyList(node.whenFalse)).length,
    calls: nodes.filter(ts.isCallExpression).length,
    anyTypes: nodes.filter(node => node.kind === ts.SyntaxKind.AnyKeyword).length,
    nonNull: nodes.filter(ts.isNonNullExpression).length,
    assertions: nodes.filter(node => ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)).length,
  };
}

/** Sums, also of no file at all. */
export function sumGrain(grains: readonly Grain[]): Grain {
  const sum = (count: (grain: Grain) => number): number =>
    grains.reduce((total, grain) => total + count(grain), 0);
  return {
    lines: sum(grain => grain.lines),
    ternaries: sum(grain => grain.ternaries),
    emptyLists: sum(grain => grain.emptyLists),
    calls: sum(grain => grain.calls),
    anyTypes: sum(grain => grain.anyTypes),
    nonNull: sum(grain => grain.nonNull),
    assertions: sum(grain => grain.assertions),
  };
}

/** All nodes below one, without it. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  node.forEachChild(child => void children.push(child));
  for (const child of children) {
    yield child;
    yield* nodesOf(child);
  }
}

/** The lines of a text that are longer than a limit, counted from 1. */
export function longLines(text: string, limit: number): readonly number[] {
  return text.split(/\r?\n/).flatMap((line, index) => (line.length > limit ? [index + 1] : []));
}

function countLines(file: ts.SourceFile): number {
  const lines = new Set<number>();
  for (const token of tokensOf(file, file)) {
    const last = lineOf(file, token.end);
    for (let line = lineOf(file, token.getStart(file)); line <= last; line++) lines.add(line);
  }
  return lines.size;
}

function* tokensOf(node: ts.Node, file: ts.SourceFile): Generator<ts.Node> {
  if (ts.isJSDoc(node) || node.kind === ts.SyntaxKind.EndOfFileToken) return;
  const children = node.getChildren(file);
  if (children.length === 0 && node.end > node.getStart(file)) yield node;
  for (const child of children) yield* tokensOf(child, file);
}

/** Counted from 0. */
export function lineOf(file: ts.SourceFile, offset: number): number {
  return file.getLineAndCharacterOfPosition(offset).line;
}

function isEmptyList(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}
