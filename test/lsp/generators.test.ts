import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import type { FileSystemWatcher, Location, RelativePattern } from 'vscode-languageserver';
import { nodeFiles } from '../../server/src/host/files.node.ts';
import { makeCatalogs } from '../../server/src/host/generators.node.ts';
import { forkedValues, useHome } from '../support/generators.ts';
import { LspClient } from '../support/lspClient.ts';

const defaults = forkedValues();
const kustomization = 'templates/manifests/kubeflow-tools/katib/upstream/kustomization.yaml';
const images = (tag: string): string =>
  `images:\n  - name: docker.io/kubeflowkatib/katib-controller\n    newTag: ${tag}\n`;
const archive = zipSync({
  generator: { 'default_values.yaml': strToU8(defaults), [kustomization]: strToU8(images('v0.77.0')) },
});

const values = [
  'deploykf_core:',
  '  deploykf_auth: { images: { dex: { tag: ~ } }, ours: 1 }',
  'kubeflow_tools:',
  '  katib: { images: { katibController: { tag: ~ }, katibUi: { tag: ~ } } }',
];

function application(source: string): string {
  return [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    `        - { name: ${source} }`,
    '        - name: values',
    '          string: |',
    ...values.map(line => `            ${line}`),
    '',
  ].join('\n');
}

/** What the server says of the release and of a value that it may not have. */
function about(found: readonly string[]): readonly string[] {
  return found
    .filter(line => / (?:release-unknown|value-unknown): /.test(line))
    .map(line => line.replace(/^\S+ /, ''));
}

describe('Generators in the editor', function () {
  this.timeout(10_000);
  let folder: string;
  let client: LspClient;
  let restoreHome: () => void;
  let app: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-lsp-'));
    restoreHome = useHome(join(folder, 'home'));
    app = uriOf('ws/app.yaml');
    write('ws/app.yaml', '');
  });
  afterEach(async () => {
    await client.stop();
    restoreHome();
    rmSync(folder, { recursive: true, force: true });
  });

  function uriOf(path: string): string {
    return pathToFileURL(join(folder, path)).href;
  }

  function write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function writeFork(path: string, tag = 'v0.77.0'): void {
    write(`${path}/default_values.yaml`, defaults);
    write(`${path}/${kustomization}`, images(tag));
  }

  /** Opens an Application of a source. */
  async function open(source: string, settings?: unknown): Promise<void> {
    const text = application(source);
    write('ws/app.yaml', text);
    client = await LspClient.start({ files: nodeFiles, makeCatalogs, folders: [uriOf('ws')], settings });
    await client.open(app, text);
  }

  /** What a hover says of the release and of the tag. */
  async function hover(image: string): Promise<readonly string[]> {
    const text = JSON.stringify((await client.hover(app, image))?.contents);
    const release = /deployKF (fork [^ ]+|\d[\d.]*\d)/.exec(text)?.[1] ?? '';
    const tag = /Tag not known|Tag `([^`]*)`/.exec(text);
    return [release, tag?.[1] ?? tag?.[0] ?? ''];
  }

  const unknownOurs = (release: string): string =>
    `value-unknown: deployKF ${release} has no value "ours" in "deploykf_core.deploykf_auth"`;

  for (const [kind, source] of [
    ['folder', './fork'],
    ['archive', 'fork.zip'],
  ] as const) {
    it(`of a fork are read from its ${kind}`, async () => {
      writeFork('ws/fork');
      write('ws/fork.zip', archive);
      await open(`source_path, string: ${source}`);
      assert.deepEqual(about(await client.diagnostics(app)), [unknownOurs(`fork ${source}`)]);
      const release = `fork ${source}`;
      assert.deepEqual(await hover('katibController'), [release, 'v0.77.0']);
      assert.deepEqual(await hover('katibUi'), [release, 'v0.15.0']);
      assert.deepEqual(await hover('dex'), [release, 'Tag not known']);
    });
  }

  it('are read again when one of their files changes, also one that is open', async () => {
    writeFork('ws/fork');
    await open('source_path, string: ./fork');
    assert.equal(about(await client.diagnostics(app)).length, 1);
    const file = 'ws/fork/default_values.yaml';
    await client.open(uriOf(file), defaults);
    write(file, defaults.replace('deploykf_auth:\n', 'deploykf_auth:\n    ours: 0\n'));
    await client.touch(uriOf(file));
    await client.diagnosticsWhere(app, found => about(found).length === 0);
    write(`ws/fork/${kustomization}`, images('v0.78.0'));
    await client.touch(uriOf(`ws/fork/${kustomization}`));
    assert.deepEqual(await hover('katibController'), ['fork ./fork', 'v0.78.0']);
    rmSync(join(folder, 'ws/fork'), { recursive: true });
    await client.touch(uriOf('ws/fork'));
    const gone = 'release-unknown: The generator "./fork" does not exist';
    await client.diagnosticsWhere(app, found => about(found)[0]?.startsWith(gone) === true);
  });

  it('of a later release are found in the cache of the deployKF command, as soon as they are there', async () => {
    await open('source_version, string: "0.9.9"');
    const missing = about(await client.diagnostics(app));
    assert.equal(missing.length, 1);
    assert.match(
      missing[0] ?? '',
      /^release-unknown: deployKF "0\.9\.9" is not known, stack app is not checked: /,
    );
    const cache = 'home/.deploykf/assets/deploykf-0.9.9-generator.zip';
    write(cache, archive);
    await client.touch(uriOf(cache));
    await client.diagnosticsWhere(app, found => about(found)[0] === unknownOurs('0.9.9'));
    assert.deepEqual(await hover('katibController'), ['0.9.9', 'v0.77.0']);
  });

  it('tell what upstream says of the values of a release, from the cache of the deployKF command', async () => {
    const commented = 'deploykf_core:\n  deploykf_auth:\n    images:\n      ## the way in\n      dex: {}\n';
    const text = strToU8(commented);
    write('home/.deploykf/assets/deploykf-0.1.5-generator.zip', zipSync({ 'default_values.yaml': text }));
    await open('source_version, string: "0.1.5"');
    const position = client.rangeOf(app, 'dex').start;
    const said = JSON.stringify((await client.hover(app, 'dex'))?.contents);
    const uri = 'deploykf-values:/commented/0.1.5/default_values.yaml';
    assert.ok(said.includes('the way in') && said.includes(`${uri}#L5`), said);
    const [target] = await client.request<Location[]>('textDocument/definition', {
      textDocument: { uri: app },
      position,
    });
    assert.deepEqual([target?.uri, target?.range.start], [uri, { line: 4, character: 6 }]);
    assert.equal(await client.request('deploykf/virtualText', { uri }), commented);
  });

  it('of a release that are broken in the cache are told in the log, and the release is known without', async () => {
    const cache = 'home/.deploykf/assets/deploykf-0.1.5-generator.zip';
    write(cache, archive.slice(0, 300));
    await open('source_version, string: "0.1.5"');
    assert.deepEqual(about(await client.diagnostics(app)), [unknownOurs('0.1.5')]);
    assert.deepEqual(client.warned, [`"${uriOf(cache)}" is not a .zip, or only the beginning of one`]);
  });

  it('are those of the project file before those of the settings', async () => {
    writeFork('project', 'v0.1.1');
    writeFork('settings', 'v0.2.2');
    const generators = { '0.9.9': join(folder, 'settings') };
    await open('source_version, string: "0.9.9"', { generators });
    assert.deepEqual(await hover('katibController'), ['0.9.9', 'v0.2.2']);
    const project = 'ws/.deploykf-values.yaml';
    const text = 'generators: { 0.9.9: ../project }\n';
    write(project, text);
    await client.touch(uriOf(project));
    assert.deepEqual(await hover('katibController'), ['0.9.9', 'v0.1.1']);
    await client.open(uriOf(project), text);
    await client.replace(uriOf(project), '../project', '../gone');
    const gone = 'release-unknown: The generator "../gone" of 0.9.9 does not exist';
    await client.diagnosticsWhere(app, found => about(found)[0]?.startsWith(gone) === true);
    await client.replace(uriOf(project), '0.9.9: ../gone', '');
    await client.diagnosticsWhere(app, found => about(found)[0] === unknownOurs('0.9.9'));
    assert.deepEqual(await hover('katibController'), ['0.9.9', 'v0.2.2']);
  });

  it('that are broken are told where the stack is defined and in the log, until they are right', async () => {
    write('ws/fork.zip', archive.slice(0, 300));
    await open('source_path, string: fork.zip');
    assert.deepEqual(about(await client.diagnostics(app)), [
      'release-unknown: The generator "fork.zip" is not a .zip, or only the beginning of one, stack app is not checked: expected the folder or .zip of a generator',
    ]);
    assert.deepEqual(client.warned, [
      `"${uriOf('ws/fork.zip')}" is not a .zip, or only the beginning of one`,
    ]);
    write('ws/fork.zip', archive);
    await client.touch(uriOf('ws/fork.zip'));
    await client.diagnosticsWhere(app, found => about(found)[0] === unknownOurs('fork fork.zip'));
  });

  it('are watched where the search for stacks does not look', async () => {
    writeFork('fork');
    write('ws/.deploykf-values.yaml', 'generators: { 0.9.9: ../fork }\n');
    await open('source_version, string: "0.9.9"');
    const watches = (pattern: string): true | undefined => {
      const registered = client.registered
        .filter(({ method }) => method === 'workspace/didChangeWatchedFiles')
        .at(-1);
      const { watchers = [] } = (registered?.registerOptions ?? {}) as {
        readonly watchers?: FileSystemWatcher[];
      };
      const patterns = watchers.map(({ globPattern }) => globPattern as RelativePattern);
      return patterns.some(found => `${String(found.baseUri)}/${found.pattern}` === pattern) || undefined;
    };
    await client.until(() => watches(`${uriOf('fork')}/**/*.yaml`));
    await client.until(() => watches(uriOf('fork')));
    await client.replace(app, '0.9.9', '0.8.8');
    await client.until(() => watches(uriOf('home/.deploykf/assets/deploykf-0.8.8-generator.zip')));
  });
});
