import assert from 'node:assert/strict';
import { hover } from '../../../server/src/core/features/hover.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { dedent } from '../../support/fixture.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';

/** The hover at `$0` of the last text; the others are layers below it. */
function hoverAt(...fixtures: readonly string[]): string | undefined {
  const texts = fixtures.map(dedent);
  const offset = texts.at(-1)?.indexOf('$0') ?? 0;
  const files = texts.map((text, index) => new ValuesFile(`${root}${index}.yaml`, text.replace('$0', '')));
  const policy = parsePolicy({ rules: [{ source: 'docker.io', target: 'r.example.com/hub' }] }).policy;
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: { ...noSettings, policy }, project: undefined }],
    files: new Map(files.map(file => [file.uri, file])),
    given: [
      {
        id: 'prod',
        name: 'prod',
        kind: 'given',
        release: '0.1.5',
        uris: files.map(file => file.uri),
        folder: root,
      },
    ],
  });
  return hover(snapshot, files.at(-1)?.uri ?? '', offset)?.markdown.replaceAll('  \n', '\n');
}

describe('hover', () => {
  it('does not say that a value hides the same one', () => {
    const text = hoverAt(`
      deploykf_core: { deploykf_auth: { images: { dex: { repository: $0ghcr.io/dexidp/dex } } } }
      `);
    assert.match(
      text ?? '',
      /^Repository from \[0\.yaml:1\]\(file:\/\/\/ws\/0\.yaml#L1\), the same as default$/m,
    );
  });

  it('tells what is pulled, why that tag, and who set what', () =>
    assert.equal(
      hoverAt(
        'deploykf_dependencies: { istio: { charts: { istioDaemon: { version: "1.18.0" } }, images: { istioPilot: { repository: x.example.com/pilot } } } }',
        `
        deploykf_dependencies:
          istio:
            images:
              istioPilot:
                repository: docker.io/istio/pilot
                tag: $0~
        `,
      ),
      [
        '**istioPilot** · Istio · deployKF 0.1.5 · stack \`prod\`',
        '\`docker.io/istio/pilot:1.18.0-distroless\`',
        'Tag \`1.18.0-distroless\`: \`charts.istioDaemon.version\` (\`1.18.0\`, [0.yaml:1](file:///ws/0.yaml#L1)) and \`defaultImageVariant\` (\`distroless\`, default)',
        'Repository from [1.yaml:5](file:///ws/1.yaml#L5), over \`x.example.com/pilot\` ([0.yaml:1](file:///ws/0.yaml#L1)) and \`docker.io/istio/pilot\` (default)',
        'Public; by the rule for \`docker.io\` it becomes \`r.example.com/hub/istio/pilot\`',
        'Used for Deployment istiod',
        'Only `valuesOverrides` can change what Istio pulls for examples or features that are off: `busybox:1.28`',
      ].join('\n'),
    ));

  it('says that an image is gone, and what has it now', () =>
    assert.match(
      hoverAt('deploykf_core: { deploykf_auth: { images: { $0kubectl: {} } } }') ?? '',
      /⚠ \`docker\.io\/bitnami\/kubectl\` was removed \(2025-09-29\); \`docker\.io\/bitnamilegacy\/kubectl\` has the same tags/,
    ));

  it('says where an image is pulled, and whether the pull secrets get there', () =>
    assert.deepEqual(
      hoverAt(
        'deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, excludeNamespaces: [team-1], registryCredentials: [{ existingSecret: reg }] } } } }',
        'deploykf_dependencies: { istio: { images: { istioProxy: { $0repository: r.example.com/hub/istio/proxyv2 } } } }',
      )
        ?.split('\n')
        .slice(4, 6),
      [
        'Private by the registry policy · Pulled by Pods of \`deploykf-istio-gateway\`, \`deploykf-auth\`, \`deploykf-dashboard\`, \`kubeflow\`, \`team-1\`, \`team-1-prod\`',
        'Pull secret: \`reg\` reaches all of them but **team\\-1** (excluded by \`team-1\`)',
      ],
    ));

  it('knows strings and items of lists', () => {
    assert.match(
      hoverAt('kubeflow_tools: { tensorboards: { tensorboardImage: $0r.example.com/tf:1 } }') ?? '',
      /^\*\*tensorboardImage\*\*.*\n/,
    );
    assert.match(
      hoverAt(
        'kubeflow_tools: { notebooks: { enabled: true, spawnerFormDefaults: { image: { options: [a.example.com/x:1, $0b.example.com/y:2] } } } }',
      ) ?? '',
      /\`b\.example\.com\/y:2\`/,
    );
  });

  it('says that a tag is not known rather than guess', () =>
    assert.match(
      hoverAt(
        'deploykf_dependencies: { kyverno: { charts: { kyverno: { version: 9.9.9 } }, images: { $0kyverno: {} } } }',
      ) ?? '',
      /Tag not known: the catalog of 0\.1\.5 does not know \`charts\.kyverno\.version\` \(\`9\.9\.9\`/,
    ));

  it('leaves a templated value unknown, and says what is known beside it', () => {
    assert.match(
      hoverAt('deploykf_core: { deploykf_auth: { images: { dex: { repository: "$0{{ .x }}" } } } }') ?? '',
      /Filled in by another tool/,
    );
    assert.match(
      hoverAt('deploykf_core: { deploykf_auth: { images: { dex: { tag: "$0{{ .x }}" } } } }') ?? '',
      /`ghcr\.io\/dexidp\/dex` with a tag that another tool fills in/,
    );
  });

  it('tells the layers of any other value', () =>
    assert.equal(
      hoverAt(
        'kubeflow_tools: { katib: { enabled: true } }',
        'kubeflow_tools: { katib: { $0enabled: false } }',
      ),
      '\`kubeflow_tools.katib.enabled\` · deployKF 0.1.5\nDeploys Katib: 3 images, and 11 that no value can change\n**\`false\`** [1.yaml:1](file:///ws/1.yaml#L1)\n\`true\` [0.yaml:1](file:///ws/0.yaml#L1)\n\`false\` default',
    ));

  it('counts the images of a component', () =>
    assert.match(
      hoverAt('kubeflow_tools: { $0katib: { enabled: true } }') ?? '',
      /^\*\*Katib\*\* · deployKF 0\.1\.5\n3 images, 0 of them private\nNo value can change what Katib also pulls: `docker\.io\/kubeflowkatib\/file-metrics-collector:v0\.15\.0`, .* and \d+ more/,
    ));

  it('works in a text that does not parse', () =>
    assert.match(
      hoverAt(
        'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: {\n      oauth2Proxy:\n        $0tag: v1\n',
      ) ?? '',
      /^\*\*oauth2Proxy\*\*/,
    ));

  it('has nothing to say between the lines and on foreign files', () => {
    assert.equal(hoverAt('kubeflow_tools: {}\n$0\n'), undefined);
    assert.equal(hoverAt('x: { $0y: 1 }'), undefined);
  });
});
