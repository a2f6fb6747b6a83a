// The language server asks a real registry through the part of the extension that sends its requests.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationToken, type CodeLens } from 'vscode-languageserver/node';
import { sendHttp } from '../../client/src/http.node.ts';
import { nodeFiles } from '../../server/src/host/files.node.ts';
import { nodeRegistryAccess } from '../../server/src/host/registry/access.node.ts';
import type { OfferReportsResult } from '../../server/src/protocol/reports.ts';
import type { HttpParams, HttpResult, VerifyMirrorResult } from '../../server/src/protocol/verify.ts';
import { LspClient } from '../support/lspClient.ts';
import { password, writeDockerConfig } from '../support/registry/credentials.ts';
import { filledStack, placeOf, type FilledStack } from '../support/registry/filledStack.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { deleteManifest, pushImage } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

describe('Verify Mirror', function () {
  let registry: TestRegistry;
  let stack: FilledStack;
  let client: LspClient;
  const logged: string[] = [];

  before(async function () {
    needPrograms(this, ['docker-registry', 'openssl']);
    registry = await startRegistry('basic');
    stack = await filledStack(registry);
  });
  after(async () => {
    stack?.workspace.remove();
    await registry?.stop();
  });
  afterEach(() => client?.stop());

  const uriOf = (file: string): string => pathToFileURL(join(stack.workspace.root, file)).href;

  async function start(settings: object, answer = sendHttp): Promise<void> {
    const env = { REGISTRY_AUTH_FILE: writeDockerConfig(registry.folder, [registry.host]) };
    client = LspClient.inProcess({
      files: nodeFiles,
      settings: { verify: settings },
      registries: nodeRegistryAccess(env),
    });
    client.connection.onRequest('deploykf/http', (params: HttpParams): Promise<HttpResult> => {
      return answer(params, CancellationToken.None);
    });
    await client.initialize({
      folders: [pathToFileURL(stack.workspace.root).href],
      own: { sendsHttp: true, commands: ['deploykf.showManifestImages', 'deploykf.verifyMirror'] },
    });
    await client.open(uriOf('prod.yaml'), stack.workspace.read('prod.yaml'));
  }

  async function verify(): Promise<VerifyMirrorResult> {
    const { stacks } = await client.request<OfferReportsResult>('deploykf/offerReports', {
      uri: uriOf('prod.yaml'),
    });
    const result = await client.request<VerifyMirrorResult>('deploykf/verifyMirror', {
      stack: stacks[0]?.id,
    });
    logged.push(...client.logged, JSON.stringify(result));
    return result;
  }

  const text = (uri: string): Promise<string | null> => client.request('deploykf/virtualText', { uri });
  const lenses = async (): Promise<readonly string[]> => {
    const uri = uriOf('prod.yaml');
    const found = await client.request<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri } });
    return (found ?? []).map(({ command }) => command?.title.replace(/\d\d:\d\d$/, 'TIME') ?? '');
  };
  const trusted = { registryCa: '' };

  it('says in a document, a lens and hovers what the registry has, until the plan changes', async () => {
    trusted.registryCa = join(stack.workspace.root, 'ca.crt');
    await start(trusted);
    const all = stack.plan.copies.length;
    assert.deepEqual(await lenses(), []);
    const result = await verify();
    assert.equal(result.kind, 'verified');
    assert.deepEqual(
      [result.summary, result.isComplete, result.notes],
      [`all ${all} images are there`, true, []],
    );
    assert.match(
      (await text(result.document)) ?? '',
      new RegExp(`^deployKF 0\\.1\\.5, prod: all ${all} images are there\\nChecked at \\d\\d:\\d\\d\\n$`),
    );
    assert.deepEqual(await lenses(), [
      `deployKF: ${all} of ${all} images of prod are in the registry, checked at TIME`,
    ]);
    const file = uriOf('prod.yaml');
    await client.change(file, [{ text: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: {}\n' }]);
    const hover = await client.hover(file, 'dex');
    assert.match(
      JSON.stringify(hover),
      /In the registry as `sha256:\w{12}` for linux\/amd64.*, checked at \d\d/,
    );
    await client.change(file, [{ text: 'deploykf_core:\n  deploykf_auth:\n    enabled: false\n' }]);
    assert.deepEqual(await lenses(), []);
    assert.equal(await text(result.document), 'The plan of the mirror has changed: verify it again\n');
  });

  it('says what is missing, and holds the registry to the lock', async () => {
    const [gone, other] = stack.plan.copies;
    const { name, tag } = placeOf(gone?.target ?? null);
    const image = await pushImage(registry, name, tag, { form: 'oci' });
    await deleteManifest(registry, name, image.digest);
    const locked = {
      image: other?.target,
      source: other?.source,
      digest: `sha256:${'0'.repeat(64)}`,
      platforms: [],
      verified: '2026-11-28',
    };
    stack.workspace.write('mirror.lock', JSON.stringify({ schema: 1, images: [locked] }));
    await start(trusted);
    const result = await verify();
    assert.equal(result.kind, 'verified');
    assert.equal(
      result.summary,
      `${stack.plan.copies.length - 2} of ${stack.plan.copies.length} images are there`,
    );
    const report = (await text(result.document)) ?? '';
    assert.match(
      report,
      new RegExp(`^Missing\\n  ${gone?.target}\\n\\nOther content than wanted\\n  ${other?.target} `),
    );
    stack.workspace.write('mirror.lock', '{');
    const broken = await verify();
    assert.deepEqual(broken, { kind: 'refused', reason: 'mirror.lock cannot be used, it is not JSON' });
    rmSync(join(stack.workspace.root, 'mirror.lock'));
  });

  it('says what to set for a certificate, and that a browser cannot ask', async () => {
    await start({});
    const untrusted = await verify();
    assert.equal(untrusted.kind, 'verified');
    assert.match(
      (await text(untrusted.document)) ?? '',
      /name the file of its authority in the setting deploykf\.verify\.registryCa/,
    );
    await client.stop();
    await start({ registryCa: '/nowhere.crt' });
    assert.deepEqual(await verify(), {
      kind: 'refused',
      reason: 'deploykf.verify.registryCa: /nowhere.crt does not exist',
    });
    await client.stop();
    client = await LspClient.start({ files: 'none' });
    const { kind } = await client.request<VerifyMirrorResult>('deploykf/verifyMirror', { stack: 'x' });
    assert.equal(kind, 'refused');
  });

  it('sends no login while the messages are logged with what they hold', async () => {
    let sent = 0;
    await start(trusted, params => {
      sent++;
      return sendHttp(params, CancellationToken.None);
    });
    for (const value of ['verbose', 'compact', 'Verbose']) {
      await client.notify('$/setTrace', { value });
      const result = await verify();
      assert.equal(
        result.kind === 'refused' && result.reason.startsWith('the log would have your logins'),
        true,
      );
    }
    assert.equal(sent, 0);
    await client.notify('$/setTrace', { value: 'messages' });
    assert.equal((await verify()).kind, 'verified');
  });

  it('writes no login into a log or an answer', () => {
    assert.ok(logged.length > 0);
    assert.equal(logged.join('\n').includes(password), false);
    assert.doesNotMatch(logged.join('\n'), /Bearer|Basic/);
  });
});
