import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const values = 'kubeflow_tools: { katib: { enabled: true } }\n';

const bare = 'deploykf generate --values a.yaml,b.yaml --output-dir out';
const around: Readonly<Record<string, string>> = {
  'a variable that may be added': `ARGS="--values a.yaml"\n[ -n "$SRC" ] && ARGS="$ARGS $SRC"\ndeploykf generate $ARGS -O out`,
  'one of two ways': `ARGS=(-f a.yaml)\nif [ "$1" = x ]; then\n  ARGS+=(-V 0.1.4)\nfi\ndeploykf generate "\${ARGS[@]}"`,
  'a function of the same name': `deploykf() { command deploykf "$@" -V 0.1.4; }\n${bare}`,
  'an alias': `alias deploykf='docker run x'\n${bare}`,
  'a script of their own': bare.replace('deploykf', './deploykf-wrapper.sh'),
  xargs: `echo 0.1.4 | xargs ${bare}`,
};

describe('the source that a command of a script generates from', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [
      '--source-path "$SRC" --source-version 0.1.4',
      'The command in gen.sh:2 has both --source-version and --source-path, but deployKF takes only one: remove the other',
    ],
    [
      '',
      'The command in gen.sh:2 has neither --source-version nor --source-path, so that deployKF stops: add one of them',
    ],
    [
      '--source-path https://example.com/deploykf-0.1.4-generator.zip',
      'The generator "https://example.com/deploykf-0.1.4-generator.zip" in gen.sh:2 is an address, but deployKF takes a folder or .zip file here: download it first, or use --source-version',
    ],
    [
      '-V v0.1.4',
      'The command in gen.sh:2 has the tag "v0.1.4" as its --source-version, but deployKF takes a version and looks for the tag "vv0.1.4": write 0.1.4',
    ],
    ['--source-version "${V#v}"', undefined],
    ['"$@"', undefined],
    ['$(cat flags)', undefined],
    ['-O "$(mktemp -d)" -V 0.1.4', undefined],
    ['-f $(ls a.yaml) -V 0.1.4', undefined],
    ['[flags]', undefined],
    ['...', undefined],
    ['${SOURCE_ARGS}', undefined],
    ['{{ source_args }}', undefined],
    ['-V "$1"', undefined],
    ['--source-path "$SRC"', undefined],
    ['--source-version=0.1.4', undefined],
  ];
  for (const [title, script] of Object.entries(around))
    it(
      `may come from ${title}`,
      inWorkspace({ 'gen.sh': `${script}\n`, 'a.yaml': values, 'b.yaml': values }, async workspace => {
        assert.doesNotMatch((await workspace.run(['check'])).stdout, /stack-source/);
      }),
    );

  for (const [flags, message] of cases)
    it(
      `is ${message === undefined ? 'fine' : 'reported once'} with "${flags}"`,
      inWorkspace(
        {
          'gen.sh': `#!/bin/sh\ndeploykf generate ${flags} --values a.yaml,b.yaml --output-dir out\n`,
          'a.yaml': values,
          'b.yaml': values,
        },
        async workspace => {
          const { stdout } = await workspace.run(['check']);
          const said = stdout.split('\n').filter(line => line.includes('stack-source'));
          const expected = message === undefined ? [] : [`a.yaml:1:1 error stack-source  ${message}`];
          assert.deepEqual(said, expected);
        },
      ),
    );
});

describe('a generator that a script gets', () => {
  const zip = 'https://github.com/deployKF/deployKF/releases/download/v0.1.3/deploykf-0.1.3-generator.zip';
  const taken = (script: string): (() => Promise<void>) =>
    inWorkspace({ 'gen.sh': `${script}\n`, 'a.yaml': values }, async workspace => {
      const { stdout } = await workspace.run(['check']);
      assert.match(stdout, /\nTaken for deployKF 0\.1\.3, as gen\.sh:\d says: /);
      assert.doesNotMatch(stdout, /release-unknown/);
    });
  const from = (path: string): string => `deploykf generate --source-path ${path} -f a.yaml -O out`;
  const scripts: Readonly<Record<string, string>> = {
    'as published': `curl -fL -o /tmp/g.zip "${zip}"\nunzip /tmp/g.zip -d ./generator\n${from('./generator')}`,
    'with a variable': `V=0.1.3\ncurl -LO https://example.com/kf/deploykf-$V-generator.zip\nunzip deploykf-\${V}-generator.zip -d /opt/gen\n${from('/opt/gen')}`,
    'to a folder that only a run knows': `D=$(mktemp -d)\nwget -P "$D" ${zip}\n${from('"$D/generator"')}`,
    'as an archive of the repository': `curl -L https://github.com/deployKF/deployKF/archive/refs/tags/v0.1.3.tar.gz | tar xz\n${from('deployKF-0.1.3/generator')}`,
    'as a clone': `git clone --depth 1 -b v0.1.3 https://github.com/deployKF/deployKF.git /tmp/kf\n${from('/tmp/kf/generator')}`,
  };
  for (const [title, script] of Object.entries(scripts)) it(`tells the release ${title}`, taken(script));

  it(
    'tells none where it gets several, or one that is not known',
    inWorkspace(
      {
        'a/gen.sh': `curl -LO ${zip}\ncurl -LO ${zip.replaceAll('0.1.3', '0.1.4')}\n${from('./generator')}\n`,
        'a/a.yaml': values,
        'b/gen.sh': `curl -LO ${zip.replaceAll('0.1.3', '0.1.4-rc.1')}\n${from('./generator')}\n`,
        'b/a.yaml': values,
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /^a\/a\.yaml:1:1 error release-unknown {2}The generator "\.\/generator" does not/m,
        );
        assert.match(
          stdout,
          /^b\/a\.yaml:1:1 error release-unknown {2}deployKF "0\.1\.4-rc\.1" is not known/m,
        );
      },
    ),
  );
});
