import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const project = (rules: string, severities = ''): string =>
  `release: 0.1.5\nregistry: {rules: [${rules}]}\n${severities}`;
const all = '{source: "*", target: "r.example.com/{registry}/{path}"}';
/** Nothing is deployed but what cannot be switched off, or is switched on below. */
const off = [
  'deploykf_opt: {deploykf_minio: {enabled: false}, deploykf_mysql: {enabled: false}}',
  'kubeflow_dependencies: {kubeflow_argo_workflows: {enabled: false}}',
];
const katib = (text: string): string =>
  [...off, `kubeflow_tools: {katib: {enabled: true, ${text}}}`, ''].join('\n');

async function lastLines(
  workspace: { run(words: readonly string[]): Promise<{ stdout: string }> },
  words: readonly string[],
): Promise<readonly string[]> {
  const { stdout } = await workspace.run(words);
  return stdout
    .trimEnd()
    .split('\n')
    .filter(line => /public registries|fixed in|without a tag|checked|Nothing|No findings/.test(line));
}

const nothing = { 'image-tag-unpinned': 'off', 'chart-retired': 'off', 'image-retired': 'off' };
const offRules = (rules: Readonly<Record<string, string>>): string => `rules: ${JSON.stringify(rules)}\n`;

describe('what is left', () => {
  it(
    'is no longer an image that a policy of Kyverno redirects',
    inWorkspace({ '.deploykf-values.yaml': project(all), 'a.yaml': katib('') }, async workspace => {
      await workspace.run(['fix', 'a.yaml']);
      await workspace.run(['fix', '--only', 'image-hidden', 'a.yaml']);
      const { stdout } = await workspace.run(['check', 'a.yaml']);
      assert.doesNotMatch(stdout, /image-hidden|that no value can change/);
      assert.match(workspace.read('a.yaml'), /extraManifests:\n {6}- \|\n {8}apiVersion: kyverno.io\/v1\n/);
    }),
  );

  it(
    'is said after a fix that did all it can, and in a check',
    inWorkspace({ '.deploykf-values.yaml': project(all), 'a.yaml': katib('') }, async workspace => {
      const line = 'a.yaml: 11 images still come from public registries: 11 that no value can change';
      const [first, ...others] = await lastLines(workspace, ['fix', 'a.yaml']);
      assert.match(first ?? '', /^\d+ findings fixed/);
      assert.deepEqual(others, [line]);
      assert.deepEqual(await lastLines(workspace, ['fix', 'a.yaml']), [
        'Nothing to fix, 7 left (2 warnings and 5 info)',
        line,
      ]);
      assert.deepEqual(await lastLines(workspace, ['check', 'a.yaml']), [line]);
      assert.deepEqual(await lastLines(workspace, ['check', 'a.yaml', '--quiet']), []);
    }),
  );

  it(
    'takes the place of a clean bill where the rule that names it is off',
    inWorkspace(
      {
        '.deploykf-values.yaml': project(all, offRules({ ...nothing, 'image-hidden': 'off' })),
        'a.yaml': katib(''),
      },
      async workspace => {
        await workspace.run(['fix', 'a.yaml']);
        const { code, stdout } = await workspace.run(['check', 'a.yaml']);
        assert.equal(
          stdout,
          '1 file checked\na.yaml: 11 images still come from public registries: 11 that no value can change (image-hidden is off)\n',
        );
        assert.equal(code, 0);
      },
    ),
  );

  it(
    'counts what no rule maps, what the policy cannot map, and what is not fixed, by stack',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${project(
          '{source: docker.io, target: r.example.com}, {source: gcr.io, target: null}',
          offRules({ 'image-public': 'off', 'image-not-overridden': 'off' }),
        )}stacks: [{name: prod, values: [a.yaml]}]\n`,
        'a.yaml': katib('images: {katibUi: {repository: ghcr.io/-x/y, tag: v1}}'),
      },
      async workspace => {
        const [, line = ''] = await lastLines(workspace, ['fix', '--stack', 'prod']);
        assert.match(
          line,
          /^Stack prod: \d+ images still come from public registries: \d+ that no value can change, \d+ that no rule of the policy maps, \d+ that the policy cannot map, \d+ to rewrite \(image-public and image-not-overridden are off\)$/,
        );
        const json = (await workspace.json(['check', '--stack', 'prod'])) as {
          left: readonly { stack: string; public: { refused: readonly string[] } }[];
        };
        assert.equal(json.left[0]?.stack, 'prod');
        assert.ok(json.left[0].public.refused.includes('ghcr.io/-x/y:v1'));
        const fixed = (await workspace.json(['fix', '--dry-run', '--stack', 'prod'])) as { left?: unknown };
        assert.deepEqual(fixed.left, json.left);
      },
    ),
  );

  it(
    'counts tags that are not known',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${project(all)}stacks: [{name: prod, values: [base.yaml, a.yaml]}]\n`,
        'base.yaml': 'kubeflow_tools: {katib: {images: {katibUi: {repository: x/ui}}}}\n',
        'a.yaml': [
          ...off,
          'deploykf_dependencies:',
          '  kyverno:',
          '    charts: {kyverno: {version: 3.9.9}}',
          '    images: {kyverno: {repository: r.example.com/ghcr.io/kyverno/kyverno}}',
          '',
        ].join('\n'),
      },
      async workspace => {
        const lines = await lastLines(workspace, ['fix', '--stack', 'prod']);
        assert.match(
          lines.at(-1) ?? '',
          /^Stack prod: (?:.*; )?\d+ private images without a tag that is known$/,
        );
      },
    ),
  );

  it(
    'is silent without a policy, and where all of it is accepted',
    inWorkspace(
      {
        'none/a.yaml': katib(''),
        'accepted/.deploykf-values.yaml': project('{source: "*", target: null}', offRules(nothing)),
        'accepted/a.yaml': katib(''),
      },
      async workspace => {
        assert.deepEqual(await lastLines(workspace, ['check', 'none/a.yaml']), []);
        assert.deepEqual(await lastLines(workspace, ['check', 'accepted/a.yaml']), ['No findings in 1 file']);
      },
    ),
  );

  it(
    'counts only what is sure where a layer is not here, and says so',
    inWorkspace(
      {
        '.deploykf-values.yaml': `registry: {rules: [${all}]}\nstacks: [{name: prod, release: 0.1.5, values: [base.yaml, prod.yaml]}]\n`,
        'prod.yaml': [
          'deploykf_core: {deploykf_auth: {images: {dex: {repository: docker.io/mine/dex}}}}',
          'kubeflow_tools:',
          '  katib: {enabled: true, images: {katibUi: {repository: docker.io/mine/ui}}}',
          '  pipelines: {enabled: "", images: {kfpApiServer: {repository: r.example.com/docker.io/mine/api}}}',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /^Stack prod: not all layers of the stack are known; \d+ images still come from public registries: \d+ that no value can change, 1 to rewrite$/m,
        );
        assert.doesNotMatch(stdout, /without a tag|image-tag-unpinned/);
        const json = JSON.parse((await workspace.run(['check', '--format', 'json'])).stdout) as {
          readonly left: readonly {
            readonly partial?: boolean;
            readonly public: { readonly rewritable: unknown };
          }[];
        };
        assert.deepEqual(
          json.left.map(({ partial, public: { rewritable } }) => [partial, rewritable]),
          [[true, ['docker.io/mine/ui:v0.15.0']]],
        );
        workspace.write('prod.yaml', 'kubeflow_tools: {katib: {enabled: false}}\n');
        const { stdout: nothing } = await workspace.run(['check']);
        assert.match(nothing, /^Stack prod: not all layers of the stack are known$/m);
      },
    ),
  );
});
