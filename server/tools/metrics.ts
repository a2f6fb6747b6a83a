// npm run metrics: the grain, the tails and the structure of what is shipped, to be read by people; nothing fails here.
// Figures that were taken otherwise before (62 ternaries, 11 `cond ? x : []`, 398 calls, 214 helpers) come near to this counting:
// 60.5, 10.4, 394.7 and 201 on the same code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import layers from './layers.json' with { type: 'json' };
import { functionsOf, singleUse, type FunctionFact } from './metrics/functions.ts';
import { grainOf, longLines, parseSource, sumGrain, type Grain } from './metrics/grain.ts';
import { structureOf, type Arrow } from './metrics/structure.ts';

interface Measured {
  readonly path: string;
  readonly room: string;
  readonly file: ts.SourceFile;
  readonly grain: Grain;
  /** As an editor counts them. */
  readonly allLines: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const core = 'server/src/core/';

printAll(['client/src/', 'server/src/'].flatMap(filesIn).map(measure));

function printAll(files: readonly Measured[]): void {
  printGrain(files);
  printCounts(files);
  printTails(files);
  printStructure(files.map(({ file }) => file));
}

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = names.map(name => folder + name.replaceAll('\\', '/'));
  return paths.filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts')).sort();
}

function measure(path: string): Measured {
  const text = readFileSync(join(root, path), 'utf8');
  const file = parseSource(path, text);
  return {
    path,
    room: roomOf(path),
    file,
    grain: grainOf(file),
    allLines: text.trimEnd().split('\n').length,
  };
}

/** `core/yaml`, `lsp`, `client`; files at the root of a side are a room of their own. */
function roomOf(path: string): string {
  const parts = path.replace('server/src/', '').replace('client/src/', 'client/').split('/').slice(0, -1);
  return parts.slice(0, parts[0] === 'core' ? 2 : 1).join('/') || '(root)';
}

function printGrain(files: readonly Measured[]): void {
  console.log(
    'Per 1,000 lines of code (blank lines and lines of comments alone do not count; calls are without `new`)\n',
  );
  const columns = ['lines', 'ternaries', 'cond ? x : []', 'calls'];
  console.log(row('room', columns));
  console.log(grainRow('all', files));
  for (const room of [...new Set(files.map(file => file.room))].sort()) {
    console.log(
      grainRow(
        room,
        files.filter(file => file.room === room),
      ),
    );
  }
}

function grainRow(name: string, files: readonly Measured[]): string {
  const { lines, ternaries, emptyLists, calls } = sumGrain(files.map(({ grain }) => grain));
  const rates = [ternaries, emptyLists, calls].map(count => ((1000 * count) / Math.max(1, lines)).toFixed(1));
  return row(name, [String(lines), ...rates]);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(20) + cells.map(cell => cell.padStart(15)).join('');
}

function printCounts(files: readonly Measured[]): void {
  const single = files.flatMap(({ file }) => singleUse(file));
  const inCore = sumGrain(files.filter(({ path }) => path.startsWith(core)).map(({ grain }) => grain));
  const long = files.flatMap(({ path, file }) => longLines(file.text, 110).map(line => `${path}:${line}`));
  console.log(`
In all
  single-use short helpers    ${single.length}   (not exported, at most five lines, mentioned once and called there)
  in core: any                ${inCore.anyTypes}
  in core: !                  ${inCore.nonNull}
  in core: as                 ${inCore.assertions}   (without \`as const\`)
  lines over 110              ${long.length}`);
}

function printTails(files: readonly Measured[]): void {
  const functions = files.flatMap(({ path, file }) => functionsOf(file).map(fact => ({ ...fact, path })));
  const longFiles = files.filter(({ allLines }) => allLines > 400);
  const longFunctions = functions.filter(({ lines }) => lines > 60);
  console.log(`\nTails (all lines count, as in the linter's caps)
  files over 400              ${longFiles.length}
  functions over 60           ${longFunctions.length}`);
  print(
    'longest functions',
    highest(functions, ({ lines }) => lines).map(fact => `${fact.lines}  ${placeOf(fact)}`),
  );
  print(
    'longest files',
    highest(files, ({ allLines }) => allLines).map(file => `${file.allLines}  ${file.path}`),
  );
  const complex = highest(functions, ({ complexity }) => complexity);
  print(
    'highest cyclomatic complexity',
    complex.map(fact => `${fact.complexity}  ${placeOf(fact)}`),
  );
}

function highest<T>(list: readonly T[], valueOf: (item: T) => number): readonly T[] {
  return list.toSorted((a, b) => valueOf(b) - valueOf(a)).slice(0, 10);
}

function placeOf({ path, line, name }: FunctionFact & { readonly path: string }): string {
  return `${name}  ${path}:${line}`;
}

function printStructure(files: readonly ts.SourceFile[]): void {
  const { folders, arrows, circles, up } = structureOf(files, core, layers.core);
  console.log(`\nFolders of ${core} by rank, the lowest first`);
  for (const { name, rank } of folders)
    console.log(`  ${String(rank ?? '?').padStart(2)}  ${name || '(root)'}`);
  console.log(`\n  arrows between folders      ${arrows.length}`);
  print(
    'circles of folders',
    circles.map(circle => circle.join(', ')),
  );
  print('arrows that run up', up.map(printArrow));
}

function printArrow({ from, to }: Arrow): string {
  return `${from} -> ${to}`;
}

function print(title: string, lines: readonly string[]): void {
  console.log(`\n  ${title}${lines.length === 0 ? ': none' : ''}`);
  for (const line of lines) console.log(`    ${line}`);
}
