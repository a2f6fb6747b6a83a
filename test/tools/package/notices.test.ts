import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, esbuildOptions, noticesFile } from '../../../server/tools/build.ts';
import { bundledFolders, noticesText, readPackage } from '../../../server/tools/package/notices.ts';
import { readText } from '../../support/sources.ts';

describe('The notices of third parties', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  after(() => rmSync(folder, { recursive: true }));

  it('name each library that is in a bundle, with the text of its licence', async () => {
    const options = { metafile: true, write: false } as const;
    const built = await Promise.all(bundles.map(bundle => build({ ...esbuildOptions(bundle), ...options })));
    const folders = bundledFolders(built.map(({ metafile }) => metafile));
    const text = noticesText(folders.map(readPackage));
    assert.ok(folders.includes('node_modules/yaml'));
    assert.ok(folders.includes('node_modules/vscode-languageclient'));
    for (const own of folders) {
      const { name, version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
        readonly name: string;
        readonly version: string;
      };
      assert.ok(text.includes(`- ${name} ${version} (`), name);
      const after = text.slice(text.indexOf(`\n${name} ${version} (`, text.indexOf('====')));
      assert.match(after.slice(0, 20_000), /copyright|blue oak/i, name);
    }
    assert.ok(text.includes(readFileSync('node_modules/yaml/LICENSE', 'utf8').trim()));
    // Every library that the code imports is there, so that the list is not of something else.
    const imported = [...text.matchAll(/^- (\S+) /gm)].map(([, name]) => name);
    for (const name of ['yaml', 'yauzl', 'diff', 'vscode-languageserver'])
      assert.ok(imported.includes(name), name);
  });

  it('are refused where a package has no text of a licence, or names none', () => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "bare", "version": "1.0.0", "license": "MIT" }');
    assert.throws(() => readPackage(folder), /has no text of its licence/);
    writeFileSync(join(folder, 'LICENSE.md'), 'Copyright\r\n');
    assert.deepEqual(readPackage(folder), {
      name: 'bare',
      version: '1.0.0',
      licence: 'MIT',
      texts: ['Copyright'],
    });
    writeFileSync(join(folder, 'package.json'), '{ "name": "bare", "version": "1.0.0" }');
    assert.throws(() => readPackage(folder), /does not name a licence/);
  });

  it('count only what is left in a bundle, by the nearest package', () => {
    const inputs = {
      'node_modules/a/index.js': { bytesInOutput: 10 },
      'node_modules/b/index.js': { bytesInOutput: 0 },
      'node_modules/a/node_modules/@c/d/lib/x.js': { bytesInOutput: 1 },
      'server/src/x.ts': { bytesInOutput: 5 },
    };
    const output = { bytes: 16, inputs, imports: [], exports: [] };
    assert.deepEqual(bundledFolders([{ inputs: {}, outputs: { 'dist/x.js': output } }]), [
      'node_modules/a',
      'node_modules/a/node_modules/@c/d',
    ]);
  });

  for (const list of ['packagedFiles.txt', 'npmFiles.txt'])
    it(`are packaged: ${list}`, () =>
      assert.ok((readText(`test/support/${list}`) ?? '').split('\n').includes(noticesFile)));
});
