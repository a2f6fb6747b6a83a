import assert from 'node:assert/strict';
import type { DocumentLink, Hover, Location } from 'vscode-languageserver/node';
import { LspClient, ListedFiles, MemoryFiles, root } from '../support/lspClient.ts';
import { harborValues as text, pullSecretManifest } from '../support/manifests.ts';

const uri = `${root}/values/prod.yaml`;
const secretUri = `${root}/k8s/secret.yaml`;

function secret(
  name: string,
  config = '{"auths": {"docker.io": {"username": "U5er", "password": "Pa55"}}}',
): string {
  return pullSecretManifest(name, config);
}

const own = (found: readonly string[]): readonly string[] =>
  found.filter(line => line.includes(' pull-secrets-secret-'));
const isMissing = (found: readonly string[]): boolean =>
  own(found).some(line => line.includes('secret-missing'));
const isFine = (found: readonly string[]): boolean => own(found).length === 0;

describe('Secrets of the workspace', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('are found before the first diagnostics, and as they come and go on disk', async () => {
    const files = new ListedFiles({ 'k8s/secret.yaml': secret('harbor') });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    assert.deepEqual(own(await client.diagnostics(uri)), []);
    files.texts.set(secretUri, secret('other'));
    await client.touch(secretUri);
    await client.diagnosticsWhere(uri, isMissing);
    files.texts.set(secretUri, secret('harbor', '{}'));
    await client.touch(secretUri);
    await client.diagnosticsWhere(uri, found => own(found).some(line => line.includes('has no registry')));
    files.texts.delete(secretUri);
    await client.touch(`${root}/k8s`);
    await client.diagnosticsWhere(uri, isMissing);
  });

  it('count as they are in the editor, and get no word themselves', async () => {
    const files = new ListedFiles({ 'k8s/secret.yaml': secret('other') });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, isMissing);
    await client.open(secretUri, secret('other'));
    await client.replace(secretUri, 'other', 'harbor');
    await client.diagnosticsWhere(uri, isFine);
    assert.deepEqual(await client.diagnostics(secretUri), []);
    await client.close(secretUri);
    await client.diagnosticsWhere(uri, isMissing);
    assert.doesNotMatch(JSON.stringify([client.published, client.logged, client.shown]), /U5er|Pa55/);
  });

  it('are not missed where no file can be listed', async () => {
    client = await LspClient.start({ files: new MemoryFiles({}) });
    await client.open(uri, text);
    assert.deepEqual(own(await client.diagnostics(uri)), []);
  });

  it('are led to, by definition, link and hover, and lead back', async () => {
    client = await LspClient.start({ files: new ListedFiles({ 'k8s/secret.yaml': secret('harbor') }) });
    await client.open(uri, text);
    const position = client.rangeOf(uri, 'harbor').start;
    const [at] =
      (await client.request<Location[] | null>('textDocument/definition', {
        textDocument: { uri },
        position,
      })) ?? [];
    assert.deepEqual(at, {
      uri: secretUri,
      range: { start: { line: 2, character: 8 }, end: { line: 2, character: 14 } },
    });
    const links = await client.request<DocumentLink[] | null>('textDocument/documentLink', {
      textDocument: { uri },
    });
    assert.deepEqual(links, [
      { range: client.rangeOf(uri, 'harbor'), target: `${secretUri}#L3`, tooltip: 'Open the Secret' },
    ]);
    const hover = await client.request<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    assert.match(JSON.stringify(hover), /secret\.yaml:3.*covers `docker\.io`/);
    await client.open(secretUri, secret('harbor'));
    const back = await client.request<Location[] | null>('textDocument/references', {
      textDocument: { uri: secretUri },
      position: client.rangeOf(secretUri, 'harbor').start,
      context: { includeDeclaration: false },
    });
    assert.deepEqual(
      back?.map(place => `${place.uri.replace(`${root}/`, '')}:${place.range.start.line + 1}`),
      ['k8s/secret.yaml:3', 'values/prod.yaml:7'],
    );
  });

  it('are shown beside a finding', async () => {
    const broken = secret('harbor', '{');
    client = await LspClient.start({ files: new ListedFiles({ 'k8s/secret.yaml': broken }) });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, found => own(found).length > 0);
    const shown = client.published.findLast(params => params.uri === uri)?.diagnostics;
    const related = shown?.find(({ code }) => code === 'pull-secrets-secret-invalid')?.relatedInformation;
    assert.deepEqual(related, [
      {
        location: {
          uri: secretUri,
          range: { start: { line: 2, character: 8 }, end: { line: 2, character: 14 } },
        },
        message: 'The Secret',
      },
    ]);
  });
});
