import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const howTo = 'set "release:" in .deploykf-values.yaml';

/** The messages about the release of `v.yaml` in a folder with these files. */
async function openReleases(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly string[]> {
  let messages: readonly string[] = [];
  await inWorkspace({ ...files, 'v.yaml': values }, async workspace => {
    const json = (await workspace.json(['check'])) as {
      readonly findings: readonly { code: string; severity: string; message: string; file: string }[];
    };
    messages = json.findings
      .filter(({ code }) => code === 'release-unknown')
      .map(({ severity, message, file }) => `${file} ${severity}: ${message}`);
  })();
  return messages;
}

const script = (head: string, word = '"$V"'): Record<string, string> => ({
  'deploy.sh': `${head}deploykf generate --source-version ${word} --values v.yaml -O out\n`,
});

describe('a release that what should tell it does not', () => {
  it('is said where a script never assigns the variable, or assigns several values', async () => {
    assert.deepEqual(await openReleases(script('#!/bin/sh\n')), [
      `v.yaml info: "$V" in deploy.sh:2 is not known: V is never assigned there: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    assert.deepEqual(await openReleases(script('V=0.1.4\nV=0.1.3\n')), [
      `v.yaml info: "$V" in deploy.sh:3 is not known: V is assigned several values there (0.1.4, 0.1.3): taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    assert.deepEqual(await openReleases(script('V=0.1.4\n')), []);
    assert.deepEqual(await openReleases(script('', '0.1.4')), []);
  });

  it('is said in full as text', () =>
    inWorkspace({ 'v.yaml': 'deploykf_core: {}\n', ...script('. ./x.env\n') }, async workspace => {
      const { stdout } = await workspace.run(['check']);
      assert.ok(
        stdout.includes(
          `V is never assigned there, perhaps in ./x.env: taken for deployKF 0.1.5, the newest`,
        ),
      );
    })());

  it('is said where the output of deployKF cannot be read, or names a release that is not known', async () => {
    const name = '.deploykf_output';
    assert.deepEqual(await openReleases({ [`out/${name}`]: 'source_version: 0.1.4\n' }), [
      `v.yaml info: out/.deploykf_output is not a JSON object: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    const [huge] = await openReleases({ [name]: new Uint8Array(10 * 1024 * 1024 + 1) });
    assert.match(huge ?? '', /^v\.yaml info: \.deploykf_output is larger than 10 MB and not read/);
    assert.deepEqual(await openReleases({ [name]: '{"source_version": "9.9.9"}' }), [
      `v.yaml info: .deploykf_output names deployKF "9.9.9", which is not known: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    assert.deepEqual(await openReleases({ [name]: '{"source_version": 14}' }), [
      `v.yaml info: .deploykf_output has a "source_version" that is not a string: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    const two = {
      [`a/${name}`]: '{"source_version": "0.1.4"}',
      [`b/${name}`]: '{"source_version": "0.1.3"}',
    };
    assert.deepEqual(await openReleases(two), [
      `v.yaml info: a/.deploykf_output names deployKF "0.1.4" and b/.deploykf_output "0.1.3": taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    assert.deepEqual(await openReleases({ [name]: '{"source_version": "0.1.4"}' }), []);
    const fork = '{"source_version": "", "source_path": "https://user:pass@example.com/fork"}';
    assert.deepEqual(await openReleases({ [name]: fork }), [
      `v.yaml info: .deploykf_output names the generator "https://…@example.com/fork" and no release: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
    ]);
    const official = '{"source_path": "./deploykf-0.1.4-generator.zip"}';
    assert.deepEqual(await openReleases({ [name]: official }), []);
    assert.deepEqual(await openReleases({ [name]: '{"source_path": ""}' }), []);
  });

  it('is said where the name of the file has a release that is not known', () =>
    inWorkspace(
      {
        'values-0.1.9.yaml': values,
        'values-0.1.4.yaml': values,
        'prod-0.3.0.yaml': values,
        'deploykf-0.3.0.yaml': values,
        'c-0.1.4-rc.1.yaml': values,
        'd_0.1.4rc2-prod.yaml': values,
        'e-0.1.4-alphabet.yaml': values,
      },
      async workspace => {
        const { findings } = (await workspace.json(['check'])) as {
          readonly findings: readonly { code: string; message: string }[];
        };
        assert.deepEqual(
          findings.filter(({ code }) => code === 'release-unknown').map(({ message }) => message),
          [
            `c-0.1.4-rc.1.yaml has the release "0.1.4-rc.1" in its name, which is not known: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
            `d_0.1.4rc2-prod.yaml has the release "0.1.4rc2" in its name, which is not known: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
            `deploykf-0.3.0.yaml has the release "0.3.0" in its name, which is not known: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
            `values-0.1.9.yaml has the release "0.1.9" in its name, which is not known: taken for deployKF 0.1.5, the newest release that is known; ${howTo}`,
          ],
        );
      },
    )());

  it('says nothing more where the project file names the release', async () => {
    const files = { ...script(''), '.deploykf-values.yaml': 'release: 0.1.4\n', '.deploykf_output': '{' };
    assert.deepEqual(await openReleases(files), []);
  });
});
