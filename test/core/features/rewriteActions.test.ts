import assert from 'node:assert/strict';
import { adoptRegistry, inferredPolicy } from '../../../server/src/core/features/adoptRegistry.ts';
import { rewriteActions } from '../../../server/src/core/features/rewriteActions.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { editsOf } from '../../../server/src/core/rules/changes.ts';
import { readProject } from '../../../server/src/core/settings.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const policy: RegistryPolicy = parsePolicy({ rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] })
  .policy ?? { rules: [], private: [] };
const text = [
  'deploykf_core: # ours',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        repository: "ghcr.io/dexidp/dex" # public',
  '      kubectl: { repository: r.example.com/docker.io/bitnami/kubectl }',
  '',
].join('\n');

function actionsAt(place: string, used: RegistryPolicy | undefined = policy): ReadonlyMap<string, string | undefined> {
  const view = viewOf([text], { ...(used === undefined ? {} : { policy: used }) });
  const at = text.indexOf(place);
  const actions = rewriteActions(view, 'file:///0.yaml', { start: at, end: at });
  return new Map(actions.map(({ title, changes }) => [title, applyEdits(text, editsOf(changes())[0]?.edits ?? [])]));
}

describe('wider rewrites', () => {
  it('are offered for the place of the cursor', () =>
    assert.deepEqual(
      [...actionsAt('kubectl').keys()].map(title => title.replace(/\d+/, 'N')),
      [
        'Rewrite N images of deployKF Auth to the private registry',
        'Rewrite N image of this file to the private registry',
        'Add the missing overrides of N images here',
        'Point kubectl to docker.io/bitnami/kubectl',
        'Point N image of deployKF Auth to where they come from',
        'Point N image of this file to where they come from',
      ],
    ));

  it('rewrite a component with what it lacks', () =>
    assert.equal(
      actionsAt('dex').get('Rewrite 2 images of deployKF Auth to the private registry'),
      text
        .replace('"ghcr.io', '"r.example.com/ghcr.io')
        .replace(/\n$/, '\n      oauth2Proxy:\n        repository: r.example.com/quay.io/oauth2-proxy/oauth2-proxy\n'),
    ));

  it('lead back to upstream', () =>
    assert.equal(
      actionsAt('kubectl').get('Point kubectl to docker.io/bitnami/kubectl'),
      text.replace('r.example.com/docker.io/bitnami', 'docker.io/bitnami'),
    ));

  it('add nothing to a text that does not parse', () => {
    const broken = `${text}kubeflow_tools: { katib: "\n`;
    const view = viewOf([broken], { policy });
    const at = broken.indexOf('dex');
    assert.deepEqual(
      rewriteActions(view, 'file:///0.yaml', { start: at, end: at }).map(({ title }) => title),
      [
        'Rewrite 1 image of deployKF Auth to the private registry',
        'Rewrite 1 image of this file to the private registry',
        'Point 1 image of deployKF Auth to where they come from',
        'Point 1 image of this file to where they come from',
      ],
    );
  });

  it('do not pin a tag that was never published', () => {
    const pipelines = 'kubeflow_tools: { pipelines: { enabled: true, images: { kfpApiServer: { tag: ~ } } } }\n';
    const view = viewOf([pipelines]);
    const at = pipelines.indexOf('kfp');
    assert.deepEqual(rewriteActions(view, 'file:///0.yaml', { start: at, end: at }), []);
  });

  it('are few without a policy', () => {
    const view = viewOf(['deploykf_dependencies:\n  istio:\n    enabled: true\n']);
    assert.deepEqual(
      rewriteActions(view, 'file:///0.yaml', { start: 26, end: 26 }).map(({ title }) => title),
      ['Pin the tags of 2 images of Istio'],
    );
  });
});

describe('a registry for a stack without a policy', () => {
  const names = { releases: catalogs.releases, codes: [] };

  it('is written into a new project file, which is read back', () => {
    const adopted = adoptRegistry(viewOf([text]), { registry: 'r.example.com', project: undefined });
    const read = readProject(new ValuesFile('file:///.deploykf-values.yaml', adopted?.projectText ?? ''), names);
    assert.deepEqual(read.findings, []);
    assert.deepEqual(read.settings.policy, adopted?.policy);
    assert.equal(read.settings.release, '0.1.5');
    assert.deepEqual(adopted?.problems, []);
  });

  it('is added to a project file with everything else kept', () => {
    const project = new ValuesFile(
      'file:///.deploykf-values.yaml',
      '# ours\r\nrelease: 0.1.4 # for now\r\nstacks: []\r\n',
    );
    const adopted = adoptRegistry(viewOf([text]), { registry: 'r.example.com/x', layout: 'host-swap', project });
    assert.equal(
      adopted?.projectText,
      '# ours\r\nrelease: 0.1.4 # for now\r\nstacks: []\r\nregistry:\r\n  rules:\r\n    - source: "*"\r\n      target: r.example.com/x\r\n',
    );
  });

  it('says where two images would meet', () => {
    const kinds = adoptRegistry(
      viewOf(['deploykf_opt: {deploykf_minio: {images: {minio: {repository: a/kubectl}}}}']),
      { registry: 'r.example.com', layout: 'last', project: undefined },
    )?.problems.map(problem => problem.kind);
    assert.deepEqual(kinds, ['collision']);
  });

  it('is refused where it is none, or the project file is broken', () => {
    assert.equal(adoptRegistry(viewOf([text]), { registry: 'https://', project: undefined }), undefined);
    assert.equal(
      adoptRegistry(viewOf([text]), { registry: 'r.example.com', project: new ValuesFile('file:///p', 'a: [') }),
      undefined,
    );
  });

  it('is inferred from the overrides that are there', () => {
    const view = viewOf([
      'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { repository: r.corp/m/ghcr.io/dexidp/dex }\n      kubectl: { repository: r.corp/m/docker.io/bitnami/kubectl }\n',
    ]);
    assert.deepEqual(
      inferredPolicy(view)?.rules.map(({ source, target }) => [source, target]),
      [['*', 'r.corp/m/{registry}']],
    );
    assert.equal(inferredPolicy(viewOf([''])), undefined);
  });

  it('is inferred also where a mirror was filled from what took the place of a repository that is gone', () => {
    const view = viewOf([
      'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { repository: r.corp/m/ghcr.io/dexidp/dex }\n      kubectl: { repository: r.corp/m/docker.io/bitnamilegacy/kubectl }\n',
    ]);
    assert.deepEqual(
      inferredPolicy(view)?.rules.map(({ source, target }) => [source, target]),
      [['*', 'r.corp/m/{registry}']],
    );
  });
});
