import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import samples from '../../../server/catalog/samples.json' with { type: 'json' };
import { StackView } from '../../../server/src/core/analysis/stackView.ts';
import { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { compareReleaseViews, isWorkNeeded } from '../../../server/src/core/upgrade/compare.ts';
import type { Upgrade } from '../../../server/src/core/upgrade/types.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = samples;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly registry?: unknown;
  readonly all?: boolean;
  /** Makes other defaults of the new release. */
  readonly change?: (defaults: Record<string, Value>) => void;
}

function upgradeOf(
  yaml: string | readonly string[],
  { from = '0.1.4', to = '0.1.5', registry, all = false, change }: Options = {},
): Upgrade {
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const layers = typeof yaml === 'string' ? [yaml] : yaml;
  const before = viewOf(layers, { release: from, ...(policy && { policy }) });
  const catalog = catalogs.of(to)?.catalog;
  assert.ok(catalog);
  const defaults = structuredClone(catalog.defaults);
  change?.(defaults);
  const other = change === undefined ? catalogs.of(to) : new CatalogIndex({ ...catalog, defaults });
  assert.ok(other);
  const stack = { ...before.stack, release: to, catalog: to };
  const after = new StackView(stack, { catalog: other, policy, retired: catalogs.retired });
  return compareReleaseViews({ before, after }, { stack: 'prod', all });
}

/** Line and problem of each override. */
function overridesOf(...given: Parameters<typeof upgradeOf>): readonly string[] {
  return upgradeOf(...given).overrides.map(
    ({ range, what, message }) => `${range.start.line + 1} ${what}: ${message}`,
  );
}

const upstreamHost = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

describe('the images of an upgrade', () => {
  it('change as those of the samples do, release by release', () => {
    const changes = catalogs.releases.slice(1).map((to, index) => {
      const from = catalogs.releases[index] ?? '';
      // Each release with its own sample would have the same images.
      const sample = JSON.stringify(texts[from]?.['sample-values.yaml']);
      const { images } = upgradeOf(sample, { from, to });
      return [images.added.length, images.removed.length, images.same];
    });
    assert.deepEqual(changes, [
      [2, 2, 77],
      [0, 0, 79],
      [1, 1, 78],
      [0, 0, 79],
      [38, 36, 43],
    ]);
  });
});

describe('the images of an upgrade, one by one', () => {
  it('are retagged or come from elsewhere, by their value paths', () => {
    const yaml = 'kubeflow_tools:\n  pipelines: {enabled: true}\n';
    const { images } = upgradeOf(yaml, { registry: upstreamHost });
    const kubectl = images.retagged.find(({ from }) => from.includes('/kubectl:'));
    assert.deepEqual(kubectl, {
      paths: ['deploykf_core.deploykf_auth.images.kubectl'],
      from: 'docker.io/bitnami/kubectl:1.26.6-debian-11-r8',
      to: 'docker.io/bitnami/kubectl:1.26.15-debian-12-r4',
    });
    const server = images.renamed.find(({ paths }) => paths[0]?.endsWith('.kfpApiServer'));
    assert.deepEqual(
      [server?.from, server?.to],
      [
        'gcr.io/ml-pipeline/api-server:2.0.0-alpha.7',
        'ghcr.io/deploykf/kubeflow-pipelines/api-server:2.1.0-deploykf.0',
      ],
    );
  });

  it('have the charts, the archive, and apart from them what the plugin pulls', () => {
    const upgrade = upgradeOf('{}');
    assert.deepEqual(
      upgrade.charts.map(({ name, version }) => `${name} ${version}`),
      ['cert-manager 1.12.10', 'base 1.17.8', 'istiod 1.17.8', 'gateway 1.17.8'],
    );
    assert.deepEqual(upgrade.files, ['deploykf-0.1.5-generator.zip']);
    assert.equal(upgrade.images.plugin.length, 5);
    assert.ok(upgrade.images.added.every(copy => copy.class !== 'plugin'));
  });

  it('name what cannot be copied only where it is new', () => {
    const own = dex('{repository: r.example.com/own/dex}');
    const registry = { rules: [{ source: 'ghcr.io', target: 'r.example.com/ghcr' }] };
    const { unresolved } = upgradeOf(own, { registry });
    assert.deepEqual(
      unresolved.map(({ reference }) => reference),
      ['r.example.com/own/dex:v2.39.1'],
    );
    assert.deepEqual(upgradeOf(own, { registry, from: '0.1.3', to: '0.1.4' }).unresolved, []);
  });

  it('are no work where nothing changes, whatever the plugin and the archive are', () => {
    const upgrade = upgradeOf('{}', { from: '0.1.3', to: '0.1.4' });
    assert.equal(isWorkNeeded(upgrade, false), false);
    assert.ok(upgrade.images.plugin.length > 0);
  });
});

function dex(image: string): string {
  return `deploykf_core:\n  deploykf_auth:\n    images:\n      dex: ${image}\n`;
}

function pipelines(...lines: readonly string[]): string {
  const rest = lines.map(line => `    ${line}\n`).join('');
  return `kubeflow_tools:\n  pipelines:\n    enabled: true\n${rest}`;
}

describe('the overrides of an upgrade', () => {
  it('are all of an unchanged sample that the new release breaks', () => {
    const sample = stringify(texts['0.1.4']?.['sample-values.yaml']);
    assert.deepEqual(overridesOf(sample, { registry: upstreamHost }), [
      '204 shape: "kubeflow_tools.pipelines.kfpV2.defaultPipelineRoot" must be left as the default if "kubeflow_tools.pipelines.objectStore.useExternal" is false: generation fails',
      '205 removed: "kubeflow_tools.pipelines.kfpV2.minioFix" is not in 0.1.5 any more: remove it',
      '206 default-moved: "kubeflow_tools.pipelines.kfpV2.launcherImage" repeats the default of 0.1.4; 0.1.5 has "ghcr.io/deploykf/kubeflow-pipelines/kfp-launcher:2.1.0-deploykf.0": remove it, unless it is meant',
    ]);
  });

  it('are none where nothing of them changes', () => {
    for (const [index, to] of catalogs.releases.entries()) {
      const from = catalogs.releases[index - 1];
      if (from === undefined || to === '0.1.5') continue;
      const sample = stringify(texts[from]?.['sample-values.yaml']);
      assert.deepEqual(overridesOf(sample, { from, to, registry: upstreamHost, all: true }), []);
    }
    const own = [dex('{repository: own.example.com/dex, tag: v9}'), 'x-own: 1\n', pipelines('nonsense: 1')];
    assert.deepEqual(overridesOf(own, { registry: upstreamHost }), []);
  });

  it('are keys that are gone, with what has taken their place', () => {
    const yaml = pipelines('kfpV2:', '  minioFix: true', '  launcherImage: own.example.com/launcher:v1');
    const rename = (name: string) => (defaults: Record<string, Value>) => {
      const { launcherImage, ...rest } = sectionAt(defaults, ['kubeflow_tools', 'pipelines', 'kfpV2']);
      setAt(defaults, ['kubeflow_tools', 'pipelines', 'kfpV2'], { ...rest, [name]: launcherImage ?? '' });
    };
    const gone = '5 removed: "kubeflow_tools.pipelines.kfpV2.minioFix" is not in 0.1.5 any more: remove it';
    const lost = '6 removed: "kubeflow_tools.pipelines.kfpV2.launcherImage" is not in 0.1.5 any more';
    assert.deepEqual(overridesOf(yaml, { change: rename('launcherImages') }), [
      gone,
      `${lost}, did you mean "kubeflow_tools.pipelines.kfpV2.launcherImages"?`,
    ]);
    const move = (defaults: Record<string, Value>): void => {
      rename('other')(defaults);
      setAt(defaults, ['kubeflow_tools', 'pipelines', 'launcherImage'], '');
    };
    assert.deepEqual(overridesOf(yaml, { change: move }), [
      gone,
      `${lost}: it is "kubeflow_tools.pipelines.launcherImage" now`,
    ]);
  });

  it('are whole sections that are gone, once', () => {
    const yaml =
      'deploykf_core:\n  deploykf_dashboard:\n    navigation:\n      externalLinks: []\n      documentationItems: []\n';
    const change = (defaults: Record<string, Value>): void => {
      const path = ['deploykf_core', 'deploykf_dashboard'];
      const { navigation: _, ...rest } = sectionAt(defaults, path);
      setAt(defaults, path, rest);
    };
    assert.deepEqual(overridesOf(yaml, { change }), [
      '3 removed: "deploykf_core.deploykf_dashboard.navigation" is not in 0.1.5 any more: remove it',
    ]);
  });

  it('are values that the new release has another shape for', () => {
    const yaml =
      'kubeflow_tools:\n  pipelines:\n    profileResourceGeneration:\n      kfpApiTokenPodDefault: true\n';
    const change = (defaults: Record<string, Value>): void =>
      setAt(defaults, ['kubeflow_tools', 'pipelines', 'profileResourceGeneration', 'kfpApiTokenPodDefault'], {
        text: 'x',
      });
    assert.deepEqual(overridesOf(yaml, { change }), [
      '4 shape: "kubeflow_tools.pipelines.profileResourceGeneration.kfpApiTokenPodDefault" must be a map, not true',
    ]);
    assert.deepEqual(overridesOf(pipelines('kfpV2:', '  launcherImage: ~')), [
      '5 shape: "nil" will be pulled: the kustomization of 0.1.5 has no default for this image, remove the line or set one',
    ]);
  });

  it('are tags of the old release, whatever they are made of', () => {
    const yaml = [
      'deploykf_core:',
      '  deploykf_auth:',
      '    images:',
      '      dex: {repository: r.example.com/ghcr.io/dexidp/dex, tag: v2.37.0}',
      '      oauth2Proxy: {tag: v7.5.0}',
      'deploykf_dependencies:',
      '  istio:',
      '    images:',
      '      istioPilot: {tag: 1.17.3-distroless}',
      '  cert_manager:',
      '    charts: {certManager: {version: 1.12.1}}',
      '    images:',
      '      certManagerWebhook: {tag: v1.12.2}',
      'kubeflow_tools:',
      '  notebooks:',
      '    enabled: true',
      '    spawnerFormDefaults:',
      '      image:',
      '        value: r.example.com/docker.io/kubeflownotebookswg/jupyter-scipy:v1.7.0',
      '        options: [own.example.com/x:v1.7.0, "kubeflownotebookswg/jupyter-scipy:v1.7.0"]',
      '',
    ].join('\n');
    const pinned = (line: number, path: string, from: string, to: string): string =>
      `${line} pinned: "${path}" is pinned to "${from}", the tag of 0.1.4; 0.1.5 has "${to}": set that one, or leave the tag to the release`;
    const form = 'kubeflow_tools.notebooks.spawnerFormDefaults.image';
    assert.deepEqual(overridesOf(yaml, { registry: upstreamHost }), [
      pinned(4, 'deploykf_core.deploykf_auth.images.dex.tag', 'v2.37.0', 'v2.39.1'),
      pinned(
        9,
        'deploykf_dependencies.istio.images.istioPilot.tag',
        '1.17.3-distroless',
        '1.17.8-distroless',
      ),
      pinned(19, `${form}.value`, 'v1.7.0', 'v1.8.0'),
      pinned(20, `${form}.options[1]`, 'v1.7.0', 'v1.8.0'),
    ]);
  });

  it('are repositories whose default has moved, and what they mirror of it', () => {
    const moved = pipelines(
      'images:',
      '  kfpApiServer: {repository: r.example.com/gcr.io/ml-pipeline/api-server, tag: ~}',
      '  kfpFrontend: {repository: gcr.io/ml-pipeline/frontend}',
      '  kfpCacheServer: {repository: r.example.com/ghcr.io/deploykf/kubeflow-pipelines/cache-server}',
      '  kfpMetadataWriter: {repository: own.example.com/metadata-writer}',
    );
    const images = 'kubeflow_tools.pipelines.images';
    const server = `5 default-moved: "${images}.kfpApiServer.repository" mirrors gcr.io/ml-pipeline/api-server, the default of 0.1.4; 0.1.5 takes ghcr.io/deploykf/kubeflow-pipelines/api-server`;
    const others = [
      `5 default-moved: "${images}.kfpApiServer.tag" repeats the default of 0.1.4; 0.1.5 has "2.1.0-deploykf.0": remove it, unless it is meant`,
      `6 default-moved: "${images}.kfpFrontend.repository" is the default of 0.1.4; 0.1.5 takes ghcr.io/deploykf/kubeflow-pipelines/frontend: remove it`,
    ];
    assert.deepEqual(overridesOf(moved, { registry: upstreamHost }), [
      `${server}: write r.example.com/ghcr.io/deploykf/kubeflow-pipelines/api-server`,
      ...others,
    ]);
    assert.deepEqual(overridesOf(moved), [`${server}: mirror that one and write it`, ...others]);
  });

  it('are copies of a default that has moved, a list as one', () => {
    const options = catalogs
      .of('0.1.4')
      ?.defaultAt('kubeflow_tools.notebooks.spawnerFormDefaults.image.options');
    const yaml = [
      'deploykf_dependencies:',
      '  istio:',
      '    charts: {istioDaemon: {version: 1.17.3}}',
      'kubeflow_tools:',
      '  notebooks:',
      '    enabled: true',
      `    spawnerFormDefaults: {image: {options: ${JSON.stringify(options)}}}`,
      '',
    ].join('\n');
    assert.deepEqual(overridesOf(yaml), [
      '3 default-moved: "deploykf_dependencies.istio.charts.istioDaemon.version" repeats the default of 0.1.4; 0.1.5 has "1.17.8": remove it, unless it is meant',
      '7 default-moved: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options" repeats the default of 0.1.4; 0.1.5 has another: remove it, unless it is meant',
    ]);
  });

  it('are values that the new release takes no notice of', () => {
    const yaml =
      'deploykf_opt:\n  deploykf_minio:\n    enabled: true\n    images:\n      minioMc: {pullPolicy: Always}\n';
    assert.deepEqual(overridesOf(yaml), []);
    assert.deepEqual(overridesOf(yaml, { from: '0.1.5', to: '0.1.4' }), [
      '5 ignored: 0.1.4 ignores the pull policy of minioMc: remove the line',
    ]);
  });

  it('count only where they have the last word, and where their component is on', () => {
    const old = dex('{tag: v2.37.0}');
    assert.deepEqual(overridesOf([old, dex('{tag: v2.39.1}')]), []);
    assert.equal(overridesOf([old, dex('{repository: r.example.com/dex}')]).length, 1);
    const off =
      'deploykf_opt:\n  deploykf_minio:\n    images:\n      minio: {repository: docker.io/minio/minio}\n';
    assert.deepEqual(overridesOf(off), []);
    assert.equal(overridesOf(off, { all: true }).length, 1);
  });

  it('quote nothing of what may be a credential', () => {
    const line = JSON.stringify(texts['0.1.4']?.['sample-values.yaml']);
    assert.equal(
      overridesOf(line)[0],
      '1 shape: "kubeflow_tools.pipelines.kfpV2.defaultPipelineRoot" does not suit 0.1.5 as it is',
    );
  });

  it('are left alone where another tool fills them in', () => {
    assert.deepEqual(overridesOf(dex('{tag: "${TAG}"}')), []);
  });
});

type Section = Readonly<Record<string, Value>>;

function sectionAt(defaults: Section, path: readonly string[]): Section {
  let section: Section = defaults;
  for (const step of path) section = section[step] as Section;
  return section;
}

function setAt(defaults: Section, path: readonly string[], value: Value): void {
  const parent = sectionAt(defaults, path.slice(0, -1)) as Record<string, Value>;
  parent[path.at(-1) ?? ''] = value;
}
