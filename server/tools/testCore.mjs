// npm run test:core [-- MOCHA-OPTION... FILE...]: bundles the tests of the core and runs them in one process; without files,
// all of them. To transform and load each module by itself (`npx mocha FILE`) takes twice the processor time.
//
// The flags in package.json: this run is over before optimized code would pay for its compiler, and most of what the tests
// make is garbage at once. Plain JavaScript, since loading TypeScript is part of what is saved.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { main as runMocha } from 'mocha/lib/cli/cli.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A module asks where it is itself, and not where the bundle is. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    });
  },
};

const args = process.argv.slice(2);
const isFile = arg => arg.endsWith('.test.ts');
const chosen = args.filter(isFile).map(file => resolve(file));
const bundle = join(emptyFolder(), 'core.mjs');
const { reporter, timeout } = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8'));
const config = ['--no-config', '--no-package', `--reporter=${join(root, reporter)}`, `--timeout=${timeout}`];

process.once('exit', () => {
  rmSync(dirname(bundle), { recursive: true, force: true });
  printCost();
});
await bundleTests(chosen.length > 0 ? chosen : allTests());
await runMocha([...config, ...args.filter(arg => !isFile(arg)), bundle]);

function allTests() {
  const folder = join(root, 'test/core');
  const names = readdirSync(folder, { recursive: true }).filter(isFile);
  return names.sort().map(name => join(folder, name));
}

/** A folder of its own for each run, as several may go on; below the root, so that packages are found. */
function emptyFolder() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  return mkdtempSync(join(root, 'dist/test-core-'));
}

async function bundleTests(files) {
  await build({
    absWorkingDir: root,
    stdin: { contents: files.map(file => `import ${JSON.stringify(file)};`).join('\n'), resolveDir: root },
    outfile: bundle,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    sourcesContent: false,
    plugins: [ownPlaces],
    logLevel: 'warning',
  });
  stop();
}

function printCost() {
  const children = childrenSeconds();
  const user = process.cpuUsage().user / 1e6 + (children ?? 0);
  const lacks = children === undefined ? ' without the bundler' : '';
  console.log(`  user CPU ${user.toFixed(1)} s${lacks}, wall ${process.uptime().toFixed(1)} s\n`);
}

/** The user time of the processes that this one has started and that have ended; `undefined` where the system does not tell. */
function childrenSeconds() {
  if (process.platform !== 'linux') return undefined;
  const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  // Field 16 (cutime) of proc(5), in hundredths; the first two are cut off.
  return Number(fields.split(' ')[13]) / 100;
}
