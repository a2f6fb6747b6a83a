// The npm package: the command line, the language server and the library, which share their code.
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import ts from 'typescript';
import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };
import { lazyCatalogs } from '../lazyCatalogs.ts';
import { versionOnly } from '../versionOnly.ts';
import { packagePage } from './extensionPage.ts';
import { bundledFolders, noticesText, readPackage } from './notices.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'dist/npm');
const largest = 1024 * 1024;
/** What the command line may load before it knows which command is meant, in bytes: every start takes the time for it. */
const largestStart = 64 * 1024;
const librarySource = 'server/src/api/api.ts';

/** The packed package, as `npm install` takes it. */
export const npmFile = join(root, `dist/${manifest.name}-${manifest.version}.tgz`);

/**
 * Puts the package together in `dist/npm` and packs it; gives the paths in it, sorted, and one for all that is shared, which has
 * another name after each change. Refuses one that is too large.
 */
export async function packNpm(): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'dist'), { recursive: true });
  const metafile = await bundleCode();
  const start = startBytes(metafile, 'server/src/cli/main.ts');
  if (start > largestStart)
    throw new Error(`The command line starts with ${start} bytes, at most ${largestStart}`);
  await writeLibrary();
  const packages = bundledFolders([metafile]).map(path => readPackage(join(root, path)));
  await writeFile(join(folder, 'dist/THIRD-PARTY-NOTICES.txt'), noticesText(packages));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(npmManifest(), undefined, 2)}\n`);
  await writeFile(join(folder, 'README.md'), packagePage(await readFile(join(root, 'README.md'), 'utf8')));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await mkdir(join(folder, 'man'));
  await copyFile(join(root, 'docs/man/deploykf-values.1'), join(folder, 'man/deploykf-values.1'));
  const argv = ['pack', '--json', '--ignore-scripts', '--pack-destination', join(root, 'dist')];
  const { stdout } = await promisify(execFile)('npm', argv, { cwd: folder });
  const size = Number(/"size": (\d+)/.exec(stdout)?.[1]);
  if (!(size <= largest)) throw new Error(`${npmFile} has ${size} bytes, at most ${largest} are allowed`);
  const paths = [...stdout.matchAll(/"path": "([^"]+)"/g)].map(([, path = '']) => path);
  return [...new Set(paths.map(path => path.replace(/^(dist\/shared\/)\w+/, '$1*')))].sort();
}

/** Modules that share what they have in common: three bundles would hold most of it three times. */
function npmBuild(): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: { cli: 'server/src/cli/main.ts', server: 'server/src/lsp/main.node.ts', api: librarySource },
    outdir: join(folder, 'dist'),
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    plugins: [lazyCatalogs, versionOnly],
    logLevel: 'warning',
    metafile: true,
    // Libraries in the bundle ask for modules of Node by `require`.
    banner: { js: "import{createRequire as __of}from'node:module';const require=__of(import.meta.url);" },
  };
}

/** How much a bundle loads at once, without what it loads when it is needed. */
function startBytes({ outputs }: Metafile, entry: string): number {
  const loaded = new Set(Object.keys(outputs).filter(path => outputs[path]?.entryPoint === entry));
  let bytes = 0;
  for (const path of loaded) {
    const output = outputs[path];
    bytes += output?.bytes ?? 0;
    for (const { path: imported, kind } of output?.imports ?? [])
      if (kind === 'import-statement' && imported in outputs) loaded.add(imported);
  }
  return bytes;
}

async function bundleCode(): Promise<Metafile> {
  const { metafile } = await build({ ...npmBuild(), metafile: true });
  for (const file of Object.values(npmManifest().bin)) {
    const path = join(folder, file);
    await writeFile(path, `#!/usr/bin/env node\n${await readFile(path, 'utf8')}`);
    await chmod(path, 0o755);
  }
  return metafile;
}

/** The declarations of the library, and what gives it to CommonJS: a module that a `require` of Node 20 cannot load. */
async function writeLibrary(): Promise<void> {
  const source = await readFile(join(root, librarySource), 'utf8');
  const { outputText } = ts.transpileDeclaration(source, { fileName: 'api.ts' });
  for (const name of ['api.d.ts', 'api.d.cts']) await writeFile(join(folder, 'dist', name), outputText);
  const names = [...outputText.matchAll(/^export declare function (\w+)/gm)].map(([, name = '']) => name);
  const functions = names.map(
    name => `exports.${name} = async options => (await import('./api.js')).${name}(options);\n`,
  );
  await writeFile(join(folder, 'dist/api.cjs'), `'use strict';\n${functions.join('')}`);
}

/** What of `package.json`, which is that of the extension, holds for the package, too. */
function npmManifest() {
  const { name, version, license, keywords, engines, bin } = manifest;
  return {
    name,
    version,
    description: texts.description,
    keywords,
    license,
    type: 'module',
    bin: Object.fromEntries(
      Object.entries(bin).map(([command, file]) => [command, file.replace(/^\.\/(.*)\.c?js$/, '$1.js')]),
    ),
    main: './dist/api.cjs',
    types: './dist/api.d.cts',
    exports: {
      '.': {
        import: { types: './dist/api.d.ts', default: './dist/api.js' },
        require: { types: './dist/api.d.cts', default: './dist/api.cjs' },
      },
      './package.json': './package.json',
    },
    man: 'man/deploykf-values.1',
    files: ['dist', 'man'],
    engines: { node: engines.node },
    publishConfig: { access: 'public', provenance: true },
  };
}
