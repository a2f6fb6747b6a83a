import assert from 'node:assert/strict';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

describe('The log', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  const logged = (word: string): Promise<string> =>
    client.until(() => client.logged.find(line => line.includes(word)));

  it('says at the start which version looks where, which stacks there are, and why', async () => {
    const files = new ListedFiles({
      '.deploykf-values.yaml':
        'stacks:\n  - { name: prod, release: 0.1.4, values: [base.yaml, prod.yaml] }\n  - { name: test, values: [base.yaml] }\n',
      'base.yaml': 'kubeflow_tools: {}\n',
      'prod.yaml': 'kubeflow_tools: {}\n',
      'other/values-0.1.3.yaml': 'kubeflow_tools: {}\n',
    });
    client = await LspClient.start({ files });
    assert.equal(await logged('Values'), `deployKF Values 0.0.0 in ${root}`);
    const text = await logged('stacks:');
    assert.equal(
      text.replace(/\d+ ms$/, 'N ms'),
      [
        '3 stacks:',
        '  project prod by .deploykf-values.yaml, deployKF 0.1.4: base.yaml → prod.yaml',
        '  project test by .deploykf-values.yaml, deployKF 0.1.5, the newest release that is known: base.yaml',
        "  standalone, deployKF 0.1.3, as the file's name says: other/values-0.1.3.yaml",
        'Found in N ms',
      ].join('\n'),
    );
  });

  it('says it again when there are others, and not for an edit', async () => {
    const uri = `${root}/values.yaml`;
    const files = new ListedFiles({ 'values.yaml': 'kubeflow_tools: {}\n' });
    client = await LspClient.start({ files });
    await logged('1 stack:');
    await client.open(uri, 'kubeflow_tools: {}\n');
    await client.change(uri, [{ text: 'kubeflow_tools: { katib: {} }\n' }]);
    await client.diagnostics(uri);
    files.texts.set(`${root}/more.yaml`, 'kubeflow_tools: {}\n');
    await client.touch(`${root}/more.yaml`);
    assert.match(
      await logged('Now'),
      /^Now: 2 stacks:\n {2}standalone.*: values\.yaml\n {2}standalone.*: more\.yaml$/,
    );
    assert.equal(client.logged.filter(line => line.includes('stack')).length, 2);
  });

  it('says that there are no stacks', async () => {
    client = await LspClient.start({ files: new ListedFiles({ 'a.yaml': 'a: 1\n' }), folders: [] });
    assert.equal(await logged('Values'), `deployKF Values 0.0.0 in no folder`);
    assert.match(await logged('No stack'), /^No stack: there is no deployKF values file/);
  });
});
