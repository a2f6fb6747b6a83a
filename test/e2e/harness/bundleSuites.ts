import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { e2eFolder, root } from './paths.ts';

/** An empty extension with a script of `test/e2e` that runs in Node and in a web worker. */
export async function bundleSuites(entry: string): Promise<RunnerFolder> {
  const folder = join(root, 'dist/e2e-runner');
  await mkdir(folder, { recursive: true });
  await copyFile(join(e2eFolder, 'runner/package.json'), join(folder, 'package.json'));
  await writeFile(join(folder, 'empty.js'), '');
  await build({
    entryPoints: [join(e2eFolder, entry)],
    outfile: join(folder, 'suite.js'),
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    define: { exports: 'undefined', module: 'undefined', define: 'undefined' }, // mocha.js would export itself in our name
    logLevel: 'warning',
  });
  return { folder, suites: join(folder, 'suite') };
}

/** The extension to develop and the module whose `run` the extension host calls. */
export interface RunnerFolder {
  readonly folder: string;
  readonly suites: string;
}
