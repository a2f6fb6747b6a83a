import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf } from './grain.ts';

/** What an import of one folder from another is. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Structure {
  /** Every folder with its rank, the lowest first; `undefined`: it has none. */
  readonly folders: readonly { readonly name: string; readonly rank: number | undefined }[];
  /** The pairs of folders of which the first imports from the second. */
  readonly arrows: readonly Arrow[];
  /** Folders that reach each other, whatever their ranks. */
  readonly circles: readonly (readonly string[])[];
  /** The arrows to a higher rank. */
  readonly up: readonly Arrow[];
}

/** The files of the repository that a module imports, as paths from the root. */
export function importsOf(file: ts.SourceFile): readonly string[] {
  return [...nodesOf(file)].flatMap(node => {
    const name = importedBy(node);
    return name?.startsWith('.') === true ? [posix.join(posix.dirname(file.fileName), name)] : [];
  });
}

/** The folders directly below one and the imports between them. `ranks`: the names of each rank, the lowest first. */
export function structureOf(
  files: readonly ts.SourceFile[],
  core: string,
  ranks: readonly (readonly string[])[],
): Structure {
  const rankOf = (name: string): number | undefined => {
    const rank = ranks.findIndex(names => names.includes(name));
    return rank < 0 ? undefined : rank;
  };
  const own = files.filter(file => file.fileName.startsWith(core));
  const names = [...new Set(own.map(file => folderIn(core, file.fileName)))];
  const arrows = arrowsBetween(own, core);
  return {
    folders: names
      .map(name => ({ name, rank: rankOf(name) }))
      .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.name < b.name ? -1 : 1)),
    arrows,
    circles: circlesOf(arrows),
    up: arrows.filter(({ from, to }) => (rankOf(to) ?? 0) > (rankOf(from) ?? Infinity)),
  };
}

function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : undefined;
}

/** "" for a file directly in it. */
function folderIn(core: string, path: string): string {
  const [name = '', ...below] = path.slice(core.length).split('/');
  return below.length === 0 ? '' : name;
}

function arrowsBetween(files: readonly ts.SourceFile[], core: string): readonly Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const file of files) {
    const from = folderIn(core, file.fileName);
    for (const path of importsOf(file).filter(imported => imported.startsWith(core))) {
      const to = folderIn(core, path);
      if (from !== to) arrows.set(`${from} ${to}`, { from, to });
    }
  }
  return [...arrows.values()];
}

function circlesOf(arrows: readonly Arrow[]): readonly (readonly string[])[] {
  const names = [...new Set(arrows.map(({ from }) => from))].sort();
  const reached = new Map(names.map(name => [name, reachedFrom(name, arrows)]));
  const circles = names
    .map(name => names.filter(other => meet(reached, name, other)))
    .filter(({ length }) => length > 0);
  return [...new Map(circles.map(circle => [circle.join(' '), circle])).values()];
}

function meet(reached: ReadonlyMap<string, ReadonlySet<string>>, one: string, other: string): boolean {
  return reached.get(one)?.has(other) === true && reached.get(other)?.has(one) === true;
}

function reachedFrom(name: string, arrows: readonly Arrow[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const from = next;
    const fresh = arrows.filter(arrow => arrow.from === from && !reached.has(arrow.to)).map(({ to }) => to);
    for (const to of fresh) reached.add(to);
    open.push(...fresh);
  }
  return reached;
}
