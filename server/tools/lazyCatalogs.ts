import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Bundles each catalog as a text that is parsed when something in it is first asked for: a process uses one or two of
 * the releases, and the others would cost start-up time and memory.
 */
export const lazyCatalogs: Plugin = {
  name: 'lazy-catalogs',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]catalog[\\/]\d[^\\/]*\.json$/ }, async ({ path }) => ({
      contents: lazyModule(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

function lazyModule(json: string): string {
  const data: unknown = JSON.parse(json);
  const getters = Object.keys(Object(data) as object).map(
    key => `get ${JSON.stringify(key)}() { return read().${key}; }`,
  );
  const text = JSON.stringify(JSON.stringify(data));
  return `let data; const read = () => (data ??= JSON.parse(${text})); export default { ${getters.join(', ')} };`;
}
