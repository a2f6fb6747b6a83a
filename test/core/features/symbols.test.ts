import assert from 'node:assert/strict';

import { documentSymbols, type DocumentSymbol } from '../../../server/src/core/features/symbols.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { root, snapshot, texts } from '../../support/stacks.ts';
import { sharedFile } from '../../support/shared.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

const { policy } = parsePolicy({
  rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }],
});

/** `kind name: detail = the selected text`, children indented. */
function print(text: string, symbols: readonly DocumentSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ kind, name, detail, selection, span, children }) => {
    assert.ok(selection.start >= span.start && selection.end <= span.end, name);
    for (const child of children)
      assert.ok(child.span.start >= span.start && child.span.end <= span.end, name);
    const selected = text.slice(selection.start, selection.end);
    return [
      `${'  '.repeat(depth)}${kind} ${name}${detail && `: ${detail}`}${selected === name ? '' : ` = ${selected}`}`,
      ...print(text, children, depth + 1),
    ];
  });
}

function outline(text: string, settings = noSettings): readonly string[] {
  return print(text, documentSymbols(worldOfText(text, settings), shownUri));
}

describe('the outline', () => {
  it('has every key, the state of components, and images as they are pulled', () => {
    const text = [
      'kubeflow_tools:',
      '  notebooks:',
      '    spawnerFormDefaults: { image: { options: ["a/b:1", "c/d:2"] } }',
      '  katib:',
      '    enabled: false',
      'deploykf_dependencies:',
      '  istio:',
      '    images:',
      '      istioProxy:',
      '        repository: docker.io/istio/proxyv2',
      '        tag: ~',
      '',
    ].join('\n');
    assert.deepEqual(outline(text), [
      'map kubeflow_tools',
      '  component notebooks: disabled',
      '    map spawnerFormDefaults',
      '      map image',
      '        list options',
      '          image a/b:1: docker.io/a/b:1 = "a/b:1"',
      '          image c/d:2: docker.io/c/d:2 = "c/d:2"',
      '  component katib: disabled',
      '    boolean enabled: false',
      'map deploykf_dependencies',
      '  component istio: 2 images',
      '    map images',
      '      image istioProxy: docker.io/istio/proxyv2:1.17.8-distroless',
      '        string repository: docker.io/istio/proxyv2',
      '        null tag: 1.17.8-distroless',
    ]);
  });

  it('says how many images are public where there is a policy', () => {
    const text =
      'kubeflow_tools: { pipelines: {}, katib: {} }\ndeploykf_core: { deploykf_dashboard: { enabled: no } }\n';
    assert.deepEqual(outline(text, { ...noSettings, policy }), [
      'map kubeflow_tools',
      '  component pipelines: disabled',
      '  component katib: disabled',
      'map deploykf_core',
      '  component deploykf_dashboard: 3 of 3 public',
      '    string enabled: no',
    ]);
  });

  it('calls the items of lists by what tells them apart', () => {
    const text = [
      'deploykf_core:',
      '  deploykf_profiles_generator:',
      '    users:',
      '      - email: a@example.com',
      '        id: user-1',
      '      - {}',
      '    groups:',
      '      - users: [user-1]',
      '        id: team-1',
      '    profiles:',
      '      - name: team-1',
      '        members: [{ group: team-1, access: { role: edit } }]',
      '',
    ].join('\n');
    assert.deepEqual(outline(text), [
      'map deploykf_core',
      '  component deploykf_profiles_generator',
      '    list users',
      '      map user-1',
      '        string email: a@example.com',
      '        string id: user-1',
      '      map [1] = {}',
      '    list groups',
      '      map team-1',
      '        list users',
      '          string user-1',
      '        string id: team-1',
      '    list profiles',
      '      map team-1',
      '        string name: team-1',
      '        list members',
      '          map team-1',
      '            string group: team-1',
      '            map access',
      '              string role: edit',
    ]);
  });

  it('has the values in an Application below the string that they are, at their place', () =>
    assert.deepEqual(print(texts['app.yaml'] ?? '', documentSymbols(snapshot(), `${root}app.yaml`)), [
      'string kind: Application',
      'map metadata',
      '  string name: app',
      'map spec',
      '  map source',
      '    map plugin',
      '      string name: deploykf',
      '      list parameters',
      '        map source_version',
      '          string name: source_version',
      '          string string: 0.1.5',
      '        map values_files',
      '          string name: values_files',
      '          list array',
      '            string ./base.yaml = "./base.yaml"',
      '            string values/prod.yaml',
      '        map values',
      '          string name: values',
      '          stack string: app · deployKF 0.1.5',
      '            map deploykf_core',
      '              component deploykf_auth: 3 images',
      '                map images',
      '                  image dex: ghcr.io/dexidp/dex:v3',
      '                    string tag: v3',
    ]));

  it('has a symbol for each document where there are several', () => {
    const text = `${texts['app.yaml'] ?? ''}---\nkind: Secret\nmetadata: { name: s }\nstringData: { hidden: hunter2 }\n---\n# nothing\n`;
    const printed = outline(text);
    assert.deepEqual(
      printed.filter(line => !line.startsWith('  ')),
      ['document Application app = kind: Application', 'document Secret s = kind: Secret'],
    );
    assert.deepEqual(printed.slice(printed.findIndex(line => line.startsWith('document Secret'))), [
      'document Secret s = kind: Secret',
      '  string kind: Secret',
      '  map metadata',
      '    string name: s',
      '  map stringData',
      '    string …: … = hidden',
    ]);
  });

  it('tells no secret', () => {
    const text = [
      'deploykf_core:',
      '  deploykf_auth:',
      '    dex:',
      '      staticPasswords:',
      '        - { email: a@example.com, password: { value: hunter2 } }',
      'deploykf_opt:',
      '  deploykf_minio:',
      '    rootUser: { username: admin, password: hunter2 }',
      '  half',
      '',
    ].join('\n');
    assert.deepEqual(outline(text), [
      'map deploykf_core',
      '  component deploykf_auth: 3 images',
      '    map dex',
      '      list staticPasswords',
      '        map [0] = { email: a@example.com, password: { value: hunter2 } }',
      '          string email: …',
      '          map password',
      '            string value: …',
      'map deploykf_opt',
      '  component deploykf_minio: disabled',
      '    map rootUser',
      '      string username: …',
      '      string password: …',
    ]);
  });

  it('goes on beside what is broken, half-typed or odd', () => {
    const text = [
      '\uFEFFkubeflow_tools:',
      '  katib: &k',
      '    enabled: [',
      '  "": *k',
      '  pipelines: *nowhere',
      '  <<: *k',
      '  half',
      '  notebooks: |',
      '    text',
      '',
      '',
    ].join('\r\n');
    assert.deepEqual(outline(text), [
      'map kubeflow_tools',
      '  component katib: disabled',
      '    list enabled',
      '  alias "": *k',
      '  component pipelines: disabled',
      '  alias <<: *k',
      '  component notebooks',
    ]);
  });

  it('is empty for files that are not of deployKF', () => {
    assert.deepEqual(outline('a: { kubeflow_tools: 1 }\n'), []);
    assert.deepEqual(outline('kind: ConfigMap\n'), []);
  });
});

describe("the outline of upstream's own file", () => {
  const text = sharedFile('deploykf/0.1.5/default_values.yaml');

  it('is at least as deep as its lines are indented', function () {
    if (text === undefined) return this.skip();
    const found = new Set<number>();
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    const see = ({ selection, children }: DocumentSymbol): void => {
      found.add(lineOf(selection.start));
      children.forEach(see);
    };
    documentSymbols(worldOfText(text), shownUri).forEach(see);
    const lines = text.split('\n');
    const missing = lines.filter((line, index) => /^ *(?:- )?\w+:/.test(line) && !found.has(index + 1));
    assert.deepEqual(missing, []);
  });
});
