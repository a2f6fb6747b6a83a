import assert from 'node:assert/strict';
import type { CheckJson } from '../../server/src/core/report/json.ts';
import { inWorkspace } from '../support/cli.ts';

const values = (enabled: string): string => `kubeflow_tools:
  katib:
${enabled}    images: [a]
  notebooks:
${enabled}    spawnerFormDefaults:
      image:
        options:
          - 5
      imageGroupOne: a/b:v1
`;

describe('values of another form', () => {
  it(
    'are errors where they count, and warnings where their component is off',
    inWorkspace(
      {
        'file.yaml': values(''),
        'on.yaml': values('    enabled: true\n'),
        'off.yaml': values('    enabled: false\n'),
      },
      async workspace => {
        const severities = async (file: string): Promise<readonly string[]> => {
          const { findings } = (await workspace.json(['check', file])) as CheckJson;
          const own = findings.filter(({ code }) => code === 'value-type');
          return own.map(({ path, severity }) => `${(path ?? '').replace(/^.*\.(?=\w)/, '')} ${severity}`);
        };
        assert.deepEqual(await severities('on.yaml'), [
          'images error',
          'options[0] error',
          'imageGroupOne error',
        ]);
        assert.deepEqual(await severities('file.yaml'), ['images warning', 'imageGroupOne warning']);
        assert.deepEqual(await severities('off.yaml'), ['images warning', 'imageGroupOne warning']);
      },
    ),
  );
});
