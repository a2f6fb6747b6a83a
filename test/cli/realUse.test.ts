// What people really have, by kinds. Each folder is one of our own; what must be said of it stands beside it.
import assert from 'node:assert/strict';
import { inWorkspace, type CliWorkspace } from '../support/cli.ts';
import { application } from '../support/manifests.ts';

const policy = 'registry: {rules: [{source: "*", target: "registry.example.com/{registry}/{path}"}]}\n';
const old = 'kubeflow_tools: {pipelines: {enabled: true, kfpV2: {minioFix: true}}}\n';
const tag = 'deploykf_core: {deploykf_auth: {images: {dex: {tag: 2.40}}}}\n';

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

async function findings(workspace: CliWorkspace, ...argv: readonly string[]): Promise<readonly Found[]> {
  const { findings: found } = (await workspace.json(['check', ...argv])) as {
    readonly findings: readonly Found[];
  };
  return found;
}

const codes = (found: readonly Found[]): readonly string[] =>
  [...new Set(found.map(({ code }) => code))].sort();

async function lastLine(workspace: CliWorkspace, ...argv: readonly string[]): Promise<string> {
  const { stdout } = await workspace.run(['check', ...argv]);
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

/** An Application whose source has more than the plugin. */
const sourced = (source: string, ...parameters: readonly string[]): string =>
  application('deploykf', ...parameters).replace('    plugin:', `${source}\n    plugin:`);

const upstream = (revision: string, ...parameters: readonly string[]): string =>
  sourced(
    `    repoURL: git@github.com:deployKF/deployKF.git\n    targetRevision: ${revision}`,
    ...parameters,
  );

describe("Upstream's sample files", () => {
  const files = '- { name: values_files, array: [./sample-values.yaml, sample-values-overrides.yaml] }';
  const values = '- { name: values, string: "kubeflow_tools: {}" }';

  it(
    'are layers of an Application at a known revision: what they enable is deployed',
    inWorkspace(
      { '.deploykf-values.yaml': policy, 'app.yaml': upstream('v0.1.4', files, values) },
      async workspace => {
        const found = await findings(workspace);
        assert.ok(!codes(found).includes('stack-file-missing'));
        for (const component of ['katib', 'pipelines', 'notebooks'])
          assert.ok(
            found.some(({ code, message }) => code === 'image-not-overridden' && message.includes(component)),
            component,
          );
        const { stdout, code } = await workspace.run(['explain', 'kubeflow_tools.katib.enabled', 'app.yaml']);
        assert.equal(code, 0);
        assert.match(stdout, /sample-values\.yaml of 0\.1\.4 +true/);
        assert.doesNotMatch(stdout, /Taken for/);
      },
    ),
  );

  it(
    'are those of the release in the project file where Terraform fills in the revision',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${policy}release: 0.1.4\n`,
        'app.yaml': upstream(
          'v${deploykf_version}',
          '- { name: source_version, string: "${deploykf_version}" }',
          files,
          values,
        ),
      },
      async workspace => {
        const found = codes(await findings(workspace));
        assert.ok(!found.includes('stack-file-missing'));
        assert.ok(found.includes('image-not-overridden'));
        const { stdout } = await workspace.run(['explain', 'kubeflow_tools.katib.enabled', 'app.yaml']);
        assert.match(stdout, /sample-values\.yaml of 0\.1\.4 +true/);
      },
    ),
  );

  it(
    'of another revision are left out, which is said once, and nothing is disabled',
    inWorkspace(
      {
        'app.yaml': upstream(
          'main',
          '- { name: values_files, array: [my-values.yaml] }',
          '- { name: values, string: "kubeflow_tools: {katib: {images: {katibUi: {tag: v1}}}}" }',
        ),
      },
      async workspace => {
        const found = await findings(workspace);
        const missing = found.filter(({ code }) => code === 'stack-file-missing');
        assert.deepEqual(
          missing.map(({ severity, message }) => [severity, /checked without it$/.test(message)]),
          [['info', true]],
        );
        assert.ok(!found.some(({ message }) => message.includes('disabled')));
      },
    ),
  );
});

describe('The release', () => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'is in a variable of a script': {
      'run.sh':
        'export V=0.1.3\nV2="$V"\ndeploykf generate -V "$V" -f "$(dirname "$0")"/x.yaml -f values.yaml\n',
    },
    'is in a variable with a default': { 'run.sh': 'deploykf generate -V ${V:-0.1.3} -f values.yaml\n' },
    'is in a variable of a Makefile': {
      Makefile:
        'V ?= 0.1.3\nall:\n\tdeploykf generate --source-version=$(V) --values ${CURDIR}/values.yaml\n',
    },
    'is in the environment of a workflow': {
      '.github/workflows/ci.yaml':
        'env:\n  V: "0.1.3"\njobs:\n  a:\n    steps:\n      - run: deploykf generate -V ${{ env.V }} -f values.yaml\n',
    },
    'is that of the image': {
      'run.sh':
        'docker run --rm -v "$PWD:/w" ghcr.io/deploykf/cli:0.1.2 generate -V 0.1.3 --values values.yaml\n',
    },
  };
  for (const [name, files] of Object.entries(cases)) {
    it(
      name,
      inWorkspace({ ...files, 'values.yaml': old }, async workspace => {
        const found = await findings(workspace);
        assert.ok(!codes(found).includes('value-unknown'), JSON.stringify(found));
        assert.doesNotMatch(await lastLine(workspace), /^Taken for/);
      }),
    );
  }

  it(
    'is not known where a variable has two values or none: it is said what it was taken for',
    inWorkspace(
      {
        'run.sh': 'V=0.1.2\nV=0.1.3\ndeploykf generate -V $V -f values.yaml\n',
        'values.yaml': 'kubeflow_tools: {}\n',
      },
      async workspace => {
        assert.match(await lastLine(workspace), /^Taken for deployKF 0\.1\.5, the newest release/);
      },
    ),
  );

  it(
    "is taken from deployKF's own output, from a file's name, or from keys, and that is said",
    inWorkspace(
      {
        'a/gen/.deploykf_output': '{"generated_at": "x", "source_version": "0.1.3"}',
        'a/values.yaml': old,
        'b/.deploykf_output': '{"source_version": ',
        'c/values-0.1.3.yaml': old,
        'two/chart-0.1.2-for-0.1.4.yaml': old,
        'd/values.yaml': old,
      },
      async workspace => {
        const said = async (...argv: readonly string[]): Promise<string> => lastLine(workspace, ...argv);
        assert.match(await said('a'), /^Taken for deployKF 0\.1\.3, as deployKF's own output nearby says/);
        assert.match(await said('c'), /^Taken for deployKF 0\.1\.3, as the file's name says/);
        assert.doesNotMatch(await said('two'), /as the file's name says/);
        assert.match(await said('d'), /^Taken for deployKF 0\.1\.4, the newest release that has these keys/);
        const found = await findings(workspace, 'd/values.yaml', '--release', '0.1.5');
        const unknown = found.find(({ code }) => code === 'value-unknown');
        assert.match(unknown?.message ?? '', /has no value "minioFix".*, but 0\.1\.0 to 0\.1\.4 do$/);
      },
    ),
  );

  it(
    'is that of the official archive',
    inWorkspace(
      {
        'app.yaml': application(
          'deploykf',
          '- { name: source_path, string: "./deploykf-0.1.3-generator.zip" }',
          `- { name: values, string: ${JSON.stringify(old + tag)} }`,
        ).replace(/.*source_version.*\n/, ''),
      },
      async workspace => {
        const found = codes(await findings(workspace));
        assert.ok(found.includes('image-tag-type'));
        assert.ok(!found.includes('release-unknown') && !found.includes('value-unknown'));
      },
    ),
  );
});

describe('Applications', () => {
  it(
    'may be the template of a set, in lists of lists',
    inWorkspace(
      {
        'set.yaml': `apiVersion: v1
kind: List
items:
  - kind: List
    items:
      - apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        spec:
          generators: [{ list: { elements: [{ cluster: prod }] } }]
          template:
            metadata: { name: "kf-{{cluster}}" }
            spec:
              source:
                plugin:
                  name: deploykf
                  parameters:
                    - { name: source_version, string: "0.1.5" }
                    - { name: values, string: "${tag.trim()}" }
`,
      },
      async workspace => assert.ok(codes(await findings(workspace)).includes('image-tag-type')),
    ),
  );

  it(
    'have no errors where Terraform, envsubst or Helm fill in lines, also over several',
    inWorkspace(
      {
        'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: kf }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
%{ if x }
        {{- /* a comment
             of two lines */}}
$PARAMETERS
        - name: values
          string: |
            \${indent(12, values)}
`,
        'v.yaml':
          'deploykf_core: {deploykf_auth: {images: {dex: {repository: $REGISTRY/dexidp/dex, tag: "${TAG}"}}}}\n',
      },
      async workspace => {
        for (const file of ['app.yaml', 'v.yaml'])
          assert.deepEqual(
            (await findings(workspace, file)).filter(({ severity }) => severity === 'error'),
            [],
          );
      },
    ),
  );

  it(
    'of another repository have no errors about its files',
    inWorkspace(
      {
        'argocd/app.yaml': sourced(
          '    repoURL: https://git.example.com/values.git\n    path: deploy/kf',
          '- { name: values_files, array: [base.yaml] }',
        ),
      },
      async workspace => {
        const found = await findings(workspace);
        assert.deepEqual(
          found.filter(({ code }) => code === 'stack-file-missing').map(({ severity }) => severity),
          ['info'],
        );
      },
    ),
  );
});

describe('A generator', () => {
  it(
    'is not a values file: what is wrong with it as a base, and no fix',
    inWorkspace(
      {
        'fork/default_values.yaml': `${tag}kubeflow_tools: {mine: 1}\n`,
        'fork/templates/manifests/a.yaml': 'x: 1\n',
        'values.yaml': 'kubeflow_tools: {}\n',
      },
      async workspace => {
        assert.ok(codes(await findings(workspace)).includes('image-tag-type'));
        await workspace.run(['fix', '.']);
        assert.match(workspace.read('fork/default_values.yaml'), /tag: 2\.40/);
      },
    ),
  );
});

describe('Shapes', () => {
  const shapes: Readonly<Record<string, string>> = {
    'a string for the map of an image': 'deploykf_core: {deploykf_auth: {images: {dex: "a/b:v1"}}}\n',
    'a map for an image that is a string':
      'kubeflow_tools: {pipelines: {enabled: true, cache: {image: {repository: a, tag: b}}}}\n',
    'a string for a list of images':
      'kubeflow_tools: {notebooks: {enabled: true, spawnerFormDefaults: {image: {options: a/b}}}}\n',
    'a list for a tag': 'deploykf_core: {deploykf_auth: {images: {dex: {tag: [v1]}}}}\n',
    'a map for a repository': 'deploykf_core: {deploykf_auth: {images: {dex: {repository: {a: b}}}}}\n',
    'a string for a component': 'deploykf_core: {deploykf_auth: "off"}\n',
    'a list for a section': 'kubeflow_tools: []\n',
  };
  for (const [name, text] of Object.entries(shapes)) {
    it(
      `${name} is an error`,
      inWorkspace({ 'v.yaml': text }, async workspace => {
        const found = await findings(workspace, 'v.yaml', '--release', '0.1.5');
        assert.ok(
          found.some(({ code, severity }) => code === 'value-type' && severity === 'error'),
          JSON.stringify(found),
        );
      }),
    );
  }

  it(
    'a string is split into the map that it should be',
    inWorkspace(
      {
        'v.yaml':
          'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: ghcr.io/dexidp/dex:v2.39.1 # ours\n      kubectl: a:1@sha256:x\n',
      },
      async workspace => {
        await workspace.run(['fix', 'v.yaml', '--release', '0.1.5']);
        assert.equal(
          workspace.read('v.yaml'),
          'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: # ours\n        repository: ghcr.io/dexidp/dex\n        tag: v2.39.1\n      kubectl: a:1@sha256:x\n',
        );
      },
    ),
  );
});

describe('What is fine', () => {
  it(
    'has no findings: SOPS, demonstration lists, documented nulls, empty maps for lists',
    inWorkspace(
      {
        'v.yaml': `sops: {version: 3.8.1}
deploykf_core:
  deploykf_auth: {extraManifests: {}, dex: {staticPasswords: []}}
  deploykf_profiles_generator: {users: [], groups: [], profiles: []}
kubeflow_tools:
  notebooks: {enabled: true, spawnerFormDefaults: {workspaceVolume: {value: null}}}
`,
      },
      async workspace => {
        const found = await findings(workspace, 'v.yaml', '--release', '0.1.5');
        assert.deepEqual(codes(found), ['chart-retired', 'image-retired']);
      },
    ),
  );

  it(
    'a wrong top-level key is placed by its children',
    inWorkspace(
      { 'v.yaml': 'kubeflow_tools: {}\ndeployKF: {gateway: {hostname: a.example.com}}\n' },
      async workspace => {
        const found = await findings(workspace, 'v.yaml', '--release', '0.1.5');
        const unknown = found.find(({ code }) => code === 'value-unknown');
        assert.match(unknown?.message ?? '', /did you mean "deploykf_core\.deploykf_istio_gateway"\?$/);
      },
    ),
  );
});

describe('What fixes write', () => {
  it(
    'is a block in place of a placeholder, without the comment that says to remove it',
    inWorkspace(
      {
        '.deploykf-values.yaml': `release: 0.1.5\n${policy}rules: {image-retired: off, chart-retired: off}\n`,
        'v.yaml':
          'deploykf_dependencies:\r\n\r\n  ## cert-manager\r\n  cert_manager:\r\n    {} # <-- REMOVE THIS, if you set values\r\n\r\n  ## istio\r\n  istio: {} # mesh\r\n  kyverno: ~\r\n',
      },
      async workspace => {
        await workspace.run(['fix', 'v.yaml']);
        const text = workspace.read('v.yaml');
        assert.doesNotMatch(text, /REMOVE|\{ ?images|[^\r]\n/);
        assert.match(text, /\r\n {2}cert_manager:\r\n {4}images:\r\n {6}certManagerController:\r\n/);
        assert.match(text, /\r\n {2}istio: # mesh\r\n {4}images:\r\n/);
        assert.ok(Math.max(...text.split('\r\n').map(line => line.length)) <= 120);
      },
    ),
  );
});

describe('What is given is never ignored', () => {
  it(
    'neither --force without a file nor an operand of lsp',
    inWorkspace({}, async workspace => {
      for (const [words, message] of [
        [['pull-secret', 'create', '--registry', 'r.example.com', '--force'], /name one with --out FILE/],
        [['lsp', 'values.yaml'], /"values\.yaml" is not expected/],
      ] as const) {
        const { code, stderr } = await workspace.run(words);
        assert.equal(code, 2);
        assert.match(stderr, message);
      }
      assert.equal(workspace.starts, 0);
    }),
  );
});

describe('The repository of an Application', () => {
  const config = '[remote "origin"]\n\turl = https://user:ghp_secret@github.com/acme/ops.git\n';
  const app = (address: string, files: string): string =>
    sourced(`    repoURL: ${address}`, `- { name: values_files, array: [${files}] }`);
  const missing = async (workspace: CliWorkspace): Promise<readonly string[]> =>
    (await findings(workspace))
      .filter(({ code }) => code === 'stack-file-missing')
      .map(({ severity, message }) => `${severity}: ${message}`);

  for (const address of [
    'git@github.com:acme/ops.git',
    'https://GitHub.com/acme/ops',
    'ssh://git@github.com/acme/ops',
  ])
    it(
      `is this one: a missing file is an error (${address})`,
      inWorkspace({ '.git/config': config, 'app.yaml': app(address, 'gone.yaml') }, async workspace => {
        const [only, ...others] = await missing(workspace);
        assert.match(only ?? '', /^error: Values file "gone\.yaml" .* does not exist/);
        assert.deepEqual(others, []);
      }),
    );

  it(
    'is another one: one note, nothing rests on it, and no login is shown',
    inWorkspace(
      {
        '.git/config': config,
        'app.yaml': app('https://user:hunter2@git.example.com/acme/values.git', 'gone.yaml, prod.yaml'),
      },
      async workspace => {
        const [only, ...others] = await missing(workspace);
        assert.match(
          only ?? '',
          /^info: Values files "gone\.yaml", "prod\.yaml" .* are in https:\/\/.*git\.example\.com\/acme\/values\.git and not here/,
        );
        assert.deepEqual(others, []);
        const { stdout, stderr } = await workspace.run(['check']);
        assert.doesNotMatch(stdout + stderr, /hunter2|ghp_secret/);
      },
    ),
  );

  it(
    'is not known without git: as by its path',
    inWorkspace(
      { 'app.yaml': app('https://git.example.com/acme/values.git', 'gone.yaml') },
      async workspace => {
        const [only] = await missing(workspace);
        assert.match(
          only ?? '',
          /^info: .* is in https:\/\/git\.example\.com\/acme\/values\.git and not here/,
        );
      },
    ),
  );

  it(
    'is this one where another of its files is here',
    inWorkspace(
      {
        'app.yaml': app('https://git.example.com/acme/values.git', 'gone.yaml, here.yaml'),
        'here.yaml': 'kubeflow_tools: {}\n',
      },
      async workspace => {
        const [only] = await missing(workspace);
        assert.match(only ?? '', /^error: .*gone\.yaml/);
      },
    ),
  );
});
