import assert from 'node:assert/strict';
import { adoptRegistry, inferredPolicy } from '../../../server/src/core/features/adoptRegistry.ts';
import { policyForRegistry } from '../../../server/src/core/policy/presets.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const text = 'deploykf_core: { deploykf_auth: { images: { dex: { repository: ghcr.io/dexidp/dex } } } }\n';

function policy(registry: string, layout?: string): RegistryPolicy {
  const made = policyForRegistry(registry, layout);
  assert.ok(made);
  return made;
}

describe('a registry for a stack without a policy', () => {
  const names = { releases: catalogs.releases, codes: [] };

  it('is written into a new project file, which is read back', () => {
    const adopted = adoptRegistry(viewOf([text]), policy('r.example.com'), undefined);
    const read = readProject(
      new ValuesFile('file:///.deploykf-values.yaml', adopted?.projectText ?? ''),
      names,
    );
    assert.deepEqual(read.problems, []);
    assert.deepEqual(read.settings.policy, adopted?.policy);
    assert.equal(read.settings.release, '0.1.5');
    assert.deepEqual(adopted?.problems, []);
  });

  it('is added to a project file with everything else kept', () => {
    const project = new ValuesFile(
      'file:///.deploykf-values.yaml',
      '# ours\r\nrelease: 0.1.4 # for now\r\nstacks: []\r\n',
    );
    const adopted = adoptRegistry(viewOf([text]), policy('r.example.com/x', 'host-swap'), project);
    assert.equal(
      adopted?.projectText,
      '# ours\r\nrelease: 0.1.4 # for now\r\nstacks: []\r\nregistry:\r\n  rules:\r\n    - source: "*"\r\n      target: r.example.com/x\r\n',
    );
  });

  it('says where two images would meet', () => {
    const kinds = adoptRegistry(
      viewOf(['deploykf_opt: {deploykf_minio: {images: {minio: {repository: a/kubectl}}}}']),
      policy('r.example.com', 'last'),
      undefined,
    )?.problems.map(problem => problem.kind);
    assert.deepEqual(kinds, ['collision']);
  });

  it('is refused where the project file is broken', () => {
    const broken = new ValuesFile('file:///p', 'a: [');
    assert.equal(adoptRegistry(viewOf([text]), policy('r.example.com'), broken), undefined);
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
