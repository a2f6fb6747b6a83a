import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, e2eFolder, findProgram } from './paths.ts';

interface Manifest {
  readonly codeServer: { readonly version: string; readonly integrity: string };
}

const run = promisify(execFile);
const manifestFolder = join(e2eFolder, 'vscode');

/**
 * The folder of a runnable VS Code server, which is installed from the npm package `code-server` when it is not in the
 * cache yet. The cache is keyed by the lock file, and a folder in it is always whole.
 */
export async function installVsCode(): Promise<string> {
  const lock = await readFile(join(manifestFolder, 'package-lock.json'));
  const { codeServer } = await readManifest();
  const key = createHash('sha256').update(lock).update(codeServer.integrity).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `vscode/${codeServer.version}-${key}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  await unpack(codeServer, unfinished);
  await installDependencies(unfinished);
  await rename(unfinished, folder);
  return folder;
}

async function unpack({ version, integrity }: Manifest['codeServer'], folder: string): Promise<void> {
  const archive = join(folder, `code-server-${version}.tgz`);
  await npm(folder, 'pack', `code-server@${version}`, '--silent');
  const actual = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${actual}` !== integrity)
    throw new Error(`code-server ${version} is not the package that was locked`);
  await run('tar', ['-xzf', archive, '--strip-components=3', 'package/lib/vscode'], { cwd: folder });
  await rm(archive);
}

/** The lock file inside the package is out of step with its manifest, so ours take their place. */
async function installDependencies(folder: string): Promise<void> {
  const dependencies = join(folder, 'dependencies');
  await mkdir(dependencies);
  for (const name of ['package.json', 'package-lock.json']) {
    await copyFile(join(manifestFolder, name), join(dependencies, name));
  }
  await npm(dependencies, 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  await rename(join(dependencies, 'node_modules'), join(folder, 'node_modules'));
  await rm(dependencies, { recursive: true });
  await symlink('node_modules', join(folder, 'node_modules.asar'));
  await linkRipgrep(folder);
}

/** Without ripgrep everything works but the search for files in a workspace. */
async function linkRipgrep(folder: string): Promise<void> {
  const ripgrep = findProgram('rg');
  if (ripgrep === undefined) return;
  const bin = join(folder, 'node_modules/@vscode/ripgrep/bin');
  await mkdir(bin, { recursive: true });
  await symlink(ripgrep, join(bin, 'rg'));
}

async function npm(cwd: string, ...args: readonly string[]): Promise<void> {
  await run('npm', [...args], { cwd, env: environmentOfNpm() });
}

/** `npm test` tells its children about our package; an npm of another folder must not hear that. */
function environmentOfNpm(): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean => /^npm_(package|lifecycle|config_local_prefix)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(manifestFolder, 'package.json'), 'utf8')) as Manifest;
}
