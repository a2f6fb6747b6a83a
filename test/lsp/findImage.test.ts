import assert from 'node:assert/strict';
import type { FoundImageResult } from '../../server/src/protocol/lookup.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const text = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      oauth2Proxy:',
  '        repository: quay.io/oauth2-proxy/oauth2-proxy',
  '        tag: v1',
  '',
].join('\n');

describe('The values behind an image', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(prod = text): Promise<void> {
    const project = 'release: 0.1.5\nstacks: [{ name: prod, values: [prod.yaml] }]\n';
    client = LspClient.inProcess({
      files: new ListedFiles({ '.deploykf-values.yaml': project, 'prod.yaml': prod }),
    });
    await client.initialize({});
  }

  const find = (pasted: string): Promise<readonly FoundImageResult[]> =>
    client.request('deploykf/findImage', { text: pasted });

  it('are found with their place, and nothing else of the text is in the answer', async () => {
    await start();
    const pod = [
      'kind: Pod',
      'metadata: { name: a, namespace: deploykf-auth }',
      'spec:',
      '  containers:',
      '    - { name: dex, image: "quay.io/oauth2-proxy/oauth2-proxy:v2", env: [{ name: PASSWORD, value: hunter2 }] }',
    ].join('\n');
    const found = await find(pod);
    assert.deepEqual(found, [
      {
        title: 'quay.io/oauth2-proxy/oauth2-proxy:v2 in deploykf-auth',
        stacks: [
          {
            stack: 'prod · deployKF 0.1.5',
            notes: [],
            uses: [
              {
                title: 'deploykf_core.deploykf_auth.images.oauth2Proxy',
                where: 'prod.yaml:5',
                tag: 'differs: the stack pulls v1',
                notes: [],
                place: {
                  uri: `${root}/prod.yaml`,
                  start: { line: 4, character: 20 },
                  end: { line: 4, character: 53 },
                },
              },
            ],
            missing: '',
          },
        ],
      },
    ]);
  });

  it('have a word on the pull Secret of a private image, by the namespaces of its Pods', async () => {
    const istio =
      'deploykf_dependencies: { istio: { images: { istioProxy: { repository: r.example.com/proxyv2 } } } }\n';
    await start(istio);
    const [found] = await find('r.example.com/proxyv2:1.17.3-distroless');
    const [use] = found?.stacks[0]?.uses ?? [];
    assert.deepEqual(
      [use?.title, use?.where],
      ['deploykf_dependencies.istio.images.istioProxy', 'prod.yaml:1'],
    );
    assert.match(
      use?.notes[0] ?? '',
      /^pull Secret: Pods of [\w-]+, [\w-]+, [\w-]+ and \d+ more get none: there is no pull-secret policy: "enabled" is false$/,
    );
  });

  it('say where an override goes when no layer sets them', async () => {
    await start();
    const [found] = await find('ghcr.io/dexidp/dex:v2.39.1');
    const [use] = found?.stacks[0]?.uses ?? [];
    assert.deepEqual([use?.where, use?.notes], ['an override goes to prod.yaml:3', ['no layer sets it']]);
  });

  it('are none for an image of no stack, and for a text without one', async () => {
    await start();
    const [found] = await find('a.example.com/oauth2-proxy');
    assert.deepEqual(found?.stacks, [
      {
        stack: 'prod · deployKF 0.1.5',
        notes: [],
        uses: [],
        missing:
          'not an image of this stack; by its name, the nearest is deploykf_core.deploykf_auth.images.oauth2Proxy (quay.io/oauth2-proxy/oauth2-proxy:v1)',
      },
    ]);
    assert.deepEqual(await find('no image here'), []);
  });
});
