// npm run build [-- --watch]: bundles everything that is shipped into dist/.
import { existsSync } from 'node:fs';
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, context, type BuildOptions, type Metafile } from 'esbuild';
import { lazyCatalogs } from './lazyCatalogs.ts';
import { versionOnly } from './versionOnly.ts';
import { bundledFolders, noticesText, readPackage } from './package/notices.ts';

/** One shipped bundle: its entry point, its file, and where it runs. */
export interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  /** `anywhere`: in Node and in web workers. */
  readonly platform: 'node' | 'anywhere';
  /** A command of the shell: gets a `#!` line and the executable bit. */
  readonly isCommand?: boolean;
}

export const bundles: readonly Bundle[] = [
  { entry: 'client/src/extension.ts', outfile: 'dist/client.js', platform: 'anywhere' },
  { entry: 'server/src/lsp/main.ts', outfile: 'dist/server.js', platform: 'anywhere', isCommand: true },
  { entry: 'server/src/cli/main.ts', outfile: 'dist/cli.cjs', platform: 'node', isCommand: true },
];

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The licences of the libraries that are in the bundles. */
export const noticesFile = 'dist/THIRD-PARTY-NOTICES.txt';

/** Builds every bundle whose entry point exists and names the others. Fails where a library in one has no licence. */
export async function buildAll(): Promise<void> {
  await writeManifest();
  const metafiles = await Promise.all(presentBundles().map(buildBundle));
  const packages = bundledFolders(metafiles).map(folder => readPackage(join(root, folder)));
  await writeFile(join(root, noticesFile), noticesText(packages));
}

async function buildBundle(bundle: Bundle): Promise<Metafile> {
  const { metafile } = await build({ ...esbuildOptions(bundle), metafile: true });
  const file = join(root, bundle.outfile);
  if (bundle.isCommand === true) await chmod(file, 0o755);
  const { size } = await stat(file);
  console.log(`${bundle.outfile.padEnd(20)} ${(size / 1024).toFixed(0).padStart(6)} KiB`);
  return metafile;
}

async function watchAll(): Promise<void> {
  await writeManifest();
  for (const bundle of presentBundles()) {
    const watcher = await context({ ...esbuildOptions(bundle), logLevel: 'info' });
    await watcher.watch();
  }
}

function presentBundles(): readonly Bundle[] {
  return bundles.filter(({ entry, outfile }) => {
    const isPresent = existsSync(join(root, entry));
    if (!isPresent) console.log(`${outfile} skipped: ${entry} does not exist yet`);
    return isPresent;
  });
}

/** How a bundle is made, but for where it is written. */
export function esbuildOptions({ entry, outfile, platform, isCommand }: Bundle): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    ...(platform === 'node' ? { platform, target: 'node20' } : anywhere),
    bundle: true,
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    plugins: [lazyCatalogs, versionOnly],
    logLevel: 'warning',
    ...(isCommand === true && { banner: { js: '#!/usr/bin/env node' } }),
  };
}

/** Libraries come in the form for browsers, but for those that what runs in Node alone asks for by name. */
const anywhere: BuildOptions = {
  platform: 'neutral',
  target: ['node20', 'es2022'],
  conditions: ['browser'],
  mainFields: ['browser', 'module', 'main'],
  external: ['vscode', 'node:*', ...builtinModules],
  alias: Object.fromEntries(
    ['jsonrpc', 'languageserver', 'languageserver-protocol', 'languageclient'].map(name => [
      `vscode-${name}/node`,
      join(root, `node_modules/vscode-${name}/lib/node/main.js`),
    ]),
  ),
};

/** Node takes `.js` for what the next manifest says; web workers load nothing else. */
async function writeManifest(): Promise<void> {
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(root, 'dist/client.cjs'), "module.exports = require('./client.js');\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await (process.argv.includes('--watch') ? watchAll() : buildAll());
}
