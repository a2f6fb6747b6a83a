import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { fixableCount, fixAll } from '../../../server/src/core/fixes/fixAll.ts';
import { noSettings, type Settings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const base = 'deploykf_core: {deploykf_auth: {images: {dex: {tag: 2.40}}}}\n';
const prod =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      kubectl:\n        repository: docker.io/bitnami/kubectl\n        tag: 1.10\n';

/** A stack of these files with a registry policy. */
function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  const policy = { rules: [mirrorRule('*', 'r.example.com')], private: [] };
  const uris = Object.keys(files).map(name => root + name);
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: { ...noSettings, policy }, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
    given: [{ id: 'x', name: '', kind: 'given', release: undefined, uris, folder: root }],
  });
}

describe('fixAll', () => {
  const uris = [`${root}base.yaml`, `${root}prod.yaml`];

  it('fixes several files until nothing is left to fix', () => {
    const { texts, remaining, snapshot } = fixAll(snapshotOf({ 'base.yaml': base, 'prod.yaml': prod }), uris);
    assert.deepEqual([...texts.keys()], uris);
    assert.equal(texts.get(`${root}base.yaml`), base.replace('2.40', '"2.40"'));
    assert.match(
      texts.get(`${root}prod.yaml`) ?? '',
      /repository: r\.example\.com\/bitnami\/kubectl\n {8}tag: "1\.10"\n/,
    );
    assert.deepEqual(
      remaining.filter(finding => finding.fixes.some(fix => fix.applies === 'all')),
      [],
    );
    assert.deepEqual(
      remaining,
      uris.flatMap(uri => checkFile(snapshot, uri)),
    );
    assert.equal(fixAll(snapshot, uris).texts.size, 0);
  });

  it('changes no other file', () => {
    const { texts } = fixAll(snapshotOf({ 'base.yaml': base, 'prod.yaml': prod }), [`${root}base.yaml`]);
    assert.deepEqual([...texts.keys()], [`${root}base.yaml`]);
  });

  it('leaves out alone what a string cannot hold', () => {
    const app = (tag: string): string =>
      [
        'kind: Application',
        'spec:',
        '  source:',
        '    plugin:',
        '      name: deploykf',
        '      parameters:',
        '        - { name: source_version, string: "0.1.5" }',
        '        - name: values',
        "          string: 'deploykf_core: { deploykf_auth: { images: { dex: {",
        `            tag: ${tag} } } } }`,
        '',
        "            kubeflow_dependencies: {}'",
        '',
      ].join('\n');
    const policy = { rules: [mirrorRule('docker.io/istio', 'r.example.com/istio')], private: [] };
    const uri = `${root}app.yaml`;
    const settings: Settings = {
      ...noSettings,
      policy,
      severities: { 'chart-retired': 'off', 'image-retired': 'off' },
    };
    const snapshot = Snapshot.of({
      catalogs,
      folders: [{ uri: root, settings, project: undefined }],
      files: new Map([[uri, new ValuesFile(uri, app('2.40'))]]),
    });
    const { texts, remaining } = fixAll(snapshot, [uri]);
    assert.deepEqual([...texts], [[uri, app('"2.40"')]]);
    // A line in single quotes cannot start with blanks, which a new section needs.
    assert.deepEqual(
      remaining.filter(({ fixes }) => fixes.some(({ applies }) => applies === 'all')).map(({ code }) => code),
      ['image-not-overridden'],
    );
  });

  it('changes nothing in YAML that is not deployKF’s', () => {
    const snapshot = Snapshot.of({
      catalogs,
      folders: [],
      files: new Map([[`${root}a.yaml`, new ValuesFile(`${root}a.yaml`, 'tag: 2.40\n')]]),
    });
    assert.equal(fixAll(snapshot, [`${root}a.yaml`, `${root}none.yaml`]).texts.size, 0);
  });
});

describe('fixAll of a file in several stacks', () => {
  const common = `${root}common.yaml`;

  /** A common last layer of stacks, each over a file and a release. */
  function commonOf(text: string, stacks: readonly (readonly [below: string, release: string])[]): Snapshot {
    const policy = { rules: [mirrorRule('*', 'r.example.com/{registry}/{path}')], private: [] };
    const below = stacks.map(([layer], index) => [`${root}${index}.yaml`, layer] as const);
    return Snapshot.of({
      catalogs,
      folders: [{ uri: root, settings: { ...noSettings, policy }, project: undefined }],
      files: new Map(
        [...below, [common, text] as const].map(([uri, own]) => [uri, new ValuesFile(uri, own)]),
      ),
      given: stacks.map(([, release], index) => ({
        ...{ id: `${index}`, name: `${index}`, kind: 'given' as const, release, folder: root },
        uris: [`${root}${index}.yaml`, common],
      })),
    });
  }

  /** The common layer when all of it is fixed; and once more. */
  function fixedCommon(
    text: string,
    stacks: readonly (readonly [below: string, release: string])[],
    only?: readonly string[],
  ): readonly (string | undefined)[] {
    const snapshot = commonOf(text, stacks);
    const once = fixAll(snapshot, [common], undefined, only && { only });
    return [
      once.texts.get(common),
      fixAll(once.snapshot, [common], undefined, only && { only }).texts.get(common),
    ];
  }

  const off =
    'deploykf_core: { deploykf_auth: { enabled: false }, deploykf_dashboard: { enabled: false } }\n';
  const others =
    'deploykf_dependencies: { istio: { enabled: false }, kyverno: { enabled: false }, cert_manager: { enabled: false } }\n';
  const katib = (images = ''): string =>
    `kubeflow_tools: { katib: { enabled: true, mysql: { useExternal: true }${images} } }\n`;
  const own = ', images: { katibUi: { repository: r.example.com/docker.io/kubeflowkatib/katib-ui } }';

  it('writes what each of them lacks once', () => {
    const [once, twice] = fixedCommon(off + others, [
      [katib(own), '0.1.5'],
      [katib(), '0.1.5'],
    ]);
    assert.equal(once?.match(/^kubeflow_tools:/gm)?.length, 1);
    assert.equal(once.match(/katibController:/g)?.length, 1);
    assert.match(once, / katibUi:\n/);
    assert.equal(twice, undefined);
  });

  it('leaves out what the release of one does not have, or has elsewhere', () => {
    const pipelines =
      'kubeflow_tools: { pipelines: { enabled: true } }\nkubeflow_dependencies: { kubeflow_argo_workflows: { enabled: true } }\n';
    const [once, twice] = fixedCommon(off + others, [
      [pipelines, '0.1.3'],
      [pipelines, '0.1.5'],
    ]);
    const world = commonOf(off + others, [
      [pipelines, '0.1.3'],
      [pipelines, '0.1.5'],
    ]);
    const found = checkFile(world, common, () => undefined);
    assert.equal(fixableCount(world, [common], found), 1);
    assert.match(once ?? '', /^kubeflow_dependencies:\n {2}kubeflow_argo_workflows:\n/m);
    assert.equal(once?.match(/^kubeflow_tools:/gm)?.length ?? 0, 0);
    assert.equal(twice, undefined);
  });
});
