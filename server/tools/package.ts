// npm run package: builds and writes dist/deploykf-values.vsix and the npm package dist/deploykf-values-VERSION.tgz, and refuses what
// is too large or holds another set of files.
import { readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { unzipSync } from 'fflate';
import { buildAll } from './build.ts';
import { extensionPage } from './package/extensionPage.ts';
import { packNpm } from './package/npmPackage.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const largest = 1024 * 1024;
/** What VS Code shows as the page of the extension. */
const page = 'dist/README.md';

/** Where `npm run package` leaves the packaged extension. */
export const vsixFile = join(root, 'dist/deploykf-values.vsix');

/** The files of the extension that the `.vsix` holds, sorted. */
export async function listPackagedFiles(): Promise<readonly string[]> {
  const folder = 'extension/';
  const names = Object.keys(unzipSync(await readFile(vsixFile)));
  return names.flatMap(name => (name.startsWith(folder) ? name.slice(folder.length) : [])).sort();
}

async function packageExtension(): Promise<void> {
  await buildAll();
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  await writeFile(
    join(root, page),
    extensionPage(readme, path => readFileSync(join(root, path))),
  );
  await createVSIX({
    cwd: root,
    packagePath: vsixFile,
    dependencies: false,
    readmePath: page,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(vsixFile);
  if (size > largest) throw new Error(`${vsixFile} has ${size} bytes, at most ${largest} are allowed`);
  await compareWithGoldenList('test/support/packagedFiles.txt', await listPackagedFiles());
  await compareWithGoldenList('test/support/npmFiles.txt', await packNpm());
}

async function compareWithGoldenList(listFile: string, packaged: readonly string[]): Promise<void> {
  const golden = (await readFile(join(root, listFile), 'utf8')).split('\n').filter(Boolean);
  const surplus = packaged.filter(file => !golden.includes(file));
  const missing = golden.filter(file => !packaged.includes(file));
  if (surplus.length + missing.length === 0) return;
  throw new Error(`The package differs from ${listFile}: surplus ${list(surplus)}, missing ${list(missing)}`);
}

function list(files: readonly string[]): string {
  return files.length === 0 ? 'none' : files.join(', ');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await packageExtension();
