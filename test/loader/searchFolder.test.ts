import assert from 'node:assert/strict';
import { maxListed, type Files } from '../../server/src/host/files.ts';
import { candidatesAmong, searchFolder } from '../../server/src/loader/searchFolder.ts';

const root = 'file:///ws';

function filesOf(texts: Readonly<Record<string, string>>): Files {
  return {
    read: uri => {
      const text = texts[uri.slice(root.length + 1)];
      return Promise.resolve(text === undefined ? { kind: 'missing' } : { kind: 'text', text });
    },
    list: () => Promise.resolve(Object.keys(texts).map(path => `${root}/${path}`)),
  };
}

describe('the search of a folder', () => {
  it('tells values, scripts, Secrets and project files apart, and forgets the others', async () => {
    const { found, projects, isWhole } = await searchFolder(
      filesOf({
        'values.yaml': 'kubeflow_tools: {}\n',
        'other.yaml': 'note: deploykf_core\n',
        'run.sh': 'deploykf generate -f values.yaml\n',
        'empty.sh': 'echo deploykf\n',
        'secret.yaml':
          'kind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata: { name: pull, namespace: a }\n' +
          'stringData: { .dockerconfigjson: "{}" }\n',
        '.deploykf-values.yaml': 'deploykf_core: {}\n',
        'a/.deploykf-values.yaml': 'rules: {}\n',
      }),
      root,
    );
    assert.deepEqual([...found.files.keys()], [`${root}/values.yaml`]);
    assert.deepEqual([...found.scripts.keys()], [`${root}/run.sh`]);
    assert.deepEqual([...found.secrets.keys()], [`${root}/secret.yaml`]);
    assert.deepEqual(projects, [`${root}/.deploykf-values.yaml`, `${root}/a/.deploykf-values.yaml`]);
    assert.equal(isWhole, true);
  });

  it('says when it did not look into all files', async () => {
    const uris = Array.from({ length: maxListed }, (_, index) => `${root}/${index}.yaml`);
    const files: Files = {
      read: () => Promise.resolve({ kind: 'missing' }),
      list: () => Promise.resolve(uris),
    };
    assert.equal((await searchFolder(files, root)).isWhole, false);
  });

  it('finds nothing where files cannot be listed', async () => {
    const { found, projects } = await searchFolder(
      { read: () => Promise.resolve({ kind: 'missing' }) },
      root,
    );
    assert.deepEqual([found.uris, projects], [[], []]);
  });

  it('takes of changed files those that it would list', async () => {
    const paths = [
      'a.yaml',
      'x/b.yaml',
      'node_modules/c.yaml',
      'd.txt',
      '.deploykf-values.yaml',
      '../e.yaml',
    ];
    const { uris, projects } = await candidatesAmong(
      filesOf({ '.gitignore': 'x/\n' }),
      root,
      paths.map(path => new URL(path, `${root}/`).href),
    );
    assert.deepEqual([uris, projects], [[`${root}/a.yaml`], [`${root}/.deploykf-values.yaml`]]);
  });
});
