import assert from 'node:assert/strict';
import {
  compareManifest,
  mayBeManifest,
  readManifestImages,
  summarizeManifest,
  type ManifestImage,
  type Pieces,
} from '../../../server/src/core/features/manifestImages.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

function worldOf(files: Readonly<Record<string, string>>): Snapshot {
  const { policy } = parsePolicy({ rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] });
  const stacks = Object.keys(files).map(name => ({
    name,
    release: '0.1.5',
    values: [`${name}.yaml`],
    span: { start: 0, end: 0 },
  }));
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, policy, stacks }, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => {
        const uri = `file:///ws/${name}.yaml`;
        return [uri, new ValuesFile(uri, text)];
      }),
    ),
  });
}

function done<T>(work: Pieces<T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

function read(text: string): readonly ManifestImage[] {
  return done(readManifestImages(text));
}

/** Each image with what is on its line from its place on. */
function places(text: string): readonly (readonly [string, string])[] {
  return read(text).map(({ found, offset }) => [
    found.written,
    text.slice(offset, text.indexOf('\n', offset)),
  ]);
}

function summary(text: string, world = worldOf({ prod: 'kubeflow_tools: {}\n' })): string | undefined {
  const report = done(compareManifest(world, read(text)));
  return report && summarizeManifest(report);
}

function pod(...images: readonly string[]): string {
  const items = images.map(image => `    - image: ${image}\n`).join('');
  return `kind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n${items}`;
}

const dex = 'r.example.com/ghcr.io/dexidp/dex:v2.39.1';

describe('the images of an open manifest', () => {
  it('are found at their places, also of the second of two, in a list and in a text', () => {
    const text = [
      '# mysql:8 and mysql:8.1',
      'kind: Pod',
      'spec:',
      '  containers:',
      '    - { name: a, image: mysql:8.1 } # one',
      '    - image: "mysql:8" # two',
      '---',
      'kind: List',
      'items:',
      '- kind: Pod',
      '  spec:',
      '    containers:',
      '    - image: mysql:8 # three',
      '- kind: ConfigMap',
      '  data:',
      '    a.yaml: |',
      '      image: quay.io/x/y:1 # four',
      '',
    ].join('\r\n');
    assert.deepEqual(
      places(text).map(([written, rest]) => [written, rest.trim()]),
      [
        ['mysql:8.1', 'mysql:8.1 } # one'],
        ['mysql:8', 'mysql:8" # two'],
        ['mysql:8', 'mysql:8 # three'],
        ['quay.io/x/y:1', 'quay.io/x/y:1 # four'],
      ],
    );
  });

  it('are found in JSON, and not in definitions of resources', () => {
    assert.deepEqual(places('{"kind": "Pod", "spec": {"containers": [{"image": "mysql:8"}]}}\n'), [
      ['mysql:8', 'mysql:8"}]}}'],
    ]);
    assert.deepEqual(
      places(`kind: CustomResourceDefinition\nspec:\n  containers: [{ image: mysql:8 }]\n`),
      [],
    );
  });

  it('are read in pieces', () => {
    const text = Array.from({ length: 50 }, (_, index) => pod(`example.com/x:${index}`)).join('---\n');
    let pieces = 0;
    const work = readManifestImages(text);
    for (let step = work.next(); step.done !== true; step = work.next()) pieces++;
    assert.ok(pieces >= 50, String(pieces));
    assert.equal(read(text).length, 50);
  });

  it('are those of a manifest, as far as can be seen without parsing it', () => {
    for (const text of [
      pod('a'),
      '{"kind": "List", "image": 1}',
      '- image: x\n  kind: y\n'.replace('  kind', 'kind'),
    ])
      assert.ok(mayBeManifest(text), text);
    for (const text of ['', 'kind: Pod\n', 'image: x\n', '# kind: x, image\n'])
      assert.ok(!mayBeManifest(text), text);
  });
});

describe('the summary of a manifest', () => {
  it('counts each image once, by how it stands to the plan', () => {
    assert.equal(summary(pod(dex)), '1 image, in the plan of prod');
    assert.equal(
      summary(pod(dex, dex, 'r.example.com/docker.io/istio/proxyv2:1.17.8-distroless')),
      '2 images, all in the plan of prod',
    );
    assert.equal(
      summary(pod(dex, 'ghcr.io/dexidp/dex:v2.39.1', `${dex}0`, 'mysql:1', 'mysql:2')),
      '5 images, 2 not in the plan of prod, 1 with another tag than in the plan of prod, 1 from public registries',
    );
  });

  it('is none where no stack pulls an image of it', () => {
    for (const text of [pod('mysql:8'), pod('auto'), pod(`${dex}0`), 'kind: Pod\n'])
      assert.equal(summary(text), undefined, text);
    assert.equal(summary(pod(dex), worldOf({})), undefined);
  });

  it('is that of the stack which has most of the images', () => {
    const katib = 'r.example.com/docker.io/kubeflowkatib/katib-controller:v0.15.0';
    const world = worldOf({
      dev: 'kubeflow_tools: { katib: { enabled: false } }\n',
      prod: 'kubeflow_tools: { katib: { enabled: true } }\n',
    });
    assert.match(summary(pod(dex, katib), world) ?? '', /all in the plan of prod$/);
    assert.equal(summary(pod(dex), world), '1 image, in the plan of dev');
    const prod = world.plans.find(({ name }) => name === 'prod')?.id ?? '';
    assert.equal(summary(pod(dex), world.withActive(prod)), '1 image, in the plan of prod');
  });
});
