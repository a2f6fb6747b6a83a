import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import type { Rule } from '../../server/src/core/rules/rule.ts';
import { LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const project = `${root}/.deploykf-values.yaml`;
const wrongTag = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const finding =
  '4:13-17 image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it';

function tagTypes(diagnostics: readonly string[]): readonly string[] {
  return diagnostics.filter(line => line.includes(' image-tag-type: '));
}

function codesOf(diagnostics: readonly string[]): readonly string[] {
  return diagnostics.map(line => line.split(' ')[1]?.replace(':', '') ?? '');
}

function throwingRule(subject: Rule['subject']): Rule {
  const check = (): never => {
    throw new Error('a bug');
  };
  return {
    subject,
    code: 'broken-rule',
    severity: 'error',
    doc: { summary: '', why: '', bad: '', good: '' },
    check,
  };
}

describe('Pushed diagnostics', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('come with the version of the text, after opening and after each change', async () => {
    client = await LspClient.start();
    await client.open(uri, wrongTag);
    assert.deepEqual(tagTypes(await client.diagnostics(uri)), [finding]);
    await client.replace(uri, '2.40', '"2.40"');
    assert.deepEqual(tagTypes(await client.diagnostics(uri)), []);
    await client.replace(uri, '"2.40"', '2.40');
    assert.deepEqual(tagTypes(await client.diagnostics(uri)), [finding]);
    const versions = client.published.filter(params => params.uri === uri).map(params => params.version);
    assert.deepEqual([...new Set(versions)], [1, 2, 3]);
  });

  it('carry what the client understands', async () => {
    client = await LspClient.start({ own: { rulePages: 'rule:/' } });
    await client.open(uri, wrongTag);
    await client.diagnostics(uri);
    const found = client.lastOf(uri)?.diagnostics.find(diagnostic => diagnostic.code === 'image-tag-type');
    assert.deepEqual(found, {
      range: { start: { line: 4, character: 13 }, end: { line: 4, character: 17 } },
      severity: 1,
      source: 'deployKF',
      code: 'image-tag-type',
      message: 'YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
      codeDescription: { href: 'rule:/image-tag-type.md' },
      data: found?.data,
    });
    assert.match(JSON.stringify(found?.data), /^\{"id":"image-tag-type:/);
  });

  it('leave out what the client does not understand', async () => {
    const capabilities = { ...pushCapabilities, textDocument: { publishDiagnostics: {} } };
    client = await LspClient.start({ capabilities, own: { rulePages: 'rule:/' } });
    await client.open(uri, wrongTag);
    await client.diagnosticsWhere(uri, found => found.length > 0);
    const found = client.lastOf(uri)?.diagnostics.find(diagnostic => diagnostic.code === 'image-tag-type');
    assert.deepEqual(Object.keys(found ?? {}), ['range', 'severity', 'source', 'code', 'message']);
    assert.equal(client.lastOf(uri)?.version, undefined);
  });

  it('say where a broken text is broken, and the rest goes on working', async () => {
    client = await LspClient.start();
    await client.open(uri, `${wrongTag}kubeflow_tools: [\n`);
    const found = await client.diagnostics(uri);
    assert.deepEqual(tagTypes(found), [finding]);
    assert.equal(found.filter(line => line.includes(' yaml-syntax: ')).length, 1);
    await client.replace(uri, 'kubeflow_tools: [\n', '');
    assert.equal((await client.diagnostics(uri)).filter(line => line.includes(' yaml-syntax: ')).length, 0);
  });

  it('are taken back when the file is closed', async () => {
    client = await LspClient.start();
    await client.open(uri, wrongTag);
    await client.diagnostics(uri);
    await client.close(uri);
    assert.deepEqual(await client.diagnosticsWhere(uri, found => found.length === 0), []);
  });

  it('are empty for YAML that is not deployKF', async () => {
    client = await LspClient.start();
    await client.open(uri, 'images:\n  dex:\n    tag: 2.40\n');
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('follow the text that several changes of one notification leave', async () => {
    client = await LspClient.start();
    await client.open(uri, '# first\r\n# second\r\n');
    await client.change(uri, [
      {
        range: { start: { line: 0, character: 0 }, end: { line: 1, character: 8 } },
        text: 'deploykf_core:\r\n',
      },
      { range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: '  x: 😀\r\n' },
      { range: { start: { line: 1, character: 5 }, end: { line: 1, character: 7 } }, text: '\r\n    y: 1' },
      { text: wrongTag },
    ]);
    assert.deepEqual(tagTypes(await client.diagnostics(uri)), [finding]);
  });

  for (const subject of ['image', 'component', 'stack', 'text', 'source', 'workspace'] as const) {
    it(`go on when a rule throws that looks at ${subject}, and the log says so once`, async () => {
      const broken = throwingRule(subject);
      (rules as Rule[]).unshift(broken);
      try {
        const text = 'stacks: [{name: a, values: [gone.yaml, values.yaml]}]\nrelase: 0.1.5\n';
        client = await LspClient.start({
          files: new MemoryFiles({ '.deploykf-values.yaml': text, 'values.yaml': wrongTag }),
        });
        await client.open(project, text);
        assert.deepEqual(codesOf(await client.diagnostics(project)), [
          'stack-file-missing',
          'project-file-invalid',
        ]);
        await client.open(uri, wrongTag);
        assert.deepEqual(tagTypes(await client.diagnostics(uri)), [finding]);
        await client.replace(uri, '2.40', '2.50');
        assert.equal(tagTypes(await client.diagnostics(uri)).length, 1);
        const failed = client.logged.filter(message => message.startsWith('Rule broken-rule failed'));
        assert.equal(failed.length, 1);
      } finally {
        (rules as Rule[]).splice(rules.indexOf(broken), 1);
      }
    });
  }

  it('read no file on the way from a keystroke', async () => {
    const files = new MemoryFiles({
      '.deploykf-values.yaml': 'stacks: [{name: a, values: [values.yaml, b.yaml]}]',
    });
    client = await LspClient.start({ files });
    await client.open(uri, wrongTag);
    await client.diagnostics(uri);
    const before = files.reads.length;
    await client.replace(uri, '2.40', '2.50');
    await client.diagnostics(uri);
    assert.equal(files.reads.length, before);
  });
});
