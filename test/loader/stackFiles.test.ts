import assert from 'node:assert/strict';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import type { SnapshotState } from '../../server/src/core/workspace/state.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import type { Files, FileText } from '../../server/src/host/files.ts';
import { StackFiles } from '../../server/src/loader/stackFiles.ts';
import { catalogs } from '../support/views.ts';

const root = 'file:///ws';
const values = 'kubeflow_tools: {}\n';

function application(...files: readonly string[]): string {
  return [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    `        - { name: values_files, array: [${files.join(', ')}] }`,
    '',
  ].join('\n');
}

/** The state of a folder in which a search has found these files. */
function found(files: Readonly<Record<string, string>>): SnapshotState {
  const entries = Object.entries(files).map(([path, text]): [string, ValuesFile] => {
    const uri = `${root}/${path}`;
    return [uri, new ValuesFile(uri, text)];
  });
  return {
    catalogs,
    folders: [{ uri: root, settings: noSettings, project: undefined }],
    files: new Map(entries),
  };
}

describe('the files that stacks name', () => {
  const texts = new Map<string, FileText>();
  const open = new Set<string>();
  const read: string[] = [];
  let stackFiles: StackFiles;
  beforeEach(() => {
    texts.clear();
    open.clear();
    read.length = 0;
    const files: Files = { read: uri => Promise.resolve(texts.get(uri) ?? { kind: 'missing' }) };
    stackFiles = new StackFiles({
      files,
      isOpen: uri => open.has(uri),
      onRead: uri => read.push(uri.slice(root.length + 1)),
    });
  });

  function put(path: string, text: string): void {
    texts.set(`${root}/${path}`, { kind: 'text', text });
  }

  /** What became of each file, in the order of the state. */
  async function load(state: SnapshotState, ...stale: readonly string[]): Promise<readonly string[]> {
    await stackFiles.load(
      state,
      stale.map(path => `${root}/${path}`),
    );
    const { files, missing = [], unreadable = new Map<string, string>() } = stackFiles.addTo(state);
    return [
      ...[...files.keys()].map(uri => `text ${uri.slice(root.length + 1)}`),
      ...[...missing].map(uri => `missing ${uri.slice(root.length + 1)}`),
      ...[...unreadable].map(([uri, problem]) => `${uri.slice(root.length + 1)} ${problem}`),
    ];
  }

  it('are read until none of them names another', async () => {
    put('ignored/app.yaml', application('ignored/second.yaml'));
    put('ignored/second.yaml', application('gone.yaml'));
    assert.deepEqual(await load(found({ 'app.yaml': application('ignored/app.yaml') })), [
      'text ignored/app.yaml',
      'text ignored/second.yaml',
      'text app.yaml',
      'missing ignored/ignored/second.yaml',
      'missing gone.yaml',
      'missing ignored/gone.yaml',
    ]);
  });

  it('end where two name each other', async () => {
    put('ignored/a.yaml', application('ignored/b.yaml'));
    put('ignored/b.yaml', application('ignored/a.yaml'));
    await load(found({ 'app.yaml': application('ignored/a.yaml') }));
    assert.deepEqual(
      read.filter(path => !path.includes('ignored/ignored')),
      ['ignored/a.yaml', 'ignored/b.yaml'],
    );
    // Nothing but each other names them now.
    assert.deepEqual(await load(found({ 'app.yaml': values })), ['text app.yaml']);
    assert.deepEqual(stackFiles.uris, []);
  });

  it('are read again only when they are stale', async () => {
    const state = found({ 'app.yaml': application('x.yaml') });
    assert.deepEqual(await load(state), ['text app.yaml', 'missing x.yaml']);
    put('x.yaml', values);
    assert.deepEqual(await load(state), ['text app.yaml', 'missing x.yaml']);
    assert.deepEqual(await load(state, 'x.yaml'), ['text x.yaml', 'text app.yaml']);
    assert.deepEqual(read, ['x.yaml', 'x.yaml']);
  });

  it('are neither read nor missing while they are open', async () => {
    open.add(`${root}/x.yaml`);
    assert.deepEqual(await load(found({ 'app.yaml': application('x.yaml') })), ['text app.yaml']);
    assert.deepEqual(read, []);
  });

  it('say what is wrong with those that are no values', async () => {
    put('deploy.sh', 'echo\n');
    texts.set(`${root}/large.yaml`, { kind: 'tooLarge' });
    assert.deepEqual(await load(found({ 'app.yaml': application('deploy.sh', 'large.yaml') })), [
      'text app.yaml',
      'deploy.sh is a script by its name, but values are expected here: name it .yaml',
      'large.yaml is larger than 10 MB and not read: values files are small',
    ]);
  });
});
