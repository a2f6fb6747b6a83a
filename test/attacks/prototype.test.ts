// The names that every object of JavaScript answers to are just names, wherever a user may write one.
import assert from 'node:assert/strict';
import { checkFile } from '../../server/src/core/check/check.ts';
import { completion } from '../../server/src/core/features/completion.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { virtualText } from '../../server/src/core/workspace/virtualDocuments.ts';
import { effectiveUri } from '../../server/src/core/workspace/virtualUris.ts';
import { valueOf } from '../../server/src/core/yaml/value.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { dockerLogins } from '../../server/src/core/secrets/dockerLogins.ts';
import { readEditorSettings, readGeneratorPaths } from '../../server/src/lsp/editorSettings.ts';
import { CliWorkspace } from '../support/cli.ts';
import { application } from '../support/manifests.ts';
import { catalogs, snapshotOf } from '../support/views.ts';

const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** Says what no text of ours says. */
function assertSound(what: string, text: string): void {
  assert.doesNotMatch(text, /this is a bug|report this bug|function |native code|\[object|TypeError/, what);
}

/** A name in each place of the values that takes one. */
function valuesWith(name: string): string {
  return [
    `${name}: { a: 1 }`,
    'deploykf_core:',
    `  ${name}: { enabled: true, images: { ${name}: { repository: a, tag: b } } }`,
    'deploykf_dependencies:',
    '  istio:',
    `    ${name}: 1`,
    '    images:',
    `      ${name}: { repository: ghcr.io/a/b, tag: "1" }`,
    `      istioProxy: { ${name}: a, repository: ${name}/${name}, tag: ${name}, pullPolicy: ${name} }`,
    '    charts:',
    `      ${name}: { version: 1 }`,
    `      istioDaemon: { repository: "https://${name}", version: ${name} }`,
    '  kyverno:',
    `    chart: { version: ${name} }`,
    '    extraManifests:',
    '      - |',
    '        kind: Secret',
    '        metadata: { name: harbor, namespace: argocd }',
    `        type: ${name}`,
    `        data: { ${name}: aGFsbG8= }`,
    '        stringData:',
    `          .dockerconfigjson: '{"auths": {"${name}": {"username": "a", "password": "b"}}, "${name}": 1}'`,
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    `        ${name}: true`,
    `        excludeNamespaces: [${name}]`,
    '        registryCredentials:',
    `          - { existingSecret: ${name}, existingSecretNamespace: ${name}, ${name}: a }`,
    '          - { existingSecret: harbor, existingSecretNamespace: argocd }',
    '',
  ].join('\n');
}

function projectWith(name: string): string {
  return [
    `release: ${name}`,
    `${name}: 1`,
    'rules:',
    `  ${name}: off`,
    `  image-public: ${name}`,
    'generators:',
    `  ${name}: there`,
    'registry:',
    `  ${name}: 1`,
    '  rules:',
    `    ${name}: harbor.example.com/{${name}}`,
    `    ghcr.io: { target: "${name}.example.com", path: ${name}, images: { ${name}: ${name} }, ${name}: 1 }`,
    `  private: [${name}]`,
    'stacks:',
    `  - { name: ${name}, release: ${name}, values: [values.yaml], ${name}: 1 }`,
    '',
  ].join('\n');
}

describe('A name that every object has', () => {
  let workspace: CliWorkspace | undefined;
  afterEach(() => {
    workspace?.remove();
    workspace = undefined;
  });

  for (const name of names) {
    it(`${name} is just a name in values, as the editor shows them`, () => {
      const text = valuesWith(name);
      const { snapshot, uri } = snapshotOf([text]);
      const findings = checkFile(snapshot, uri);
      const shown = [
        findings.map(({ message, fixes, path }) => [message, fixes.map(({ title }) => title), path]),
      ] as unknown[];
      for (let offset = 0; offset < text.length; offset++)
        shown.push(hover(snapshot, uri, offset), completion(snapshot, { uri, offset }));
      assertSound(name, JSON.stringify(shown));
      const unknown = findings.filter(({ code }) => code === 'value-unknown').map(({ path }) => path);
      const below = ['core.', 'dependencies.istio.', 'dependencies.istio.charts.'].map(
        path => `deploykf_${path}${name}`,
      );
      // At the top level, a name with "_" in front is the user's own.
      const own = name.startsWith('_') ? [] : [name];
      assert.deepEqual(unknown, [...own, ...below, 'deploykf_dependencies.kyverno.chart']);
      const pulled = findings
        .filter(({ code }) => code === 'pull-secrets-secret-invalid')
        .map(({ message }) => message);
      assert.deepEqual(pulled, [
        `Secret "argocd/harbor" has type "${name}", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"`,
      ]);
    });

    it(`${name} is just a name in the merge`, () => {
      const { snapshot } = snapshotOf([
        `${name}: { a: 1, ${name}: 2 }\n`,
        `${name}: { b: [{ ${name}: 3 }] }\n`,
      ]);
      const [plan] = snapshot.plans;
      const view = plan && snapshot.view(plan);
      const value = view?.effective.value(name);
      assert.equal(JSON.stringify(value), `{"a":1,"${name}":2,"b":[{"${name}":3}]}`);
      const text = virtualText(snapshot, effectiveUri(plan?.id ?? '', '')) ?? '';
      assert.match(text, new RegExp(`^${name}:\\n  a: 1\\n  ${name}: 2\\n  b:\\n    - ${name}: 3$`, 'm'));
      assert.equal(Object.hasOwn(Object.prototype, 'a'), false);
    });

    it(`${name} is just a name in aliases and merge keys`, () => {
      const file = new ValuesFile(
        'file:///a',
        `a: &${name} { ${name}: 1 }\nb: *${name}\nc: { <<: *${name} }\nd: *toLocaleString\n`,
      );
      const value = valueOf(file.root, file.anchors);
      assert.equal(JSON.stringify(value), `{"a":{"${name}":1},"b":{"${name}":1},"c":{"${name}":1},"d":null}`);
    });

    it(`${name} is just a name on the command line`, async () => {
      workspace = new CliWorkspace({
        'values.yaml': valuesWith(name),
        'plain.yaml': 'kubeflow_tools:\n  katib:\n    enabled: true\n',
        'app/app.yaml': application(
          name,
          `- { name: ${name}, string: ${name} }`,
          '- name: values',
          '  string: |',
          `    ${name}: 1`,
        ),
        'deploy.sh': `deploykf generate --source-version ${name} --values ./plain.yaml --${name} ${name}\n`,
        'project/.deploykf-values.yaml': projectWith(name),
        'project/values.yaml': valuesWith(name),
      });
      const commands = [
        ['check', 'values.yaml'],
        ['check', 'values.yaml', '--release', name],
        ['check', 'values.yaml', '--generator', name],
        ['check', 'plain.yaml', '--stack', name],
        ['check', 'plain.yaml', '--format', name],
        ['check', 'plain.yaml', '--fail-on', name],
        ['check', 'plain.yaml', '--color', name],
        ['check', 'plain.yaml', `--${name}`, name],
        ['check', name],
        ['check', 'app', 'deploy.sh', 'project'],
        ['check', '--config', 'project/.deploykf-values.yaml'],
        ['fix', 'values.yaml', '--dry-run'],
        ['images', 'values.yaml', '--format', 'json'],
        ['images', '--release', name],
        ['explain', name, 'values.yaml'],
        ['explain', name, 'plain.yaml'],
        ['explain', `deploykf_core.${name}`, 'values.yaml', '--format', 'json'],
        ['explain', `kubeflow_tools.${name}.${name}`, 'plain.yaml'],
        ['pull-secret', 'values.yaml', '--explain'],
        ['pull-secret', '--registry', name, '--name', name, '--form', name],
        ['pull-secret', '--registry', `${name}.example.com`, '--form', 'manifest'],
        ['init', name],
        [name],
        ['help', name],
      ];
      for (const argv of commands) {
        const { stdout, stderr } = await workspace.run(argv);
        assertSound(argv.join(' '), stdout.replaceAll(`"${name}"`, '') + stderr);
      }
    });

    it(`${name} is just a name in the editor's settings`, () => {
      const json: unknown = JSON.parse(
        `{"${name}": {"a": 1}, "release": "${name}", "rules": {"${name}": "off"}, "generators": {"${name}": "there"}, "registry": {"rules": {"${name}": "harbor.example.com"}}}`,
      );
      const { settings, problems } = readEditorSettings(json, { codes: [], releases: [] });
      assertSound(name, JSON.stringify([settings, problems]));
      assert.equal(settings.release, name);
      assert.deepEqual(Object.entries(readGeneratorPaths(json)), [[name, 'there']]);
      assert.deepEqual(readGeneratorPaths(JSON.parse(`{"__proto__": {"generators": {"a": "b"}}}`)), {});
    });
  }

  for (const name of names)
    it(`${name} is just a registry and a helper of Docker's config`, () => {
      const config: unknown = JSON.parse(
        `{"auths": {"${name}.example.com": {"auth": "YTpi"}}, "credHelpers": {"${name}": "${name}"}, "${name}": {"auths": {}}}`,
      );
      const found = dockerLogins(config, [`${name}.example.com`, name]);
      assertSound(name, JSON.stringify(found));
      assert.match(JSON.stringify(found), /YTpi/);
    });

  it('is no release of a workspace', () => {
    for (const name of names) assert.equal(catalogs.of(name), undefined);
  });
});
