import assert from 'node:assert/strict';
import type { FilePlace, FileStatus, RewriteResult } from '../../server/src/protocol.ts';
import type {
  ImageComponent,
  ImageExplanation,
  ImageFilter,
  ImageInStack,
  ImagesChanged,
  ImageStacksResult,
} from '../../server/src/protocol/images.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const uri = `${root}/prod.yaml`;
const auth = 'deploykf_core.deploykf_auth';
const dex = `${auth}.images.dex`;
const text = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        repository: ghcr.io/dexidp/dex',
  '',
].join('\n');
const policy = 'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n';

const app = `kind: Application
metadata: { name: app }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - { name: source_version, string: "0.1.4" }
        - { name: values_files, array: [./prod.yaml] }
`;

describe('The Images view', () => {
  let client: LspClient;
  let told: (changed: ImagesChanged) => void = () => undefined;
  let statuses: FileStatus[];
  afterEach(() => client.stop());

  async function start(registry = policy): Promise<void> {
    const project = `release: 0.1.5\n${registry}stacks: [{ name: prod, values: [prod.yaml] }]\n`;
    const files = new ListedFiles({ '.deploykf-values.yaml': project, 'prod.yaml': text, 'dev.yaml': text });
    client = LspClient.inProcess({ files });
    statuses = [];
    client.connection.onNotification('deploykf/imagesChanged', (params: ImagesChanged) => told(params));
    client.connection.onNotification('deploykf/fileStatus', (params: FileStatus) => {
      statuses.push(params);
    });
    await client.initialize({ own: { showsImages: true, showsStatus: true } });
    await client.open(uri, text);
  }

  const stacks = (filter: ImageFilter = {}): Promise<ImageStacksResult> =>
    client.request('deploykf/imageStacks', { filter });
  const components = (stack: string, filter: ImageFilter = {}): Promise<readonly ImageComponent[]> =>
    client.request('deploykf/imageComponents', { stack, filter });
  async function prod(): Promise<string> {
    return (await stacks()).stacks.find(({ label }) => label === 'prod')?.id ?? assert.fail();
  }

  it('has the stacks, and their components with their images', async () => {
    await start();
    const all = await stacks();
    assert.deepEqual(
      all.stacks.map(({ label, file, hasPolicy }) => [label, file, hasPolicy]),
      [
        ['prod', uri, true],
        ['dev.yaml', `${root}/dev.yaml`, true],
      ],
    );
    assert.ok(all.registries.includes('quay.io') && all.namespaces.includes('deploykf-auth'));
    const [component, ...others] = await components(await prod(), { text: dex });
    assert.deepEqual(others, []);
    assert.deepEqual(component, {
      path: auth,
      title: 'deployKF Auth',
      isDeployed: true,
      summary: '3 images, 0 private, 1 gone',
      images: [
        {
          id: dex,
          label: 'dex',
          reference: 'ghcr.io/dexidp/dex:v2.39.1',
          state: 'unmapped',
          isProblem: true,
          said: 'public, although the registry policy maps it',
          isHidden: false,
        },
      ],
    });
    assert.deepEqual((await stacks({ text: 'nowhere' })).stacks, []);
    assert.deepEqual(await components('gone'), []);
  });

  it('leads to the place of an image and back, and says what is known of it', async () => {
    await start();
    const ref = { stack: await prod(), component: auth, image: dex };
    const place = await client.request<FilePlace>('deploykf/imagePlace', ref);
    assert.deepEqual(place, { uri, ...client.rangeOf(uri, 'ghcr.io/dexidp/dex') });
    assert.deepEqual(
      await client.request<ImageInStack>('deploykf/imageAt', { uri, position: place.start }),
      ref,
    );
    const explained = await client.request<ImageExplanation>('deploykf/explainImage', ref);
    assert.match(explained.markdown, /^\*\*dex\*\* · deployKF Auth/);
    const shown = await client.request<string>('deploykf/virtualText', { uri: explained.document });
    assert.match(shown, /^\*\*dex\*\* · deployKF Auth[^]*Repository from prod\.yaml:5, the same as default/);
    assert.equal(await client.request('deploykf/explainImage', { ...ref, image: 'gone' }), null);
    assert.equal(await client.request('deploykf/imagePlace', { stack: 'gone' }), null);
  });

  it('rewrites what is chosen in one edit, or says why not', async () => {
    await start();
    const images = [dex, `${auth}.images.oauth2Proxy`].map(image => ({ component: auth, image }));
    const change = async (what: string): Promise<RewriteResult> => {
      const stack = await prod();
      return client.request('deploykf/changeImages', {
        what,
        images: images.map(ref => ({ stack, ...ref })),
      });
    };
    assert.deepEqual(await change('rewrite'), { message: 'Rewrote 2 of 2 images', isApplied: true });
    assert.match(client.text(uri), /repository: r\.example\.com\/ghcr\.io\/dexidp\/dex\n/);
    assert.match(client.text(uri), /oauth2Proxy:\n {8}repository: r\.example\.com\/quay\.io/);
    await client.stop();
    await start('');
    assert.equal((await change('rewrite')).needsRegistry, true);
  });

  it('waits for what is still being read, and so does the status; hovers say so', async () => {
    let find = (): void => undefined;
    const searched = new Promise<void>(resolve => (find = resolve));
    class SlowFiles extends ListedFiles {
      override async list(folder: string): Promise<readonly string[]> {
        await searched;
        return super.list(folder);
      }
    }
    client = LspClient.inProcess({ files: new SlowFiles({ 'app.yaml': app, 'prod.yaml': text }) });
    const changes: ImagesChanged[] = [];
    const changed = new Promise<ImagesChanged>(resolve => {
      client.connection.onNotification('deploykf/imagesChanged', (params: ImagesChanged) => {
        changes.push(params);
        resolve(params);
      });
    });
    statuses = [];
    client.connection.onNotification(
      'deploykf/fileStatus',
      (params: FileStatus) => void statuses.push(params),
    );
    await client.initialize({ own: { showsImages: true, showsStatus: true } });
    await client.open(uri, text);
    const hovered = async (): Promise<string> => JSON.stringify(await client.hover(uri, 'dex:'));
    assert.match(await hovered(), /deployKF 0\.1\.5 as far as the folder is read by now/);
    assert.deepEqual([changes, statuses.filter(({ counts }) => counts !== undefined)], [[], []]);
    find();
    const { first } = await changed;
    assert.deepEqual([first?.name, first?.release], ['app', '0.1.4']);
    assert.match(await hovered(), /deployKF 0\.1\.4 · stack `app`/);
  });

  it('is told calmly that something has changed, with the values files where these are others', async () => {
    await start();
    const next = (): Promise<ImagesChanged> => new Promise(resolve => (told = resolve));
    const { files, problems } = await next();
    assert.deepEqual(files?.toSorted(), [`${root}/dev.yaml`, uri]);
    await client.replace(uri, 'ghcr.io/dexidp/dex', 'r.example.com/ghcr.io/dexidp/dex');
    await client.replace(uri, 'dex:', 'dex: # ours');
    const counts = { images: 21, gone: 2 };
    const first = { name: 'prod', release: '0.1.5', counts };
    assert.deepEqual(await next(), { problems: problems - 1, first });
    assert.deepEqual(statuses.at(-1)?.counts, counts);
  });
});
