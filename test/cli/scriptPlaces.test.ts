import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { inWorkspace } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const top = 'ROOT="$(git rev-parse --show-toplevel)"\n';

describe('scripts whose values files are not written as such', () => {
  const files = {
    'deploy/scripts/gen.sh': `${top}deploykf generate -V 0.1.2 -f "$ROOT/deploy/a.yaml" -f "$ROOT/deploy/b.yaml"\n`,
    'deploy/a.yaml': values,
    'deploy/b.yaml': 'deploykf_core:\n  deploykf_auth:\n    enabled: true\n',
    'deploy/scripts/a.yaml': 'kubeflow_tools: {}\n',
  };

  it(
    'have layers from the top of their work tree',
    inWorkspace(files, async workspace => {
      execFileSync('git', ['init', '-q'], { cwd: workspace.root });
      const { stdout } = await workspace.run(['images', '--stack', 'deploy/scripts/gen.sh']);
      assert.match(stdout, /^deployKF 0\.1\.2, deploy\/scripts\/gen\.sh: /m);
      const named = await workspace.run(['check', 'deploy/scripts/gen.sh']);
      assert.match(named.stdout, /deploy\/a\.yaml:5:14 error image-tag-type/);
      assert.doesNotMatch(named.stdout, /Taken for|stack-file-missing/);
    }),
  );

  const open = 'ENVIRONMENT="${1}"\ndeploykf generate -V 0.1.2 -f "envs/${ENVIRONMENT}.yaml"\n';

  it(
    'tell the release of files that nothing else names, and say so',
    inWorkspace({ 'scripts/gen.sh': open, 'envs/prod.yaml': values }, async workspace => {
      const taken = /\nTaken for deployKF 0\.1\.2, as scripts\/gen\.sh:2 says: set "release:"/;
      assert.match((await workspace.run(['check'])).stdout, taken);
      assert.match((await workspace.run(['check', 'envs/prod.yaml'])).stdout, taken);
      const { stdout } = await workspace.run(['images', '--format', 'json']);
      assert.match(stdout, /"releaseFrom": ?"script"/);
      assert.equal(
        (await workspace.run(['check', 'scripts/gen.sh'])).stdout,
        'No findings in 0 files\nNot checked: the values files of scripts/gen.sh:2 ("envs/${ENVIRONMENT}.yaml") are known only when it is run; name them for this check\n',
      );
    }),
  );

  it(
    'say why the release is not known, or why it is not theirs',
    inWorkspace(
      {
        'a/gen.sh': 'deploykf generate -V "$V" -f "$F"\n',
        'a/v.yaml': values,
        'b/gen.sh': 'deploykf generate -V 9.9.9 -f "$F"\n',
        'b/v.yaml': values,
        'b/0.1.4.yaml': values,
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /a\/v\.yaml:\S+ info release-unknown {2}"\$V" in a\/gen\.sh:1 is not known: V is never/,
        );
        assert.match(
          stdout,
          /b\/v\.yaml:\S+ info release-unknown {2}b\/gen\.sh:1 names deployKF "9\.9\.9", which is/,
        );
        assert.match(stdout, /\nb\/0\.1\.4\.yaml: Taken for deployKF 0\.1\.4, as the file's name says/);
      },
    ),
  );
});
