import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';

const stack = [
  'deploykf_dependencies:',
  '  istio: { images: { istioPilot: { repository: registry.example.com/istio/pilot } } }',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        excludeNamespaces: [deploykf-dashboard]',
  '        registryCredentials:',
  '          - { existingSecret: right, existingSecretNamespace: argocd }',
  '          - { existingSecret: gone, existingSecretNamespace: argocd }',
  'deploykf_core:',
  '  deploykf_auth: { images: { dex: { repository: registry.example.com/dex, tag: v2.39.1 } } }',
  '  deploykf_dashboard: { images: { dashboard: { repository: registry.example.com/dashboard, tag: "1" } } }',
  '',
].join('\n');
const config = JSON.stringify({ auths: { 'registry.example.com': { username: 'u', password: 'hunter2' } } });
const secret = [
  'apiVersion: v1',
  'kind: Secret',
  'metadata: { name: right, namespace: argocd }',
  'type: kubernetes.io/dockerconfigjson',
  `stringData: { .dockerconfigjson: '${config}' }`,
  '',
].join('\n');
const project = 'release: 0.1.5\nstacks: [{ name: prod, values: [prod.yaml] }]\n';

const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>';

describe('report', () => {
  it(
    'writes one page that loads and runs nothing',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const argv = ['report', '--html', 'page.html', '--values', 'prod.yaml', '--release', '0.1.5'];
      assert.deepEqual(await workspace.run(argv), { code: 0, stdout: '', stderr: '' });
      const page = workspace.read('page.html');
      for (const text of ['image-tag-type', 'prod.yaml:5:14', 'ghcr.io', 'There is no registry policy'])
        assert.ok(page.includes(text), text);
      assert.doesNotMatch(page, /<(?:script|link|img|iframe|a)\b|@import|url\(/i);
    }),
  );

  it(
    'shows every text of the workspace as a text',
    inWorkspace(
      {
        'prod.yaml': `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: ${JSON.stringify(hostile)}\n        tag: ${JSON.stringify(hostile)}\n  ${JSON.stringify(hostile)}: 1\n`,
        '.deploykf-values.yaml': `stacks:\n  - {name: ${JSON.stringify(hostile)}, release: 0.1.5, values: [prod.yaml]}\n`,
      },
      async workspace => {
        const { stdout, code } = await workspace.run(['report', '--html', '-']);
        assert.equal(code, 0);
        assert.ok(stdout.includes('&#60;script&#62;'));
        assert.doesNotMatch(stdout, /<script|<img/);
      },
    ),
  );

  it(
    'has a row for each namespace that needs credentials, and what each Secret does there',
    inWorkspace(
      { 'prod.yaml': stack, 'secret.yaml': secret, '.deploykf-values.yaml': project },
      async workspace => {
        const { stdout } = await workspace.run(['report', '--html', '-'], { today: '2026-12-31' });
        assert.deepEqual(tableBelow(stdout, 'Pull secrets'), [
          ['Namespace', 'Images that need credentials', 'argocd/right', 'argocd/gone'],
          ['istio-system', '1', 'too late', 'too late'],
          ['deploykf-auth', '1', 'covered', 'copied'],
          ['deploykf-dashboard', '1', 'excluded', 'excluded'],
        ]);
        assert.match(stdout, /too late<\/span>\s*<\/dt>\s*<dd>some Pods start before the policy exists/);
        assert.match(stdout, /<footer>deploykf-values \S+ 2026-12-31<\/footer>/);
        assert.doesNotMatch(stdout, /hunter2/);
      },
    ),
  );

  it(
    'says why no namespace receives a Secret, and which ones need one',
    inWorkspace(
      { 'prod.yaml': stack.replace('enabled: true', 'enabled: false'), '.deploykf-values.yaml': project },
      async workspace => {
        const { stdout } = await workspace.run(['report', '--html', '-']);
        assert.match(stdout, /No namespace receives a pull secret: &#34;enabled&#34; is false/);
        assert.deepEqual(tableBelow(stdout, 'Pull secrets'), [
          ['Namespace', 'Images that need credentials', 'Pull secret'],
          ['istio-system', '1', 'uncovered'],
          ['deploykf-auth', '1', 'uncovered'],
          ['deploykf-dashboard', '1', 'uncovered'],
        ]);
      },
    ),
  );

  it(
    'marks private images whose upstream is gone',
    inWorkspace(
      {
        'prod.yaml':
          'deploykf_core: { deploykf_auth: { images: { kubectl: { repository: registry.example.com/bitnami/kubectl, tag: 1.26.15-debian-12-r4 } } } }\n',
        '.deploykf-values.yaml': `${project}registry: { rules: [{ source: docker.io, target: registry.example.com }] }\n`,
      },
      async workspace => {
        const { stdout } = await workspace.run(['report', '--html', '-']);
        const rows = tableBelow(stdout, 'Registries and components');
        const [, ...marks] = rows.find(([name]) => name === 'deploykf_core.deploykf_auth') ?? [];
        assert.deepEqual(marks, ['', '1 public', '1 public', '1 private 1 upstream retired']);
        assert.match(stdout, /; 1 private image with a retired upstream; /);
        assert.match(
          stdout,
          /in place of docker\.io\/bitnami\/kubectl:1\.26\.15-debian-12-r4, which is retired/,
        );
        const images = await workspace.run(['images']);
        assert.match(images.stdout, /kubectl:1\.26\.15-debian-12-r4 +private, upstream retired /);
        assert.match(images.stdout, /, 1 private with a retired upstream, /);
      },
    ),
  );

  it(
    'tells tags that are left to deploy time, and registries that another tool fills in',
    inWorkspace(
      {
        'prod.yaml': stack.replace('registry.example.com/dex,', '"{{ registry }}/dex",'),
        '.deploykf-values.yaml': `${project}registry: { private: [registry.example.com] }\n`,
      },
      async workspace => {
        const { stdout } = await workspace.run(['report', '--html', '-']);
        const rows = tableBelow(stdout, 'Registries and components');
        assert.deepEqual(
          [rows[0], ...rows.filter(([name]) => /istio$|_auth$|_dashboard$/.test(name ?? ''))],
          [
            ['Component', 'docker.io', 'ghcr.io', 'not known', 'quay.io', 'registry.example.com'],
            ['deploykf_dependencies.istio', '1 public 1 hidden', '', '', '', '1 private 1 unpinned'],
            ['deploykf_core.deploykf_auth', '1 public 1 retired', '', '1 unknown', '1 public', ''],
            ['deploykf_core.deploykf_dashboard', '2 public', '', '', '', '1 private'],
          ],
        );
      },
    ),
  );
});

/** The texts of the cells of the first table below a heading. */
function tableBelow(page: string, heading: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(`<h2>${heading}</h2>`);
  const [table = ''] = below.split(/<\/table>|<h2>/);
  return table
    .split('<tr>')
    .slice(1)
    .map(row => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell)));
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
