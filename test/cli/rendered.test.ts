import assert from 'node:assert/strict';
import type { RenderedJson } from '../../server/src/core/report/renderedJson.ts';
import { inWorkspace } from '../support/cli.ts';
import { renderedShape, shapeProblem } from '../support/shape.ts';

const project = 'registry:\n  rules:\n    - { source: "*", target: "r.example.com/{registry}/{path}" }\n';
const pod = (name: string, image: string): string =>
  `kind: Pod\nmetadata: { name: ${name}, namespace: n }\nspec:\n  containers:\n    - image: ${image}\n`;
const manifests = [
  pod('same', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1'),
  pod('public', 'ghcr.io/dexidp/dex:v2.39.1'),
  pod('old', 'r.example.com/ghcr.io/dexidp/dex:v2.30.0'),
  pod('foreign', 'quay.io/other/thing:1'),
].join('---\n');
const files = { '.deploykf-values.yaml': project, 'v.yaml': 'deploykf_core: {}\n' };

describe('rendered', () => {
  it(
    'lays the images of manifests beside the plan',
    inWorkspace({ ...files, 'out/m.yaml': manifests }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['rendered', 'out', '--values', 'v.yaml']);
      assert.deepEqual([code, stderr], [1, '']);
      assert.deepEqual(stdout.split('\n\n').slice(0, 4), [
        'Not in the plan\n  quay.io/other/thing:1  out/m.yaml Pod n/foreign spec.containers[0].image',
        'In the plan with another tag or digest\n  r.example.com/ghcr.io/dexidp/dex:v2.30.0  out/m.yaml Pod n/old spec.containers[0].image',
        'Pulled from a public registry\n  ghcr.io/dexidp/dex:v2.39.1  out/m.yaml Pod n/public spec.containers[0].image',
        'In the plan\n  r.example.com/ghcr.io/dexidp/dex:v2.39.1  out/m.yaml Pod n/same spec.containers[0].image',
      ]);
      assert.ok(
        stdout.endsWith(
          '4 images in 4 places, 1 not in the plan, 1 in the plan with another tag or digest, 1 pulled from a public registry, 1 in the plan\n',
        ),
      );
    }),
  );

  it(
    'reads standard input, and prints each place as JSON',
    inWorkspace(files, async workspace => {
      const argv = ['rendered', '-', '--values', 'v.yaml'];
      const json = await workspace.json(argv, { stdin: manifests });
      assert.equal(shapeProblem(json, renderedShape), undefined);
      const { images } = json as RenderedJson;
      assert.deepEqual(
        images.map(({ name, plan }) => [name, plan]),
        [
          ['same', 'same'],
          ['public', 'public'],
          ['old', 'other-tag'],
          ['foreign', 'missing'],
        ],
      );
      assert.deepEqual(images[0]?.values, ['deploykf_core.deploykf_auth.images.dex']);
    }),
  );

  it(
    'says what it could not read, with its place',
    inWorkspace(
      { ...files, 'm.yaml': `${pod('a', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1')}---\n{{ if image }\n` },
      async workspace => {
        const { code, stderr } = await workspace.run([
          'rendered',
          'm.yaml',
          'gone.yaml',
          '--values',
          'v.yaml',
        ]);
        assert.equal(code, 2);
        assert.match(stderr, /m\.yaml:7: this is neither YAML nor JSON/);
        assert.match(stderr, /gone\.yaml does not exist/);
      },
    ),
  );

  const nothing = 'there is no object of Kubernetes in it';
  const cut = 'the text ends before it is complete';
  const noLines = 'this is neither YAML nor JSON, so only lines with "image:" were looked at';
  for (const [what, text, said] of [
    ['nothing', '', nothing],
    ['only comments', '# Source: a\n---\n# Source: b\n', nothing],
    ['an empty list', '{"kind": "List", "items": []}', nothing],
    ['an empty list in a list', '[[]]', nothing],
    ['UTF-16', Buffer.from('kind: Pod\n', 'utf16le').toString(), 'this is not a text in UTF-8'],
    [
      'a list of kubectl that is cut off',
      `apiVersion: v1\nitems:\n- ${pod('a', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1').replaceAll('\n', '\n  ')}`,
      'the text ends',
    ],
    ['JSON that is cut off in an object', '{"kind": "Pod", "spec": {"containers": [', noLines],
    ['JSON that is cut off between items', '{"kind": "List", "items": [{"kind": "Service"},', cut],
    ['broken YAML', 'kind: Service\n---\nkind: Service\n spec: [\n', noLines],
    ['JSON and a message', `{"kind": "Service"}\nerror: unable to list pods\n`, 'this is not a manifest'],
    ['a message of a program', 'release not found\n', 'this is neither YAML nor JSON'],
    [
      'values',
      'deploykf_core:\n  deploykf_auth: {}\n',
      'this is not a manifest of Kubernetes, it does not have a "kind"',
    ],
  ] as const)
    it(
      `gives no all-clear for ${what}`,
      inWorkspace(files, async workspace => {
        const argv = ['rendered', '-', '--values', 'v.yaml'];
        const { code, stdout, stderr } = await workspace.run(argv, { stdin: text });
        assert.equal(code, 2);
        assert.ok(stdout === '' || what.includes('kubectl'));
        assert.match(stderr, new RegExp(`^deploykf-values: -(?::\\d)?: ${said.slice(0, 40)}`));
      }),
    );

  it(
    'says that a folder has no manifest',
    inWorkspace({ ...files, 'out/README.md': '' }, async workspace => {
      const { code, stderr } = await workspace.run(['rendered', 'out', '--values', 'v.yaml']);
      assert.deepEqual(
        [code, stderr],
        [2, 'deploykf-values: out does not hold a manifest: name a folder with *.yaml, *.yml or *.json\n'],
      );
    }),
  );

  it(
    'reads lists whose items name no kind',
    inWorkspace(files, async workspace => {
      const stdin =
        '{"kind":"PodList","items":[{"metadata":{"name":"a"},"spec":{"containers":[{"image":"ghcr.io/dexidp/dex:v2.39.1"}]}}]}';
      const { code, stdout } = await workspace.run(['rendered', '-', '--values', 'v.yaml'], { stdin });
      assert.equal(code, 1);
      assert.match(stdout, /^Pulled from a public registry\n {2}ghcr\.io\/dexidp\/dex:v2\.39\.1/);
    }),
  );

  const evil = pod('evil', 'quay.io/evil/image:1');
  const good = pod('good', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1');
  const indented = (text: string, by: string): string => text.trimEnd().replaceAll('\n', `\n${by}`);
  const json = (name: string, image: string): object => ({
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ image }] },
  });
  const jsonEvil = json('evil', 'quay.io/evil/image:1');
  for (const [what, text] of [
    [
      'a YAML list with indented items',
      `apiVersion: v1\nkind: List\nitems:\n  - ${indented(evil, '    ')}\n`,
    ],
    [
      'a YAML list whose dashes stand alone',
      `kind: List\nitems:\n  -\n    ${indented(evil, '    ')}\n  -\n    ${indented(good, '    ')}\n`,
    ],
    [
      'lists beside other documents',
      `${good}---\nkind: List\nitems:\n    # x\n    - ${indented(evil, '      ')}\nmetadata: {}\n---\n${good}`,
    ],
    ['lists with the order of yq', `apiVersion: v1\nitems:\n  - ${indented(evil, '    ')}\nkind: List\n`],
    ['a list of YAML', `- ${indented(good, '  ')}\n- ${indented(evil, '  ')}\n`],
    ['lists in lists of JSON', JSON.stringify([[jsonEvil]])],
    [
      'a List in a List',
      JSON.stringify({
        kind: 'List',
        items: [json('a', 'quay.io/x/y:1'), { kind: 'List', items: [jsonEvil] }],
      }),
    ],
    [
      'YAML after JSON',
      `${JSON.stringify(json('good', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1'))}\n---\n${evil}`,
    ],
    ['a List in JSON before YAML', `${JSON.stringify({ kind: 'List', items: [] }, undefined, 2)}\n${evil}`],
    [
      'a list of Lists',
      JSON.stringify([
        { kind: 'List', items: [] },
        { kind: 'PodList', items: [jsonEvil] },
      ]),
    ],
  ] as const)
    it(
      `finds what ${what} has`,
      inWorkspace(files, async workspace => {
        const argv = ['rendered', '-', '--values', 'v.yaml'];
        const { code, stdout, stderr } = await workspace.run(argv, { stdin: text });
        assert.deepEqual([code, stderr], [1, '']);
        assert.match(
          stdout,
          /^Not in the plan\n(?:.*\n)? {2}quay\.io\/evil\/image:1 {2}- Pod (?:n\/)?evil spec/m,
        );
      }),
    );

  it(
    'names what a container cannot pull, or another tool has yet to fill in',
    inWorkspace(files, async workspace => {
      const stdin = [
        '"${REG}/dexidp/dex:v2.39.1"',
        'r.example.com/Team/x:1',
        '{{ .Values.image }}',
        '12',
        'a/b:tag:bad',
      ].map((image, index) => pod(`p${index}`, image));
      const { code, stdout } = await workspace.run(['rendered', '-', '--values', 'v.yaml'], {
        stdin: stdin.join('---\n'),
      });
      assert.equal(code, 1);
      assert.match(stdout, /^Not a reference, or not filled in yet\n(?: {2}\S.*\n){5}\n/);
    }),
  );

  describe('--running', () => {
    const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
    const dex = 'r.example.com/ghcr.io/dexidp/dex:v2.39.1';
    const running = (namespace: string, name: string, image: string, status: object): object => ({
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [{ name: 'main', image }] },
      status: { phase: 'Running', containerStatuses: [{ name: 'main', ...status }] },
    });
    const pods = [
      running('deploykf-auth', 'dex', dex, {
        image: 'other:name',
        imageID: `docker-pullable://r.example.com/dex@${digest('a')}`,
      }),
      running('deploykf-auth', 'waits', 'r.example.com/x:1', {
        image: 'r.example.com/x:1',
        imageID: '',
        state: { waiting: { reason: 'ImagePullBackOff' } },
      }),
      running('kube-system', 'coredns', 'registry.k8s.io/coredns/coredns:v1.11.1', {
        imageID: `x@${digest('b')}`,
      }),
      running('monitoring', 'dex', 'ghcr.io/dexidp/dex:v2.39.1', { imageID: digest('c') }),
    ];
    const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods });
    const argv = ['rendered', '--running', '-', '--values', 'v.yaml'];

    it(
      'tells by the status of Pods what runs, and what could not be pulled',
      inWorkspace(files, async workspace => {
        const { code, stdout } = await workspace.run(argv, { stdin });
        assert.equal(code, 1);
        const blocks = stdout.split('\n\n');
        assert.deepEqual(blocks.slice(0, 4), [
          'Not pulled\n  r.example.com/x:1  - Pod deploykf-auth/waits spec.containers[0].image: ImagePullBackOff',
          'Not in the plan\n  r.example.com/x:1  - Pod deploykf-auth/waits spec.containers[0].image: ImagePullBackOff',
          'Pulled from a public registry\n  ghcr.io/dexidp/dex:v2.39.1  - Pod monitoring/dex spec.containers[0].image',
          `In the plan\n  ${dex}  - Pod deploykf-auth/dex spec.containers[0].image ${digest('a').slice(0, 19)}`,
        ]);
        assert.equal(
          blocks.at(-2),
          'Left out: Pods of 1 namespace that the stack does not use (kube-system)',
        );
        const json = (await workspace.json(argv, { stdin })) as RenderedJson;
        assert.equal(shapeProblem(json, renderedShape), undefined);
        assert.deepEqual(
          json.images.map(image => [image.name, image.digest, image.notPulled]),
          [
            ['dex', digest('a'), null],
            ['waits', null, 'ImagePullBackOff'],
            ['dex', null, null],
          ],
        );
      }),
    );

    it(
      'tells what is not pulled yet, and what image volumes name',
      inWorkspace(files, async workspace => {
        const spec = { containers: [{ name: 'main', image: 'r.example.com/evil:1' }] };
        const metadata = { namespace: 'deploykf-auth' };
        const creating = { name: 'main', imageID: '', state: { waiting: { reason: 'ContainerCreating' } } };
        const again = {
          name: 'main',
          imageID: `x@${digest('a')}`,
          state: { waiting: { reason: 'ImagePullBackOff' } },
        };
        const items = [
          { kind: 'Pod', metadata: { ...metadata, name: 'none' }, spec, status: null },
          { kind: 'Pod', metadata: { ...metadata, name: 'pending' }, spec, status: { phase: 'Pending' } },
          {
            kind: 'Pod',
            metadata: { ...metadata, name: 'creating' },
            spec,
            status: { containerStatuses: [creating] },
          },
          {
            kind: 'Pod',
            metadata: { ...metadata, name: 'volume' },
            spec: { containers: [], volumes: [{ image: { reference: 'quay.io/volume:1' } }] },
          },
          {
            kind: 'Pod',
            metadata: { ...metadata, name: 'again' },
            spec,
            status: { containerStatuses: [again] },
          },
          { kind: 'Pod', metadata: { ...metadata, name: 'ended' }, spec, status: { phase: 'Succeeded' } },
        ];
        const { images } = (await workspace.json(argv, {
          stdin: JSON.stringify({ kind: 'List', items }),
        })) as RenderedJson;
        assert.deepEqual(
          images.map(({ name, notPulled, plan }) => [name, notPulled, plan]),
          [
            ['none', 'not started yet', 'missing'],
            ['pending', 'not started yet', 'missing'],
            ['creating', 'ContainerCreating', 'missing'],
            ['volume', null, 'missing'],
            ['again', 'ImagePullBackOff', 'missing'],
          ],
        );
      }),
    );

    it(
      'holds what runs to the lock, by the digest of the index or of one of its manifests',
      inWorkspace(files, async workspace => {
        const states: (string | undefined)[] = [];
        for (const [locked, manifests, platforms] of [
          ['a', [], ['linux/amd64']],
          ['d', ['a', 'e'], ['linux/amd64', 'linux/arm64']],
          ['d', ['e', 'f'], ['linux/amd64', 'linux/arm64']],
          ['d', [], ['linux/amd64']],
          // An older lock does not say what its index leads to.
          ['d', [], ['linux/amd64', 'linux/arm64']],
        ] as const) {
          const image = {
            image: dex,
            source: 'ghcr.io/dexidp/dex:v2.39.1',
            digest: digest(locked),
            platforms,
            manifests: manifests.map(digest),
            verified: '2026-11-28',
          };
          workspace.write('mirror.lock', JSON.stringify({ schema: 1, images: [image] }));
          const { images } = (await workspace.json(argv, { stdin })) as RenderedJson;
          states.push(images.find(({ name }) => name === 'dex')?.plan);
        }
        assert.deepEqual(states, ['same', 'same', 'other-digest', 'other-digest', 'same']);
      }),
    );
  });

  it(
    'asks for manifests on a terminal',
    inWorkspace(files, async workspace => {
      const { code, stderr } = await workspace.run(['rendered'], { columns: 80 });
      assert.equal(code, 2);
      assert.match(stderr, /name the manifests, or pipe them in/);
    }),
  );
});
