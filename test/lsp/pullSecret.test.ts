import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver';
import { nodeSecretFiles } from '../../server/src/host/dockerConfig.node.ts';
import type { RewriteResult } from '../../server/src/protocol.ts';
import type { OfferPullSecretResult, WritePullSecretResult } from '../../server/src/protocol/pullSecrets.ts';
import { ListedFiles, LspClient, MemoryFiles, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const project = 'registry:\n  rules:\n    - {source: "*", target: "harbor.example.com/{registry}/{path}"}\n';
const text = 'kubeflow_tools: # ours\n  katib:\n    enabled: true\n';
const block =
  'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: reg\n            existingSecretNamespace: argocd\n';

describe('A pull secret', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(files: Readonly<Record<string, string>> = {}): Promise<void> {
    client = await LspClient.start({
      files: new MemoryFiles({ '.deploykf-values.yaml': project, ...files }),
    });
    await client.open(uri, text);
  }

  const offer = (params: object = {}): Promise<OfferPullSecretResult> =>
    client.request('deploykf/offerPullSecret', { uri, ...params });
  const add = (params: object = {}): Promise<RewriteResult> =>
    client.request('deploykf/addPullSecret', { uri, name: 'reg', namespace: 'argocd', ...params });

  it('is offered for the registries of the stack, and without a docker config where none can be read', async () => {
    await start();
    const { texts, ...offered } = await offer();
    assert.deepEqual(offered, {
      registries: ['harbor.example.com'],
      name: 'my-docker-config',
      namespace: 'argocd',
      problems: {},
      own: [],
      values: { kind: 'edits' },
    });
    assert.match(texts?.script ?? '', /kubectl create secret generic my-docker-config /);
    const bad = await offer({ name: 'A', registries: ['a.b'] });
    assert.match(bad.problems.name ?? '', /^no Secret can be named "A": /);
    assert.equal(bad.texts, undefined);
    assert.deepEqual(
      (await client.request<OfferPullSecretResult>('deploykf/offerPullSecret', { uri: `${root}/no.yaml` }))
        .registries,
      [],
    );
  });

  it('is added to the values once', async () => {
    await start();
    assert.deepEqual(await add(), {
      message: '"reg" is in the values: 8 namespaces receive it',
      isApplied: true,
    });
    assert.equal(client.text(uri), text + block);
    await client.change(uri, [{ text: client.text(uri) }]);
    assert.deepEqual(await add(), {
      message: 'The values already name the Secret: 8 namespaces receive it',
      isApplied: false,
    });
  });

  it('is added to the list that counts, in the file that has it', async () => {
    const base = `${root}/base.yaml`;
    const listed = block.replace(': reg', ': first');
    await start({
      'base.yaml': listed,
      '.deploykf-values.yaml': 'stacks:\n  - {name: prod, values: [base.yaml, values.yaml]}\n',
    });
    await client.open(base, listed);
    assert.equal((await add()).isApplied, true);
    assert.equal(client.text(uri), text);
    assert.equal(
      client.text(base),
      `${listed}          - existingSecret: reg\n            existingSecretNamespace: argocd\n`,
    );
  });

  it('is offered for every namespace that needs one of its own, and handed to the charts there', async () => {
    await start();
    const images = 'images: {certManagerController: {repository: harbor.example.com/cm}}';
    await client.change(uri, [{ text: `deploykf_dependencies:\n  cert_manager:\n    ${images}\n` }]);
    const { own, values } = await offer();
    assert.deepEqual(own, [{ name: 'cert-manager', reason: 'starts before the policy: 1 image' }]);
    assert.deepEqual(values, { kind: 'edits' });
    const { texts } = await offer({ others: ['cert-manager'] });
    assert.match(texts?.script ?? '', /\nfor namespace in argocd cert-manager; do\n/);
    assert.match(texts?.manifest ?? '', /namespace: argocd\n[^]*\n---\n[^]*namespace: cert-manager\n/);
    const { problems } = await offer({ others: ['A b'] });
    assert.match(problems.namespace ?? '', /^no namespace can be named "A b"/);
    assert.equal((await add()).isApplied, true);
    assert.match(client.text(uri), /imagePullSecrets:\n {12}- name: reg\n/);
  });

  it('is made from the lightbulb where a client can', async () => {
    const own = { commands: ['deploykf.createPullSecret'] };
    client = await LspClient.start({ own, files: new ListedFiles({}) });
    await client.open(uri, block);
    await client.diagnosticsWhere(uri, found => found.some(line => line.includes('secret-missing')));
    const range = client.rangeOf(uri, 'existingSecret: reg');
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    assert.deepEqual(actions.find(({ title }) => title === 'Create Image Pull Secret…')?.command?.arguments, [
      { uri, name: 'reg', namespace: 'argocd' },
    ]);
  });

  it('is not added where it cannot be, and it is said where it does nothing', async () => {
    await start();
    assert.match((await add({ name: "x'" })).message, /^no Secret can be named "x'"/);
    assert.equal((await add({ uri: `${root}/no.yaml` })).message, 'The file is not a deployKF values file');
    await client.change(uri, [{ text: 'deploykf_dependencies: {kyverno: {enabled: false}}\n' }]);
    const { message, isApplied } = await add();
    assert.equal(isApplied, true);
    assert.match(
      message,
      /, but the policy still does nothing: "deploykf_dependencies\.kyverno\.enabled" is false/,
    );
  });

  it('is not written where there is no docker config', async () => {
    await start();
    const params = { registries: ['a.b'], name: 'reg', namespace: 'argocd', target: 'file:///secret.yaml' };
    assert.deepEqual(await client.request('deploykf/writePullSecret', params), {
      message: 'There is no docker config to read here',
      isWritten: false,
      notes: [],
    });
  });
});

describe('A pull secret from the docker config', () => {
  const password = 'pa55-w0rd';
  const auth = btoa(`robot:${password}`);
  let client: LspClient;
  let folder: string;
  /** Everything that the server sends, byte by byte. */
  let traffic: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ auths: { 'harbor.example.com': { auth }, 'other.example.com': { auth } } }),
    );
    traffic = '';
    client = await LspClient.start({
      secretFiles: nodeSecretFiles({ DOCKER_CONFIG: folder }),
      onTraffic: chunk => (traffic += chunk),
    });
    await client.open(uri, text);
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
    for (const secret of [password, auth, btoa(auth).slice(0, 12)])
      assert.ok(!traffic.includes(secret), secret);
    assert.match(traffic, /jsonrpc/);
  });

  const write = (target: string, registries: readonly string[]): Promise<WritePullSecretResult> =>
    client.request('deploykf/writePullSecret', { registries, name: 'reg', namespace: 'argocd', target });
  const urlOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  it('goes into a file for its owner alone, and into no message', async () => {
    const offered = await client.request<OfferPullSecretResult>('deploykf/offerPullSecret', { uri });
    assert.equal(offered.dockerConfig, join(folder, 'config.json'));
    assert.deepEqual(await write(urlOf('secret.yaml'), ['harbor.example.com', 'docker.io']), {
      message: 'Wrote the Secret for harbor.example.com',
      isWritten: true,
      notes: ['docker.io: there is no login, run docker login first'],
    });
    const path = join(folder, 'secret.yaml');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const data = /\.dockerconfigjson: (\S+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    assert.equal(atob(data), JSON.stringify({ auths: { 'harbor.example.com': { auth } } }));
  });

  it('says what stands in the way, and quotes nothing', async () => {
    assert.equal(
      (await write('untitled:secret.yaml', ['harbor.example.com'])).message,
      'Choose a file on the disk',
    );
    assert.match((await write(urlOf('s.yaml'), ['a b'])).message, /is not the host of a registry/);
    assert.deepEqual(await write(urlOf('s.yaml'), ['none.example.com']), {
      message: 'The docker config does not have a login that can be used',
      isWritten: false,
      notes: ['none.example.com: there is no login, run docker login first'],
    });
    assert.match(
      (await write(urlOf('no/s.yaml'), ['harbor.example.com'])).message,
      /^The file cannot be written: its folder/,
    );
    writeFileSync(join(folder, 'config.json'), `{"auths": {"harbor.example.com": {"auth": "${auth}"`);
    assert.match((await write(urlOf('s.yaml'), ['harbor.example.com'])).message, /config\.json is not JSON$/);
  });

  it('warns of a file that git would take in', async () => {
    mkdirSync(join(folder, '.git'));
    const { notes } = await write(urlOf('secret.yaml'), ['harbor.example.com']);
    assert.deepEqual(notes, ['The file is in a git work tree and not ignored: do not commit it']);
  });
});
