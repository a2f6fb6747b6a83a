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

  async function start(): Promise<void> {
    const project = 'release: 0.1.5\nstacks: [{ name: prod, values: [prod.yaml] }]\n';
    client = LspClient.inProcess({
      files: new ListedFiles({ '.deploykf-values.yaml': project, 'prod.yaml': text }),
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
