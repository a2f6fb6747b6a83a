import assert from 'node:assert/strict';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { Catalogs } from '../../server/src/host/catalogs.ts';
import { inWorkspace, type CliWorkspace } from '../support/cli.ts';
import { sharedFile } from '../support/shared.ts';

/** Strict, and with the meta-schema of draft 7, which the schema itself must match. */
async function validator(workspace: CliWorkspace, ...words: readonly string[]): Promise<ValidateFunction> {
  const { code, stdout, stderr } = await workspace.run(['schema', ...words]);
  assert.deepEqual([code, stderr], [0, '']);
  const schema = JSON.parse(stdout) as object;
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  assert.equal(ajv.validateSchema(schema), true, ajv.errorsText());
  return ajv.compile(schema);
}

function problems(validate: ValidateFunction, text: string): readonly string[] {
  validate(parse(text, { merge: true }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** What upstream itself has in the wrong place since 0.1.2, and `check` reports, too. */
const slip = ['/kubeflow_tools must NOT have additional properties'];

describe('schema', () => {
  it(
    'of the project file takes what init writes, and nothing else',
    inWorkspace({ 'prod.yaml': 'kubeflow_tools: { katib: { enabled: true } }\n' }, async workspace => {
      const validate = await validator(workspace, '--project');
      await workspace.run(['init', '--registry', 'harbor.example.com']);
      assert.deepEqual(problems(validate, workspace.read('.deploykf-values.yaml')), []);
      assert.deepEqual(problems(validate, 'stacks: [{ values: [a.yaml] }]\nrelase: 0.1.5\n'), [
        ' must NOT have additional properties',
        "/stacks/0 must have required property 'name'",
      ]);
      const both = await workspace.run(['schema', '--project', '--release', '0.1.5']);
      assert.equal(both.code, 2);
    }),
  );

  it(
    'of the values of each release takes what upstream has',
    inWorkspace({}, async workspace => {
      for (const release of new Catalogs().releases) {
        const validate = await validator(workspace, '--release', `v${release}`);
        for (const name of ['default_values.yaml', 'sample-values.yaml', 'sample-values-overrides.yaml']) {
          const text = sharedFile(`deploykf/${release}/${name}`);
          const isSlip = name === 'sample-values-overrides.yaml' && !/0\.1\.[01]$/.test(release);
          if (text !== undefined)
            assert.deepEqual(problems(validate, text), isSlip ? slip : [], `${release} ${name}`);
        }
      }
    }),
  );

  it(
    'of the values names what is misspelled or has another type',
    inWorkspace({}, async workspace => {
      const validate = await validator(workspace, '--release', '0.1.5');
      const found = (text: string): readonly string[] => problems(validate, text);
      const tag = (value: string): string =>
        `deploykf_core: { deploykf_auth: { images: { dex: { tag: ${value} } } } }`;
      const dex = '/deploykf_core/deploykf_auth/images/dex';
      assert.deepEqual(found(tag('"2.40"')), []);
      assert.deepEqual(found(tag('"{{ .tag }}"')), []);
      assert.deepEqual(found(tag('~')), []);
      assert.deepEqual(found(tag('2.40')), [`${dex}/tag must be string,null`]);
      assert.deepEqual(found('kubeflow_tool: {}'), [' must NOT have additional properties']);
      assert.deepEqual(found('x-images: &x { a: 1 }\nkubeflow_tools: { katib: { enabled: true } }'), []);
      assert.deepEqual(found('kubeflow_tools: { katib: { enabled: "${KATIB}" } }'), []);
      assert.equal(found('kubeflow_tools: { katib: { enabled: 3 } }').length > 0, true);
      assert.equal(found('kubeflow_tools: []').length > 0, true);
      const open = 'deploykf_core: { deploykf_istio_gateway: { gatewayService: { annotations: { a: b } } } }';
      assert.deepEqual(found(open), []);
    }),
  );

  it(
    'says which releases there are, and that it reads no files',
    inWorkspace({}, async workspace => {
      const unknown = await workspace.run(['schema', '--release', '9.9']);
      assert.equal(unknown.code, 2);
      assert.match(unknown.stderr, /"9\.9" is not known: known releases are 0\.1\.0/);
      assert.equal((await workspace.run(['schema', 'v.yaml'])).code, 2);
    }),
  );
});
