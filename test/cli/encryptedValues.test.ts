import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const encrypted = (type: string): string => `ENC[AES256_GCM,data:abc=,iv:x=,tag:y=,type:${type}]`;

const values = `kubeflow_tools:
  katib:
    enabled: ${encrypted('bool')}
    images:
      katibUi:
        repository: ${encrypted('str')}
        tag: ${encrypted('str')}
deploykf_core:
  deploykf_profiles_generator:
    users: ${encrypted('str')}
sops:
  version: 3.8.1
`;

describe('values that SOPS has encrypted', () => {
  it(
    'are filled in later: nothing is said of what they are, and no fix touches them',
    inWorkspace({ 'v.yaml': values }, async workspace => {
      const { findings } = (await workspace.json(['check'])) as { findings: readonly { code: string }[] };
      const wrong = /^(?:image-(?:reference|repository|tag|unknown)|value-(?:type|refused))/;
      assert.deepEqual(
        findings.map(({ code }) => code).filter(code => wrong.test(code)),
        [],
      );
      await workspace.run(['fix']);
      const lines = workspace.read('v.yaml').split('\n');
      assert.deepEqual(
        values.split('\n').filter(line => line.includes('ENC[') && !lines.includes(line)),
        [],
      );
    }),
  );

  it(
    'are left as they are where SOPS has a checksum of all of them, and that is said',
    inWorkspace(
      { 'v.yaml': 'kubeflow_tools: { katib: { images: { katibUi: { tag: 1.10 } } } }\nsops: { mac: x }\n' },
      async workspace => {
        const before = workspace.read('v.yaml');
        const { stdout } = await workspace.run(['fix', '--release', '0.1.5']);
        assert.match(
          stdout,
          /\nNothing to fix, \d left .*\nv\.yaml is encrypted by SOPS, which would refuse it after other edits: edit it with sops v\.yaml\n/,
        );
        assert.equal(workspace.read('v.yaml'), before);
      },
    ),
  );
});
