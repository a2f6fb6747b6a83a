import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readProject } from '../../server/src/core/workspace/settings.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { type CliWorkspace, inWorkspace } from '../support/cli.ts';

const file = '.deploykf-values.yaml';
const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';

/** What `deploykf generate` demands and the ArgoCD plugin does without. */
const repository =
  'argocd: { source: { repo: { url: "https://git.example.com/a.git", revision: main, path: "./out" } } }\n';

const dex = (tag: string): string =>
  `deploykf_core: { deploykf_auth: { images: { dex: { tag: ${tag} } } } }\n`;

/** The settings of the written file, which must be read without a complaint. */
function settings(workspace: CliWorkspace): ReturnType<typeof readProject>['settings'] {
  const project = readProject(new ValuesFile(`file:///${file}`, workspace.read(file)), {
    releases: [],
    codes: [],
  });
  assert.deepEqual(project.problems, []);
  return project.settings;
}

/** Images of the user's own in the place of upstream's. */
const ownImages = `deploykf_core:
  deploykf_auth: { images: { dex: { repository: harbor.example.com/hub/dexidp/dex } } }
  deploykf_dashboard: { images: { dashboard: { repository: harbor.example.com/acme/our-dashboard, tag: "5" } } }
kubeflow_tools:
  notebooks:
    enabled: true
    spawnerFormDefaults:
      image: { options: [harbor.example.com/team/custom:1, harbor.example.com/team/vision:1] }
`;

describe('init beside images of the user', () => {
  it(
    'never takes them for copies of upstream’s',
    inWorkspace({ 'v.yaml': ownImages }, async workspace => {
      await workspace.run(['init']);
      const project = workspace.read('.deploykf-values.yaml');
      assert.doesNotMatch(project, /custom|vision|our-dashboard/);
      const { stdout } = await workspace.run(['mirror', '--format', 'json']);
      const { copies } = JSON.parse(stdout) as {
        readonly copies: readonly { readonly target: string | null }[];
      };
      assert.deepEqual(
        copies.filter(({ target }) => /custom|vision|our-dashboard/.test(target ?? '')),
        [],
      );
    }),
  );
});

describe('init beside private registries that no rules can tell apart', () => {
  const values = (registry: string): string =>
    `deploykf_core: { deploykf_auth: { images: { dex: { repository: ${registry}/ghcr.io/dexidp/dex } } } }\n`;

  it(
    'names them, and does not say that there are none',
    inWorkspace(
      { 'dev.yaml': values('a.example.com'), 'prod.yaml': values('b.example.com') },
      async workspace => {
        const { stdout } = await workspace.run(['init']);
        assert.deepEqual(stdout.trimEnd().split('\n'), [
          'Wrote .deploykf-values.yaml: 2 stacks, no registry rules',
          'Release 0.1.5, the newest release that is known',
          'Stack dev: dev.yaml',
          'Stack prod: prod.yaml',
          'Please check: the values use a.example.com and b.example.com, but no rules can be told from them: add "registry" with its rules',
          'Next: run deploykf-values check',
        ]);
      },
    ),
  );
});

describe('init with a registry', () => {
  const kfp = 'kubeflow_tools: { pipelines: { images: { kfpApiServer: { repository: REPO } } } }\n';
  const withApi = (repo: string): string => kfp.replace('REPO', repo);
  const sample = 'kubeflow_tools: { pipelines: { enabled: true }, katib: { enabled: true } }\n';
  const rules = (workspace: CliWorkspace): readonly string[] | undefined =>
    settings(workspace).policy?.rules.map(({ source, target }) => `${source} ${target}`);

  it(
    'reads the rule of the values over the release that it writes, and maps all other images',
    inWorkspace(
      {
        'sample-values-0.1.4.yaml': sample,
        'sample-values-overrides.yaml': withApi('r.example.com/kfp/api-server'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['init', '--registry', 'r.example.com']);
        assert.match(stdout, /^Release 0\.1\.4,/m);
        assert.match(
          stdout,
          /^Layout: as your values have it; for all other images:\nLayout upstream-host: /m,
        );
        assert.doesNotMatch(stdout, /also pulls from/);
        assert.deepEqual(rules(workspace), [
          'gcr.io/ml-pipeline r.example.com/kfp',
          '* r.example.com/{registry}/{path}',
        ]);
        const images = (await workspace.run(['check'])).stdout;
        assert.doesNotMatch(images, /no rule/);
        assert.doesNotMatch(images, /kfp\/api-server" is public/);
      },
    ),
  );

  it(
    'keeps another private registry that the values use already',
    inWorkspace(
      { 'prod.yaml': sample, 'prod-overrides.yaml': withApi('old.example.com/kfp/api-server') },
      async workspace => {
        const { stdout } = await workspace.run(['init', '--registry', 'r.example.com']);
        assert.match(stdout, /the values also use old\.example\.com, listed under "private"/);
        assert.deepEqual(settings(workspace).policy?.private, ['old.example.com']);
        await workspace.run(['fix']);
        assert.match(workspace.read('prod-overrides.yaml'), /repository: old\.example\.com\/kfp\/api-server/);
      },
    ),
  );

  it(
    'keeps that of an Application, too, one file of which is not here',
    inWorkspace(
      {
        'app.yaml': `kind: Application\nspec:\n  source:\n    repoURL: https://github.com/deployKF/deployKF.git\n    targetRevision: v0.1.3\n    path: .\n    plugin:\n      name: deploykf\n      parameters:\n        - { name: source_version, string: "0.1.3" }\n        - { name: values_files, array: [./sample-values.yaml, overrides.yaml] }\n        - name: values\n          string: |\n            ${withApi('old.example.com/gcr.io/ml-pipeline/api-server')}`,
      },
      async workspace => {
        await workspace.run(['init', '--registry', 'r.example.com']);
        assert.deepEqual(settings(workspace).policy?.private, ['old.example.com']);
      },
    ),
  );
});

describe('init beside a script whose values are not complete', () => {
  it(
    'leaves its stack there, so that what the command fails for is still said',
    inWorkspace(
      { 'gen.sh': 'deploykf generate -V 0.1.3 --values values.yaml -O out\n', 'values.yaml': values },
      async workspace => {
        assert.match((await workspace.run(['check'])).stdout, /argocd\.source\.repo\.url" must be set/);
        const { stdout } = await workspace.run(['init']);
        assert.match(stdout, /^Left where they are: the stacks of gen\.sh$/m);
        assert.deepEqual(settings(workspace).stacks, []);
        assert.match((await workspace.run(['check'])).stdout, /argocd\.source\.repo\.url" must be set/);
      },
    ),
  );
});

describe('init with several folders', () => {
  const stacksOf = async (workspace: CliWorkspace): Promise<readonly string[]> => {
    await workspace.run(['init', '--force']);
    return settings(workspace).stacks.map(({ name, values: layers }) => `${name}: ${layers.join(' ')}`);
  };

  it(
    'makes a stack of each folder, over what stands above it',
    inWorkspace(
      {
        'base.yaml': dex('v1'),
        'a/values.yaml': values,
        'b/values.yaml': values,
        'b/common.yaml': dex('v2'),
      },
      async workspace =>
        assert.deepEqual(await stacksOf(workspace), [
          'values: base.yaml b/common.yaml b/values.yaml',
          'a: base.yaml a/values.yaml',
        ]),
    ),
  );

  it(
    'leaves a script alone that downloads a layer',
    inWorkspace(
      {
        'a/values.yaml': values,
        'b/values.yaml': values,
        'run.sh':
          'curl -O https://raw.githubusercontent.com/deployKF/deployKF/v0.1.4/sample-values.yaml\ndeploykf generate -V 0.1.4 -f sample-values.yaml -f a/values.yaml -O o\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['init']);
        assert.match(stdout, /Left where they are: the stacks of run\.sh/);
        assert.deepEqual(await stacksOf(workspace), ['b: b/values.yaml']);
      },
    ),
  );
});

describe('init', () => {
  it(
    'writes rules and stacks without asking',
    inWorkspace(
      { 'sample-values.yaml': values, 'prod.yaml': values, 'k8s.yaml': 'kind: Service\n' },
      async workspace => {
        assert.deepEqual(await workspace.run(['init', '--registry', 'registry.example.com']), {
          code: 0,
          stdout:
            'Wrote .deploykf-values.yaml: 1 stack, rules for your registry\nRelease 0.1.5, the newest release that is known\nStack prod: sample-values.yaml, prod.yaml\nLayout upstream-host: docker.io/istio/proxyv2 becomes registry/docker.io/istio/proxyv2; no two images can collide\nNext: run deploykf-values check\n',
          stderr: '',
        });
        assert.equal(
          workspace.read(file),
          [
            '# How deployKF is deployed from this folder: read by the editor and by deploykf-values.',
            '',
            '# The deployKF release of all stacks that do not name one themselves.',
            'release: 0.1.5',
            '',
            '# Where images are mirrored to. The longest source wins, "*" matches everything.',
            '# With "target: null", images are accepted as public.',
            '# A target can contain {registry}, {path}, {namespace}, {name} and {flat}.',
            'registry:',
            '  rules:',
            '    - source: "*"',
            '      target: "registry.example.com/{registry}/{path}"',
            '',
            '# The values files of each deployment, weakest first: please check the order.',
            'stacks:',
            '  - name: prod',
            '    values:',
            '      - sample-values.yaml',
            '      - prod.yaml',
            '',
            '# Severities of individual rules: error, warning, info, hint or off.',
            '# rules:',
            '#   image-tag-mutable: off',
            '',
          ].join('\n'),
        );
        assert.equal(settings(workspace).stacks[0]?.name, 'prod');
        assert.equal((await workspace.run(['images'])).code, 0);
      },
    ),
  );

  it(
    'takes every layout, and says what is wrong with one',
    inWorkspace({}, async workspace => {
      for (const layout of [
        'upstream-host',
        'host-swap',
        'host-swap-familiar',
        'project-per-upstream',
        'flat',
        'last',
      ]) {
        const { code } = await workspace.run([
          'init',
          '--force',
          '--registry',
          'r.example.com',
          '--layout',
          layout,
        ]);
        assert.equal(code, 0, layout);
        assert.ok((settings(workspace).policy?.rules.length ?? 0) > 0, layout);
      }
      const said = async (...argv: readonly string[]): Promise<string> =>
        (await workspace.run(['init', '--force', ...argv])).stderr;
      assert.match(
        await said('--registry', 'a.b', '--layout', 'flatt'),
        /^deploykf-values: there is no layout "flatt", did you mean "flat"\?: choose from /,
      );
      assert.equal(await said('--layout', 'flat'), 'deploykf-values: --layout needs --registry HOST\n');
      assert.match(
        await said('--registry', 'docker.io'),
        /^deploykf-values: --registry: name your account too/,
      );
      assert.match(await said('--release', '7'), /^deploykf-values: the release "7" is not known/);
      assert.match(await said('prod.yaml'), /^deploykf-values: init does not take files/);
    }),
  );

  it(
    'tells what the registry cannot hold',
    inWorkspace({}, async workspace => {
      const { stdout } = await workspace.run(['init', '--registry', 'docker.io/me', '--layout', 'host-swap']);
      assert.match(
        stdout,
        /^Please check: Docker Hub allows account\/name, "docker\.io\/me\/\S+" has 3 parts: use path: flat$/m,
      );
    }),
  );

  it(
    'does not overwrite without being told',
    inWorkspace({ [file]: 'release: 0.1.4\n' }, async workspace => {
      const { code, stderr } = await workspace.run(['init']);
      assert.deepEqual(
        [code, stderr],
        [2, 'deploykf-values: .deploykf-values.yaml already exists: use --force to overwrite it\n'],
      );
      assert.equal(workspace.read(file), 'release: 0.1.4\n');
      assert.equal((await workspace.run(['init', '--force'])).code, 0);
      assert.deepEqual(settings(workspace), {
        release: '0.1.5',
        policy: undefined,
        stacks: [],
        suppressions: [],
        severities: {},
        generators: new Map(),
      });
    }),
  );

  it(
    'follows those rules for the registry that is named, unless it is another one',
    inWorkspace(
      {
        'values.yaml':
          'deploykf_core: {deploykf_auth: {images: {dex: {repository: r.example.com/m/dexidp/dex}, oauth2Proxy: {repository: r.example.com/m/oauth2-proxy/oauth2-proxy}}}}\n',
      },
      async workspace => {
        const ruleFor = async (...argv: readonly string[]): Promise<string> => {
          await workspace.run(['init', '--force', ...argv]);
          return /^ +target: (.*)/m.exec(workspace.read('.deploykf-values.yaml'))?.[1] ?? '';
        };
        assert.equal(await ruleFor('--registry', 'r.example.com'), 'r.example.com/m');
        assert.equal(await ruleFor('--registry', 'r.example.com/m'), 'r.example.com/m');
        assert.equal(await ruleFor('--registry', 'r.example.co'), '"r.example.co/{registry}/{path}"');
        const chosen = await ruleFor('--registry', 'r.example.com', '--layout', 'upstream-host');
        assert.equal(chosen, '"r.example.com/{registry}/{path}"');
      },
    ),
  );

  it(
    'finds out the rules that the values follow already',
    inWorkspace(
      {
        'values.yaml':
          'deploykf_dependencies:\n  istio:\n    images:\n      istioProxy: {repository: r.example.com/docker.io/istio/proxyv2}\n      istioPilot: {repository: r.example.com/docker.io/istio/pilot}\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['init']);
        assert.equal(
          stdout,
          'Wrote .deploykf-values.yaml: 1 stack, the registry rules that your values already follow\nRelease 0.1.5, the newest release that is known\nStack default: values.yaml\nLayout upstream-host: docker.io/istio/proxyv2 becomes registry/docker.io/istio/proxyv2; no two images can collide\nNext: run deploykf-values check\n',
        );
        assert.deepEqual(
          settings(workspace).policy?.rules.map(({ source, target }) => [source, target]),
          [['*', 'r.example.com/{registry}']],
        );
      },
    ),
  );

  it(
    'asks on a terminal',
    inWorkspace({}, async workspace => {
      const { code, stderr } = await workspace.run(['init'], {
        columns: 80,
        answers: ['r.example.com', '5'],
      });
      assert.equal(code, 0);
      assert.match(stderr, /^Private registry, .*\n {2}1 {2}.*\n(?: {2}\d {2}.*\n){5}Layout \[1\]: \n$/);
      assert.equal(settings(workspace).policy?.rules[0]?.path, 'flat');
      await workspace.run(['init', '--force'], { columns: 80, answers: [''] });
      assert.equal(settings(workspace).policy, undefined);
    }),
  );

  it(
    'writes nothing, and says nothing, where the user breaks off',
    inWorkspace({}, async workspace => {
      const first = await workspace.run(['init'], { columns: 80, answers: [undefined] });
      assert.deepEqual(first, {
        code: 2,
        stdout: '',
        stderr: 'Private registry, such as registry.example.com (empty: none yet): \n',
      });
      const second = await workspace.run(['init'], { columns: 80, answers: ['r.example.com', undefined] });
      assert.deepEqual([second.code, second.stdout], [2, '']);
      assert.match(second.stderr, /\nLayout \[1\]: \n$/);
      assert.deepEqual(readdirSync(workspace.root), []);
    }),
  );

  /** What `init` prints, without its first and its last line. */
  async function said(workspace: CliWorkspace, ...argv: readonly string[]): Promise<readonly string[]> {
    const { stdout, stderr } = await workspace.run(['init', ...argv]);
    return [...stdout.trimEnd().split('\n').slice(1, -1), ...stderr.split('\n').filter(line => line !== '')];
  }

  it(
    'writes the two files of the guide as one stack, and `check` looks at it then',
    inWorkspace(
      { 'sample-values.yaml': values, 'sample-values-overrides.yaml': dex('"v2.37.0"') },
      async workspace => {
        assert.deepEqual(await said(workspace), [
          'Release 0.1.5, the newest release that is known',
          'Stack default: sample-values.yaml, sample-values-overrides.yaml',
        ]);
        assert.doesNotMatch((await workspace.run(['check'])).stdout, /stack-undefined|alone/);
      },
    ),
  );

  it(
    'takes the release that a script tells, and its stack',
    inWorkspace(
      {
        'a.yaml': `${values}${repository}`,
        'b.yaml': values,
        'other-0.1.2.yaml': values,
        'deploy.sh': 'deploykf generate --source-version 0.1.4 -f a.yaml -f b.yaml\n',
      },
      async workspace => {
        assert.deepEqual(await said(workspace), [
          'Release 0.1.4, as deploy.sh says',
          'Stack deploy: a.yaml, b.yaml',
          'Stack other-0.1.2: other-0.1.2.yaml',
        ]);
        const { release, stacks } = settings(workspace);
        assert.deepEqual([release, ...stacks.map(stack => stack.release)], ['0.1.4', undefined, '0.1.2']);
      },
    ),
  );

  it(
    "takes the release of an Application, whose stack it leaves alone, or of deployKF's output",
    inWorkspace(
      {
        'app.yaml':
          'kind: Application\nspec:\n  source:\n    plugin:\n      name: deploykf\n      parameters:\n        - { name: source_version, string: "0.1.3" }\n        - { name: values_files, array: [a.yaml] }\n',
        'a.yaml': values,
        'out/.deploykf_output': '{ "source_version": "0.1.2" }\n',
      },
      async workspace => {
        assert.deepEqual(await said(workspace), [
          'Release 0.1.3, as app.yaml says',
          'Left where they are: the stacks of app.yaml',
        ]);
        assert.deepEqual(await said(workspace, '--force', '--release', '0.1.4'), [
          'Release 0.1.4, as you say',
          'Left where they are: the stacks of app.yaml',
        ]);
        workspace.write('app.yaml', '');
        assert.deepEqual(await said(workspace, '--force'), [
          "Release 0.1.2, as deployKF's own output nearby says",
          'Stack a: a.yaml',
        ]);
      },
    ),
  );

  it(
    'maps every registry of the release, also those that no file names',
    inWorkspace(
      {
        'values.yaml':
          'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.example.com/ghcr/dexidp/dex }, kubectl: { repository: r.example.com/dockerhub/bitnami/kubectl } } } }\n',
      },
      async workspace => {
        const [, , layout, added] = await said(workspace);
        assert.match(layout ?? '', /^Layout project-per-upstream: /);
        assert.match(added ?? '', /^Please check: the rules for .*quay\.io.* are made like the others/);
        const sources = settings(workspace).policy?.rules.map(({ source, target }) => `${source} ${target}`);
        assert.ok(sources?.includes('quay.io r.example.com/quay'), sources?.join());
        assert.ok(sources?.includes('gcr.io r.example.com/gcr'), sources?.join());
        await said(workspace, '--force', '--registry', 'r.example.com', '--layout', 'project-per-upstream');
        assert.ok((settings(workspace).policy?.rules.length ?? 0) >= 5);
      },
    ),
  );

  it(
    'writes into a file that says nothing, and into no other one',
    inWorkspace({ [file]: ' \n', 'real.yaml': 'release: [\r\n' }, async workspace => {
      assert.equal((await workspace.run(['init'])).code, 0);
      const refusals: readonly (readonly [() => void, RegExp])[] = [
        [() => workspace.write(file, 'release: [\n'), /already exists/],
        [() => workspace.write(file, '# ours\r\n'), /already exists/],
        [
          () => {
            rmSync(join(workspace.root, file));
            symlinkSync('real.yaml', join(workspace.root, file));
          },
          /already exists/,
        ],
        [
          () => {
            rmSync(join(workspace.root, file));
            symlinkSync('gone.yaml', join(workspace.root, file));
          },
          /is a link to a file that does not exist/,
        ],
      ];
      for (const [prepare, message] of refusals) {
        prepare();
        const { code, stderr } = await workspace.run(['init']);
        assert.equal(code, 2);
        assert.match(stderr, message);
      }
      assert.equal(workspace.read('real.yaml'), 'release: [\r\n');
      assert.ok(lstatSync(join(workspace.root, file)).isSymbolicLink());
      rmSync(join(workspace.root, file));
      symlinkSync('real.yaml', join(workspace.root, file));
      assert.equal((await workspace.run(['init', '--force'])).code, 0);
      assert.ok(lstatSync(join(workspace.root, file)).isSymbolicLink());
      chmodSync(join(workspace.root, 'real.yaml'), 0o444);
      const before = workspace.read(file);
      assert.match((await workspace.run(['init', '--force'])).stderr, /is read-only/);
      assert.equal(workspace.read(file), before);
    }),
  );
});
