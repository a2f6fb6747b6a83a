import assert from 'node:assert/strict';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';
import { forkedValues, useHome } from '../support/generators.ts';

const only = onlyRules(
  ['value-unknown', 'release-unknown', 'project-file-invalid'],
  rules.map(rule => rule.code),
);
const project = { '.deploykf-values.yaml': only };
const values = 'deploykf_core:\n  deploykf_auth:\n    ours: 1\n';
const defaults = forkedValues().replace('deploykf_auth:\n', 'deploykf_auth:\n    ours: 0\n');
const archive = zipSync({ 'generator/default_values.yaml': strToU8(defaults) });
const cache = 'home/.deploykf/assets/deploykf-0.9.9-generator.zip';
const known = 'known releases are 0.1.0, 0.1.1, 0.1.2, 0.1.3, 0.1.4, 0.1.5';

function line(text: string): string {
  return `deploykf-values: ${text}\n`;
}

/** Runs a test with a home folder of its own, in the workspace. */
function atHome(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (workspace: CliWorkspace) => Promise<void>,
): () => Promise<void> {
  return inWorkspace(files, async workspace => {
    const restore = useHome(join(workspace.root, 'home'));
    try {
      await test(workspace);
    } finally {
      restore();
    }
  });
}

/** The exit code, and what is said of it, without where. */
async function check(workspace: CliWorkspace, ...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(['check', '-q', ...argv]);
  return `${code} ${stdout}${stderr}`.trim();
}

describe('generators in the shell', function () {
  // Each run reads the catalogs of all releases, to find the one that is most like the generator.
  this.timeout(10_000);

  it(
    'of a later release are found in the cache of the deployKF command',
    atHome({ ...project, 'a.yaml': values, [cache]: archive }, async workspace => {
      assert.match(await check(workspace, 'a.yaml'), /^1 a\.yaml:3:5 warning value-unknown/);
      assert.equal(await check(workspace, 'a.yaml', '--release', '0.9.9'), '0');
      assert.equal(await check(workspace, 'a.yaml', '--release', 'v0.9.9'), '0');
      const { stdout } = await workspace.run(['images', '--release', '0.9.9']);
      assert.match(stdout, /^deployKF 0\.9\.9, a\.yaml: /m);
      assert.match(stdout, /harbor\.example\.com\/dex:v2\.37\.0/);
    }),
  );

  it(
    'of a later release serve the project file that is written',
    atHome({ 'a.yaml': values, [cache]: archive }, async workspace => {
      const { code } = await workspace.run(['init', '--release', '0.9.9']);
      assert.equal(code, 0);
      assert.match(workspace.read('.deploykf-values.yaml'), /^release: 0\.9\.9$/m);
      assert.doesNotMatch(await check(workspace), /(?:value|release)-unknown/);
    }),
  );

  it(
    'that are nowhere: it is said what is known and where they were looked for',
    atHome({ ...project, 'a.yaml': values, 'x.yaml': 'a: 1\n' }, async workspace => {
      const places = '~/.deploykf/assets/deploykf-0.9.9-generator.zip';
      workspace.write('sub/a.yaml', values);
      const end = `(name one with --generator, or in the project file under generators)`;
      const wanted = (place: string): string =>
        line(`the release "0.9.9" is not known: ${known}; its generator is not at ${place} ${end}`);
      for (const argv of [
        ['check', 'a.yaml'],
        ['check'],
        ['check', 'x.yaml'],
        ['fix', 'a.yaml'],
        ['images', 'a.yaml'],
      ]) {
        assert.deepEqual(
          await workspace.run([...argv, '--release', '0.9.9']),
          { code: 2, stdout: '', stderr: wanted('home/.deploykf/assets/deploykf-0.9.9-generator.zip') },
          argv.join(' '),
        );
      }
      const outside = await workspace.run(['init', '--force', '--release', '0.9.9'], { cwd: 'sub' });
      assert.deepEqual(outside, { code: 2, stdout: '', stderr: wanted(places) });
      const odd = await workspace.run(['check', 'a.yaml', '--release', '../../x']);
      assert.equal(odd.stderr, line(`the release "../../x" is not known: ${known} ${end}`));
    }),
  );

  it(
    'that are there and broken: it is said what is wrong with them',
    atHome({ ...project, 'a.yaml': values, [cache]: archive.slice(0, 200) }, async workspace => {
      assert.equal(
        (await workspace.run(['check', 'a.yaml', '--release', '0.9.9'])).stderr,
        line(
          `the release "0.9.9" is not known: ${known}; the generator ${cache} is not a .zip, or only the beginning of one`,
        ),
      );
    }),
  );

  it(
    'that a command names by their official name, and are broken: it is said, and the release of the name counts',
    atHome(
      {
        ...project,
        'a.yaml': values,
        'deploy.sh':
          'deploykf generate --source-path ./deploykf-0.1.4-generator.zip --values a.yaml -O out\n',
        'deploykf-0.1.4-generator.zip': archive.slice(0, 200),
      },
      async workspace => {
        assert.match(
          await check(workspace),
          /release-unknown {2}The generator "\.\/deploykf-0\.1\.4-generator\.zip" is not a \.zip, or only the beginning of one: stack deploy\.sh is checked as the release that its name tells/,
        );
        workspace.write('deploykf-0.1.4-generator.zip', archive);
        assert.doesNotMatch(await check(workspace), /release-unknown/);
      },
    ),
  );

  it(
    'are named by --generator, before anything that files tell',
    atHome(
      {
        '.deploykf-values.yaml': `stacks:\n  - {name: prod, release: 9.9.9, values: [a.yaml]}\n${only}`,
        'a.yaml': values,
        'fork/generator/default_values.yaml': defaults,
        'fork.zip': archive,
        'empty/readme.md': '',
      },
      async workspace => {
        for (const path of ['fork', 'fork/generator', 'fork.zip', join(workspace.root, 'fork')]) {
          assert.equal(await check(workspace, '--generator', path), '0', path);
          assert.equal(await check(workspace, 'a.yaml', '--generator', path), '0', path);
        }
        assert.match(
          (await workspace.run(['images', '--generator', 'fork'])).stdout,
          /^deployKF fork fork, prod: /m,
        );
        const wrong = async (...argv: readonly string[]): Promise<string> => check(workspace, ...argv);
        const end = 'expected the folder or .zip of a generator';
        assert.equal(
          await wrong('--generator', 'gone'),
          `2 deploykf-values: the generator "gone" does not exist: ${end}`,
        );
        assert.equal(
          await wrong('--generator', 'empty'),
          `2 deploykf-values: the generator "empty" does not contain a default_values.yaml: ${end}`,
        );
        assert.equal(
          await wrong('--generator', 'fork', '--release', '0.1.5'),
          '2 deploykf-values: --release and --generator cannot be combined: choose one of them',
        );
      },
    ),
  );

  it(
    'are named by the project file, relative to it, also for a release that is known',
    atHome(
      {
        '.deploykf-values.yaml': `release: 0.9.9\ngenerators: {v0.9.9: fork, 0.1.5: fork.zip}\n${only}`,
        'sub/a.yaml': values,
        'fork/default_values.yaml': defaults,
        'fork.zip': archive,
        [cache]: strToU8('no archive'),
      },
      async workspace => {
        assert.equal(await check(workspace), '0');
        assert.equal(await check(workspace, 'sub/a.yaml', '--release', '0.1.5'), '0');
        assert.match(
          await check(workspace, 'sub/a.yaml', '--release', '0.1.4'),
          /^1 sub\/a\.yaml:3:5 .* 0\.1\.4 has no/,
        );
        const { stdout } = await workspace.run(['images', 'a.yaml'], { cwd: 'sub' });
        assert.match(stdout, /^deployKF 0\.9\.9, a\.yaml: /m);
      },
    ),
  );

  it(
    'of the project file that are not there: a finding where the stack is defined, the end for others',
    atHome(
      {
        '.deploykf-values.yaml': `generators: {acme: fork}\nstacks:\n  - {name: prod, release: acme, values: [a.yaml]}\n${only}`,
        'a.yaml': values,
      },
      async workspace => {
        const what = 'enerator "fork" of acme does not exist';
        assert.equal(
          await check(workspace),
          `1 .deploykf-values.yaml:3:12 error release-unknown  The g${what}, stack prod is not checked: expected the folder or .zip of a generator`,
        );
        assert.deepEqual(await workspace.run(['images']), {
          code: 2,
          stdout: '',
          stderr: line(`the g${what}: expected the folder or .zip of a generator`),
        });
        assert.match(await check(workspace, '--release', '0.1.4'), /^1 a\.yaml:3:5 warning value-unknown/);
      },
    ),
  );

  it(
    'of Applications and scripts are read, and their defaults are no stack',
    atHome(
      {
        ...project,
        'deploy.sh': 'deploykf generate --source-path ./fork -f a.yaml\n',
        'a.yaml': values,
        'fork/default_values.yaml': `${defaults}other: 1\n`,
      },
      async workspace => {
        assert.equal(await check(workspace), '0');
        assert.deepEqual(await workspace.run(['check']), {
          code: 0,
          stdout: 'No findings in 1 file\n',
          stderr: '',
        });
        assert.match(await check(workspace, '--stack', 'deploy.sh', '--release', '0.1.4'), /value-unknown/);
      },
    ),
  );
});
