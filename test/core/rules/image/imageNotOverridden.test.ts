import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../server/src/core/policy/parse.ts';
import { imageNotOverridden } from '../../../../server/src/core/rules/image/imageNotOverridden.ts';
import { check, fix, fixTitles } from '../../../support/fixture.ts';
import { viewOf } from '../../../support/views.ts';

const codes = ['image-not-overridden'];
const onlyKatib = {
  rules: [{ source: 'docker.io/kubeflowkatib', target: 'registry.example.com/katib' }],
};
const onlySpawner = {
  rules: [{ source: 'docker.io/kubeflownotebookswg/jupyter-scipy', target: 'registry.example.com/scipy' }],
};
const onlyPipelines = {
  rules: [
    { source: 'ghcr.io/deploykf', target: 'registry.example.com/deploykf' },
    { source: 'gcr.io', target: 'registry.example.com/gcr' },
  ],
};

describe('image-not-overridden', () => {
  it('says once a component how many images are left, at the nearest key', () =>
    check(
      `
      kubeflow_tools:
        katib:
      ~ ^^^^^ image-not-overridden: kubeflow_tools.katib: 2 of 3 images still come from docker.io, no layer overrides them (katibController, katibDbManager)
          enabled: true
          images:
            katibUi:
              repository: registry.example.com/katib/katib-ui
      `,
      { codes, registry: onlyKatib },
    ));

  it('names three images and the registries, and falls back to the first key of the strongest layer', () =>
    check(
      `
      ~ file: base.yaml
      kubeflow_tools:
        pipelines: { enabled: true }
      ~ file: prod.yaml
      # ours
      deploykf_core: {}
    ~ ^^^^^^^^^^^^^ image-not-overridden: deploykf_core.deploykf_dashboard: 1 of 3 images still comes from ghcr.io, no layer overrides it (dashboard)
    ~ ^^^^^^^^^^^^^ image-not-overridden: kubeflow_tools.pipelines: 14 of 14 images still come from ghcr.io and gcr.io, no layer overrides them (kfpCacheServer, kfpMetadataEnvoy, kfpMetadataWriter, …)
      `,
      { codes, registry: onlyPipelines },
    ));

  it('reports an image alone in the singular, and a strongest layer without keys at its first line', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_opt: { deploykf_mysql: { enabled: true } }
      ~ file: prod.yaml
      # nothing yet
    ~ ^^^^^^^^^^^^^ image-not-overridden: deploykf_opt.deploykf_mysql: 1 of 2 images still comes from docker.io, no layer overrides it (mysql)
      `,
      {
        codes,
        registry: { rules: [{ source: 'docker.io/library/mysql', target: 'registry.example.com/mysql' }] },
      },
    ));

  it('stays silent without a policy', () =>
    check('\nkubeflow_tools: { katib: { enabled: true } }\n', { codes }));

  it('stays silent for accepted registries and images that no rule maps', () =>
    check('\nkubeflow_tools: { katib: { enabled: true } }\n', {
      codes,
      registry: { rules: [{ source: 'docker.io', target: null }], private: ['registry.example.com'] },
    }));

  it('stays silent for a component that is off', () =>
    check('\nkubeflow_tools: { katib: { enabled: false } }\n', { codes, registry: onlyKatib }));

  it('leaves values of other tools alone, and everything while the text does not parse', () => {
    check(
      `
      kubeflow_tools:
        katib:
          enabled: true
          images:
            katibController: { repository: "{{ registry }}/katib-controller" }
            katibDbManager: { repository: "\${REGISTRY}/katib-db-manager" }
            katibUi: { repository: "{{ registry }}/katib-ui" }
      `,
      { codes, registry: onlyKatib },
    );
    check('\nkubeflow_tools:\n  katib: { enabled: true, images: "\n', { codes, registry: onlyKatib });
  });

  it('adds the repositories alone, keeping what is there', () =>
    fix(
      `
      # sample
      kubeflow_tools:
          katib:
              enabled: true
              images:
                  katibUi: {tag: "v0.15.0"} # pinned
              # end
      deploykf_core: {}
      `,
      `
      # sample
      kubeflow_tools:
          katib:
              enabled: true
              images:
                  katibUi: {tag: "v0.15.0", repository: registry.example.com/katib/katib-ui} # pinned
                  katibController:
                      repository: registry.example.com/katib/katib-controller
                  katibDbManager:
                      repository: registry.example.com/katib/katib-db-manager
              # end
      deploykf_core: {}
      `,
      { codes, registry: onlyKatib },
    ));

  it('writes strings with their tag', () =>
    fix(
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2:
            driverImage: registry.example.com/deploykf/driver:1
          images: {}
      `,
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2:
            driverImage: registry.example.com/deploykf/driver:1
          images: {}
          cache:
            image: registry.example.com/busybox:1.27
      `,
      {
        codes,
        registry: { rules: [{ source: 'gcr.io/google-containers', target: 'registry.example.com' }] },
      },
    ));

  it('writes a list whole, since a list replaces a list', () =>
    fix(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              value: registry.example.com/scipy:1
      `,
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              value: registry.example.com/scipy:1
              options:
                - registry.example.com/scipy:v1.8.0
                - kubeflownotebookswg/jupyter-pytorch-full:v1.8.0
                - kubeflownotebookswg/jupyter-pytorch-cuda-full:v1.8.0
                - kubeflownotebookswg/jupyter-tensorflow-full:v1.8.0
                - kubeflownotebookswg/jupyter-tensorflow-cuda-full:v1.8.0
      `,
      { codes, registry: onlySpawner },
    ));

  it('adds to a strongest layer that is only a comment, with its line ends', () =>
    fix(
      '~ file: base.yaml\nkubeflow_tools: { katib: { enabled: true } }\n~ file: prod.yaml\n# ours\r\n',
      [
        '# ours\r',
        'kubeflow_tools:\r',
        '  katib:\r',
        '    images:\r',
        '      katibController:\r',
        '        repository: registry.example.com/katib/katib-controller\r',
        '      katibDbManager:\r',
        '        repository: registry.example.com/katib/katib-db-manager\r',
        '      katibUi:\r',
        '        repository: registry.example.com/katib/katib-ui\r',
        '',
      ].join('\n'),
      { codes, registry: onlyKatib },
    ));

  it('adds nothing to a map that an alias shows elsewhere too', () => {
    const text = `
      kubeflow_tools:
        katib:
          enabled: true
          images: &images
            katibController: { repository: registry.example.com/katib/a }
            katibDbManager: { repository: registry.example.com/katib/b }
        tensorboards:
          images: *images
      `;
    const policy = parsePolicy(onlyKatib).policy;
    const view = viewOf([text], policy === undefined ? {} : { policy });
    const findings = view.catalog.catalog.components.flatMap(part => imageNotOverridden.check(part, view));
    assert.deepEqual(
      findings.map(finding => finding.fixes?.flatMap(({ changes }) => changes())),
      [[]],
    );
  });

  it('says in the title where the overrides go', () =>
    assert.deepEqual(
      fixTitles('\nkubeflow_tools: { katib: { enabled: true } }\n', { codes, registry: onlyKatib }),
      ['Add 3 missing overrides of kubeflow_tools.katib to values.yaml'],
    ));
});

describe('the lines of added overrides', () => {
  const long = 'registry.example.com/a-project-with-a-long-name-of-a-large-company/mirror';
  const registry = {
    rules: [{ source: 'docker.io/kubeflowkatib', target: `${long}/docker.io/kubeflowkatib` }],
  };

  it('are broken where they would be too long, and the map in brackets stays one', () =>
    fix(
      `
      kubeflow_tools:
        katib: { enabled: true } # ours
      `,
      `
      kubeflow_tools:
        katib: { enabled: true,
          images: {
            katibController: {
              repository: ${long}/docker.io/kubeflowkatib/katib-controller
            },
            katibDbManager: {
              repository: ${long}/docker.io/kubeflowkatib/katib-db-manager
            },
            katibUi: {
              repository: ${long}/docker.io/kubeflowkatib/katib-ui
            }
          } } # ours
      `,
      { codes: ['image-not-overridden'], registry },
    ));

  it('keep the comments around a placeholder', () =>
    fix(
      `
      kubeflow_tools:
        katib:
          enabled: true
          images: # why
            # and how
            {} # remove this line
      `,
      `
      kubeflow_tools:
        katib:
          enabled: true
          images: # why
            # and how
            katibController:
              repository: ${long}/docker.io/kubeflowkatib/katib-controller
            katibDbManager:
              repository: ${long}/docker.io/kubeflowkatib/katib-db-manager
            katibUi:
              repository: ${long}/docker.io/kubeflowkatib/katib-ui
      `,
      { codes: ['image-not-overridden'], registry },
    ));
});
