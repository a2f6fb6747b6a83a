import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const project =
  'registry:\n  rules: [{ source: "*", target: "registry.example.com/{registry}/{path}" }]\nrules: { image-tag-unpinned: off }\n';
const dex =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/ghcr.io/dexidp/dex\n';

describe('words of a command that may name more layers', () => {
  const values = 'kubeflow_tools: { katib: { enabled: true } }\n';

  for (const [written, shown] of [
    ['"$@"', '$@'],
    ['$EXTRA', '$EXTRA'],
    ['"${OPTS[@]}"', '$OPTS'],
    ['${EXTRA:+--values $EXTRA}', '$EXTRA'],
    ['$(cat options)', '$(cat options)'],
  ] as const) {
    it(
      `are said to be missing, and no error rests on them: ${written}`,
      inWorkspace(
        {
          'values.yaml': values,
          'gen.sh': `deploykf generate --source-version 0.1.5 --values values.yaml ${written}\n`,
        },
        async workspace => {
          const { stdout } = await workspace.run(['check']);
          assert.ok(
            stdout.includes(`"${shown}" in the command of stack gen.sh may name more values files`),
            stdout,
          );
          assert.doesNotMatch(stdout, / error /);
        },
      ),
    );
  }

  it(
    'are not the values of flags, files of redirections and other commands',
    inWorkspace({ 'values.yaml': values }, async workspace => {
      for (const after of ['--output-dir "$OUT"', '--other "$X"', '> "$LOG"', '| tee $LOG', '-v']) {
        workspace.write('gen.sh', `deploykf generate -V 0.1.5 --values values.yaml ${after}\n`);
        const { stdout } = await workspace.run(['check', 'gen.sh']);
        assert.match(stdout, /value-refused/, after);
        assert.doesNotMatch(stdout, /may name more/, after);
      }
    }),
  );
});

describe('layers that only a run of the script has', () => {
  it(
    'are named where it fetches them, and nothing rests on them',
    inWorkspace(
      {
        'prod.yaml': dex,
        '.deploykf-values.yaml': project,
        'generate.sh': [
          'curl -fL -o sample-values-0.1.5.yaml https://example.com/sample-values.yaml',
          'deploykf generate --source-version 0.1.5 --values sample-values-0.1.5.yaml --values prod.yaml --output-dir out',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /stack-file-missing {2}Values file "sample-values-0\.1\.5\.yaml" of stack generate\.sh does not exist before the script is run: the stack is checked without it\n/,
        );
        assert.doesNotMatch(stdout, /No findings|image-not-overridden/);
        const images = await workspace.run(['images']);
        assert.equal(images.code, 0);
        assert.match(
          images.stderr,
          /"sample-values-0\.1\.5\.yaml" of stack generate\.sh does not exist before/,
        );
      },
    ),
  );

  it(
    'are named where they are of another machine, or of a kind that is not looked for, and nothing rests on them',
    inWorkspace(
      {
        'prod.yaml': dex,
        '.deploykf-values.yaml': project,
        'generate.sh': [
          'echo "deploykf_core: {}" > /tmp/deploykf/made.yaml',
          'deploykf generate --source-version 0.1.5 --values /tmp/deploykf/made.yaml,prod.yaml \\',
          '  -f /no-such-folder/a.yaml -f ~/b.yaml -f c.json --output-dir out',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        const named = stdout.match(/Values file .*/g) ?? [];
        const isNotHere = (path: string): string =>
          `Values file "${path}" of stack generate.sh is not here: the stack is checked without it`;
        assert.deepEqual(named, [
          'Values file "/tmp/deploykf/made.yaml" of stack generate.sh does not exist before the script is run: the stack is checked without it',
          isNotHere('/no-such-folder/a.yaml'),
          isNotHere('~/b.yaml'),
          isNotHere('c.json'),
        ]);
        assert.doesNotMatch(stdout, /No findings|image-not-overridden/);
        const images = await workspace.run(['images', '--stack', 'generate.sh']);
        assert.equal(images.code, 0);
        assert.match(images.stderr, /"\/no-such-folder\/a\.yaml" of stack generate\.sh is not here/);
        assert.doesNotMatch(images.stderr, /\.\.\//);
      },
    ),
  );

  it(
    'are upstream’s samples where it downloads them from a release',
    inWorkspace(
      {
        'prod.yaml': 'kubeflow_tools:\n  katib:\n    images: {}\n',
        'generate.sh': [
          'DEPLOYKF_VERSION=0.1.4',
          'curl -fsSL \\',
          '  -o "sample.yaml" \\',
          '  "https://raw.githubusercontent.com/deployKF/deployKF/v${DEPLOYKF_VERSION}/sample-values.yaml"',
          'wget https://github.com/deployKF/deployKF/raw/v0.1.4/sample-values-overrides.yaml',
          'deploykf generate --source-version "$DEPLOYKF_VERSION" --values ./sample.yaml --values sample-values-overrides.yaml --values prod.yaml --output-dir out',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.doesNotMatch(stdout, /stack-file-missing|is disabled|not known to be/);
        const { stdout: explained } = await workspace.run(['explain', 'kubeflow_tools.katib.enabled']);
        assert.match(explained, /sample-values\.yaml of 0\.1\.4/);
        const { stdout: images } = await workspace.run(['images']);
        assert.match(images, /deployKF 0\.1\.4, generate\.sh: 0 of \d+ private/);
        assert.doesNotMatch(images, /not known to be enabled/);
      },
    ),
  );

  it(
    'are an error where deployKF cannot merge them, by the end of their names',
    inWorkspace(
      {
        'a.txt': 'deploykf_core: {}\n',
        'b.yaml': 'deploykf_core: {}\n',
        values: 'deploykf_core: {}\n',
        'gen.sh': 'deploykf generate --source-version 0.1.4 --values a.txt,b.yaml --output-dir out\n',
        '.deploykf-values.yaml': 'release: 0.1.4\nstacks: [{ name: prod, values: [b.yaml, values] }]\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        const { stdout: ofScript } = await workspace.run(['check', 'gen.sh']);
        assert.match(
          ofScript,
          /a\.txt:1:1 error stack-file-missing {2}Values file "a\.txt" of stack gen\.sh ends in "\.txt", so that deployKF cannot merge it: rename it to \.yaml/,
        );
        assert.match(
          stdout,
          /yaml:2:41 error stack-file-missing {2}Values file "values" of stack prod has no file type/,
        );
      },
    ),
  );

  it(
    'are not known where a matrix, a process or an address has them',
    inWorkspace(
      {
        'common.yaml': 'deploykf_core: {}\n',
        '.gitlab-ci.yml': [
          'gen:',
          '  parallel: { matrix: [{ ENV: [dev, prod] }] }',
          '  variables:',
          '    FLAVOUR: [a, b]',
          '  script:',
          '    - deploykf generate --source-version 0.1.4 --values common.yaml,env/${FLAVOUR}.yaml -O out',
          '',
        ].join('\n'),
        'gen.sh': [
          'deploykf generate --source-version 0.1.5 --values common.yaml --values <(sops -d x.yaml) -O out',
          'deploykf generate --source-version 0.1.3 --values https://example.com/values.yaml --values common.yaml -O o',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.doesNotMatch(stdout, / error /);
        for (const name of ['env/${FLAVOUR}.yaml', '<(…)', 'https://example.com/values.yaml'])
          assert.ok(stdout.includes(`"${name}" of stack`), name);
      },
    ),
  );

  it(
    'are upstream’s sample where its address is a values file',
    inWorkspace(
      {
        'p.yaml': 'kubeflow_tools:\n  katib:\n    images: {}\n',
        'gen.sh':
          'deploykf generate --source-version 0.1.5 --values https://raw.githubusercontent.com/deployKF/deployKF/v0.1.5/sample-values.yaml --values p.yaml -O out\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['explain', 'kubeflow_tools.katib.enabled']);
        assert.match(stdout, /sample-values\.yaml of 0\.1\.5/);
      },
    ),
  );

  it(
    'may be in a folder that the generator of an ApplicationSet fills in',
    inWorkspace(
      {
        'values.yaml': 'deploykf_core: {}\n',
        'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set }
spec:
  template:
    metadata: { name: 'dkf-{{path.basename}}' }
    spec:
      source:
        repoURL: https://github.com/acme/kf.git
        path: '{{path}}'
        plugin:
          name: deploykf
          parameters:
            - { name: source_version, string: "0.1.5" }
            - { name: values_files, array: [./values.yaml] }
`,
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', 'set.yaml']);
        assert.match(
          stdout,
          /info stack-file-missing {2}Values file "\.\/values\.yaml" of stack \S+ is in a folder that another tool fills in/,
        );
        assert.doesNotMatch(stdout, / error /);
      },
    ),
  );

  it(
    'are those of each turn of a loop over words',
    inWorkspace(
      {
        'base.yaml': 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
        'envs/dev.yaml': 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { tag: 2.40 }\n',
        'envs/prod.yaml': 'deploykf_core: {}\n',
        'generate.sh': [
          'for env in dev dev "prod"; do',
          '  if true; then for x in $(ls); do echo "$x"; done; fi',
          '  deploykf generate --source-version 0.1.4 --values base.yaml --values "envs/${env}.yaml" --output-dir out/$env',
          'done',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.doesNotMatch(stdout, /Taken for deployKF|is known only when/);
        assert.match(stdout, /envs\/dev\.yaml:4:19 error image-tag-type/);
        const stacks = await workspace.run(['images', '--stack', 'generate.sh (2)']);
        assert.match(stacks.stdout, /deployKF 0\.1\.4, generate\.sh \(2\)/);
      },
    ),
  );

  it(
    'are named where a loop has their names, and no finding rests on them',
    inWorkspace(
      {
        'base.yaml': 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
        'envs/dev.yaml': 'kubeflow_dependencies:\n  kubeflow_argo_workflows:\n    enabled: true\n',
        'generate.sh': [
          'for env in $(ls envs); do',
          '  deploykf generate --source-version 0.1.4 --values base.yaml --values "envs/${env}.yaml" --output-dir out',
          'done',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', 'generate.sh']);
        assert.match(stdout, /Values file "envs\/\$\{env\}\.yaml" of stack generate\.sh is known only when/);
        assert.doesNotMatch(stdout, /value-refused|is disabled/);
        const { stdout: images } = await workspace.run(['images', 'generate.sh']);
        assert.match(images, /deployKF 0\.1\.4/);
      },
    ),
  );
});
