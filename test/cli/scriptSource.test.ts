import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const values = 'kubeflow_tools: { katib: { enabled: true } }\n';

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
    ['"$@"', undefined],
    ['${SOURCE_ARGS}', undefined],
    ['{{ source_args }}', undefined],
    ['-V "$1"', undefined],
    ['--source-path "$SRC"', undefined],
    ['--source-version=0.1.4', undefined],
  ];
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
