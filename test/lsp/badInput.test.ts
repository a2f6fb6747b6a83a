import assert from 'node:assert/strict';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';
import { application } from '../support/manifests.ts';

const dex = (tag: string): string => `deploykf_core: {deploykf_auth: {images: {dex: {tag: ${tag}}}}}\n`;
const values = `${root}/base.yaml`;

/** The findings of some rules. */
function of(found: readonly string[], ...codes: readonly string[]): readonly string[] {
  return found.filter(line => codes.some(code => line.includes(` ${code}: `)));
}

describe('Bad input in the editor', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('in the values of an Application is marked inside the string, and gone when it is right', async () => {
    const app = `${root}/app.yaml`;
    client = await LspClient.start({ files: new ListedFiles() });
    await client.open(
      app,
      application('app', '- name: values', '  string: |', '    kubeflow_tools:', '      katib: [1'),
    );
    const found = of(await client.diagnostics(app), 'yaml-syntax');
    assert.deepEqual(
      found.map(line => line.split(' ')[0]),
      ['11:22-23'],
    );
    await client.replace(app, '[1', '{}');
    assert.deepEqual(of(await client.diagnostics(app), 'yaml-syntax'), []);
    await client.replace(app, 'kubeflow_tools:\n              katib: {}', '- a');
    assert.deepEqual(
      of(await client.diagnostics(app), 'yaml-syntax').map(line => line.split(' ')[0]),
      ['10:12-15'],
    );
  });

  it('is a values file that is renamed or deleted, until the stack names one that is there', async () => {
    const files = new ListedFiles({
      'app.yaml': application('app', '- { name: values_files, array: [base.yaml, last.yaml] }'),
      'base.yaml': dex('2.40'),
      'last.yaml': dex('"2.40"'),
    });
    const app = `${root}/app.yaml`;
    client = await LspClient.start({ files });
    await client.open(values, dex('2.40'));
    await client.open(app, String(files.texts.get(app)));
    assert.deepEqual(of(await client.diagnostics(values), 'image-tag-type'), []);
    files.texts.set(`${root}/renamed.yaml`, String(files.texts.get(`${root}/last.yaml`)));
    files.texts.delete(`${root}/last.yaml`);
    await client.touch(`${root}/last.yaml`, `${root}/renamed.yaml`);
    await client.diagnosticsWhere(values, found => of(found, 'image-tag-type').length === 1);
    const [missing = ''] = await client.diagnosticsWhere(
      app,
      found => of(found, 'stack-file-missing').length === 1,
    );
    assert.match(missing, / stack-file-missing: Values file "last\.yaml" of stack app does not exist/);
    await client.replace(app, 'last.yaml', 'renamed.yaml');
    await client.diagnosticsWhere(values, found => of(found, 'image-tag-type').length === 0);
    await client.diagnosticsWhere(app, found => of(found, 'stack-file-missing').length === 0);
    files.texts.delete(app);
    await client.close(app);
    await client.touch(app);
    await client.diagnosticsWhere(values, found => of(found, 'image-tag-type').length === 1);
  });

  it('is a values file that cannot be read: its name says why', async () => {
    const project = 'stacks: [{ name: prod, release: 0.1.5, values: [large.yaml, base.yaml] }]\n';
    const files = new ListedFiles({ '.deploykf-values.yaml': project });
    files.texts.set(`${root}/large.yaml`, { kind: 'tooLarge' });
    client = await LspClient.start({ files });
    await client.open(values, dex('2.40'));
    await client.open(`${root}/.deploykf-values.yaml`, project);
    const name = 'Values file "large.yaml" of stack prod';
    assert.deepEqual(of(await client.diagnostics(`${root}/.deploykf-values.yaml`), 'stack-file-missing'), [
      `0:48-58 stack-file-missing: ${name} is larger than 10 MB and not read: values files are small`,
    ]);
    assert.equal(of(await client.diagnostics(values), 'image-tag-type').length, 1);
    files.texts.set(`${root}/large.yaml`, dex('"1"'));
    await client.touch(`${root}/large.yaml`);
    await client.diagnosticsWhere(
      `${root}/.deploykf-values.yaml`,
      found => of(found, 'stack-file-missing').length === 0,
    );
  });

  it('are Applications that disagree about a file: the findings say which stack they are of', async () => {
    const files = new ListedFiles({
      'dev.yaml': application('dev', '- { name: values_files, array: [base.yaml] }'),
      'prod.yaml': application('prod', '- { name: values_files, array: [base.yaml, last.yaml] }'),
      'last.yaml': dex('"2.40"'),
    });
    client = await LspClient.start({ files });
    await client.open(values, dex('2.40'));
    const [found = ''] = of(await client.diagnostics(values), 'image-tag-type');
    assert.match(found, /: quote it \(stack dev\)$/);
  });

  it('are folders of a workspace with the same names: each has its own stacks', async () => {
    const files = new ListedFiles({
      'one/app.yaml': application('one', '- { name: values_files, array: [base.yaml, last.yaml] }'),
      'one/last.yaml': dex('"2.40"'),
      'two/app.yaml': application('two', '- { name: values_files, array: [base.yaml] }'),
      'two/last.yaml': dex('"2.40"'),
    });
    client = await LspClient.start({ files, folders: [`${root}/one`, `${root}/two`] });
    const [one, two] = [`${root}/one/base.yaml`, `${root}/two/base.yaml`];
    await client.open(one, dex('2.40'));
    await client.open(two, dex('2.40'));
    assert.deepEqual(of(await client.diagnostics(one), 'image-tag-type').length, 0);
    assert.deepEqual(of(await client.diagnostics(two), 'image-tag-type').length, 1);
    // What deployKF wrote is no definition, also when it changes.
    const output = `${root}/two/.deploykf_output/app.yaml`;
    files.texts.set(output, application('old', '- { name: values_files, array: [base.yaml, last.yaml] }'));
    await client.touch(output);
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: `${root}/one`, name: 'one' }] },
    });
    await client.diagnosticsWhere(one, found => of(found, 'image-tag-type').length === 1);
    assert.deepEqual(of(await client.diagnostics(two), 'image-tag-type').length, 1);
  });
});
