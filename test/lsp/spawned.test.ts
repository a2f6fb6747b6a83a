import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { version } from '../../server/src/host/version.ts';
import { LspClient } from '../support/lspClient.ts';

const entry = fileURLToPath(new URL('../../server/src/lsp/main.node.ts', import.meta.url));

describe('The bundled server', function () {
  this.timeout(20_000);
  let folder: string;
  let server: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-lsp-'));
    server = join(folder, 'server.cjs');
    buildSync({
      entryPoints: [entry],
      outfile: server,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      minify: true,
    });
    writeFileSync(
      join(folder, '.deploykf-values.yaml'),
      'stacks: [{name: prod, values: [base.yaml, values.yaml]}]\n',
    );
    writeFileSync(join(folder, 'base.yaml'), '\uFEFFdeploykf_core: {}\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('speaks over standard input and output, reads the disk, and ends when told', async () => {
    const root = pathToFileURL(folder).href;
    const uri = `${root}/values.yaml`;
    const client = LspClient.spawn(process.execPath, [server, '--stdio']);
    const { serverInfo } = await client.initialize({ folders: [root] });
    assert.deepEqual(serverInfo, { name: 'deploykf-values-language-server', version });
    await client.open(uri, 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n');
    const found = await client.diagnostics(uri);
    assert.ok(found.some(line => line.includes('image-tag-type')));
    assert.equal(await client.stop(), 0);
  });

  it('ends with the client, also when that says nothing', async () => {
    const client = LspClient.spawn(process.execPath, [server, '--stdio']);
    await client.initialize({ folders: [] });
    const ended = client.ended();
    client.closeInput();
    assert.equal(await ended, 1);
  });

  it('tells its version and how to start it', () => {
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [server, ...args], { encoding: 'utf8' });
    assert.equal(run('--version'), `${version}\n`);
    assert.match(run('--help'), /^Usage: deploykf-values-language-server --stdio\n/);
    const without = spawnSync(process.execPath, [server], { encoding: 'utf8' });
    assert.equal(without.status, 2);
    assert.match(without.stderr, /^Usage: /);
  });
});
