import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const catalogFile = /[\\/]server[\\/]catalog[\\/]\d[^\\/]*\.json$/;
const linesModule = 'catalog-lines';

/**
 * Bundles each catalog as a text that is parsed when something in it is first asked for: a process uses one or two of
 * the releases, and the others would cost start-up time and memory. Releases have most of their lines in common, so each
 * line is bundled once.
 */
export const lazyCatalogs: Plugin = {
  name: 'lazy-catalogs',
  setup(build) {
    let table: LineTable | undefined;
    const tableOf = (folder: string): LineTable => (table ??= new LineTable(folder));
    build.onStart(() => {
      table = undefined;
    });
    build.onResolve({ filter: new RegExp(`^${linesModule}$`) }, ({ resolveDir }) => ({
      path: linesModule,
      namespace: linesModule,
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: linesModule }, ({ pluginData }) => ({
      contents: linesText(tableOf(String(pluginData))),
      loader: 'js',
    }));
    build.onLoad({ filter: catalogFile }, ({ path }) => ({
      contents: catalogText(readFileSync(path, 'utf8'), tableOf(dirname(path))),
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** The lines of all catalogs in a folder, each once. */
class LineTable {
  readonly #indexes = new Map<string, number>();

  constructor(folder: string) {
    const names = readdirSync(folder).filter(name => catalogFile.test(join('/server/catalog', name)));
    for (const name of names.sort()) {
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) this.#add(line);
    }
  }

  get text(): string {
    return [...this.#indexes.keys()].join('\n');
  }

  /** A text as lines of the table: where each run of them starts, and how many it has. */
  runsOf(text: string): readonly number[] {
    const runs: number[] = [];
    let next = -1;
    for (const line of text.split('\n')) {
      const index = this.#add(line);
      if (index === next) runs.push((runs.pop() ?? 0) + 1);
      else runs.push(index, 1);
      next = index + 1;
    }
    return runs;
  }

  #add(line: string): number {
    const known = this.#indexes.get(line);
    if (known !== undefined) return known;
    this.#indexes.set(line, this.#indexes.size);
    return this.#indexes.size - 1;
  }
}

function linesText(table: LineTable): string {
  return [
    'let lines;',
    `const all = () => (lines ??= ${JSON.stringify(table.text)}.split('\\n'));`,
    'export function textOf(runs) {',
    '  const parts = [];',
    '  for (let i = 0; i < runs.length; i += 2) parts.push(...all().slice(runs[i], runs[i] + runs[i + 1]));',
    "  return parts.join('\\n');",
    '}',
  ].join('\n');
}

function catalogText(json: string, table: LineTable): string {
  const data: unknown = JSON.parse(json);
  const getters = Object.keys(Object(data) as object).map(
    key => `get ${JSON.stringify(key)}() { return read().${key}; }`,
  );
  return [
    `import { textOf } from '${linesModule}';`,
    'let data;',
    `const read = () => (data ??= JSON.parse(textOf(${JSON.stringify(table.runsOf(json))})));`,
    `export default { ${getters.join(', ')} };`,
  ].join('\n');
}
