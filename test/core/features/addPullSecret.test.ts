import assert from 'node:assert/strict';
import { addPullSecret } from '../../../server/src/core/features/addPullSecret.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { catalogs } from '../../support/views.ts';

const secret = { name: 'reg', namespace: 'argocd' };
const head = 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n';

interface Stack {
  readonly release?: string;
  /** The layer that the user looks at; `undefined`: none. */
  readonly active?: number;
  /** The first text is a file of Applications that makes the stack. */
  readonly application?: boolean;
}

interface Outcome {
  /** The texts after the edits; the reason, or that it already exists. */
  readonly result: readonly string[] | string;
  readonly rendered: boolean;
}

function add(
  texts: readonly string[],
  { release = '0.1.5', active, application = false }: Stack = {},
): Outcome {
  const uris = texts.map((_, index) => `file:///${index}.yaml`);
  const plan = { id: 'test', name: 'test', kind: 'given' as const, release, uris, folder: undefined };
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///', settings: { ...noSettings, release }, project: undefined }],
    files: new Map(
      texts.map((text, index) => [`file:///${index}.yaml`, new ValuesFile(`file:///${index}.yaml`, text)]),
    ),
    ...(!application && { given: [plan] }),
  });
  const view = snapshot.viewsOf('file:///0.yaml')[0] ?? assert.fail('no stack');
  const added = addPullSecret(snapshot, view, {
    secret,
    ...(active !== undefined && { uri: uris[active] ?? '' }),
  });
  if (added.kind === 'refused') return { result: added.reason, rendered: false };
  if (added.kind === 'present') return { result: 'present', rendered: added.explanation.rendered };
  const after = texts.map((text, index) => {
    const edits = added.edits.find(({ uri }) => uri === uris[index])?.edits ?? [];
    return applyEdits(text, edits) ?? assert.fail('edits overlap');
  });
  return { result: after, rendered: added.explanation.rendered };
}

/** One file before and after; after that there is nothing to add. */
function added(before: string, options?: Stack): string {
  const { result, rendered } = add([before], options);
  assert.ok(typeof result !== 'string', `refused: ${String(result)}`);
  assert.equal(rendered, true);
  const [text = ''] = result;
  assert.equal(add([text], options).result, 'present');
  return text;
}

const item = '          - existingSecret: reg\n            existingSecretNamespace: argocd\n';

describe('a Secret in the values', () => {
  it('makes the block where there is none, with everything else kept', () => {
    assert.equal(
      added('# ours\nkubeflow_tools: # tools\n  katib: {enabled: true}\n'),
      `# ours\nkubeflow_tools: # tools\n  katib: {enabled: true}\n${head}        enabled: true\n        registryCredentials:\n${item}`,
    );
    assert.equal(added(''), `${head}        enabled: true\n        registryCredentials:\n${item}`);
  });

  it('is appended to the list, and the policy switched on', () =>
    assert.equal(
      added(
        `${head}        enabled: false # not yet\n        registryCredentials: # two\n          - existingSecret: other # mine\n\n# end\n`,
      ),
      `${head}        enabled: true # not yet\n        registryCredentials: # two\n          - existingSecret: other # mine\n${item}\n# end\n`,
    ));

  it('goes into flow lists, empty ones and nulls', () => {
    const entry = '{existingSecret: reg, existingSecretNamespace: argocd}';
    assert.equal(
      added(`${head}        {enabled: true, registryCredentials: [{existingSecret: a}]}\n`),
      `${head}        {enabled: true, registryCredentials: [{existingSecret: a},\n          ${entry}]}\n`,
    );
    assert.equal(
      added(`${head}        enabled: true\n        registryCredentials: []\n`),
      `${head}        enabled: true\n        registryCredentials: [${entry}]\n`,
    );
    assert.equal(
      added(`${head}        registryCredentials: ~ # none\n        enabled: "t"\n`),
      `${head}        registryCredentials: [${entry}] # none\n        enabled: "t"\n`,
    );
    assert.equal(added(head), `${head}        enabled: true\n        registryCredentials:\n${item}`);
  });

  it('keeps CRLF and a byte order mark', () =>
    assert.equal(
      added(
        `\uFEFF${head}        registryCredentials:\n          - {existingSecret: a}\n`.replaceAll(
          '\n',
          '\r\n',
        ),
      ),
      `\uFEFF${head}        registryCredentials:\n          - {existingSecret: a}\n${item}        enabled: true\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    ));

  it('goes into the values string of an Application', () => {
    const outer = (inner: string): string =>
      `kind: Application\nspec:\n  source:\n    plugin:\n      name: deploykf\n      parameters:\n        - name: source_version\n          string: "0.1.5"\n        - name: values\n          string: |\n${inner.replace(/^(?=.)/gm, '            ')}  destination: {}\n`;
    assert.equal(
      added(outer(`${head}        registryCredentials:\n          - existingSecret: a\n`), {
        application: true,
      }),
      outer(
        `${head}        registryCredentials:\n          - existingSecret: a\n${item}        enabled: true\n`,
      ),
    );
  });

  it('is added to the list that counts, not to a stronger layer that would replace it', () => {
    const base = `${head}        registryCredentials:\n          - existingSecret: a\n`;
    const top = 'kubeflow_tools: {}\n';
    const { result } = add([base, top], { active: 1 });
    assert.deepEqual(result, [`${base}${item}        enabled: true\n`, top]);
  });

  it('goes into the active file, else into the strongest', () => {
    const texts = ['argocd: {}\n', 'kubeflow_tools: {}\n'];
    const block = `${head}        enabled: true\n        registryCredentials:\n${item}`;
    assert.deepEqual(add(texts).result, [texts[0], `${texts[1] ?? ''}${block}`]);
    assert.deepEqual(add(texts, { active: 0 }).result, [`${texts[0] ?? ''}${block}`, texts[1]]);
  });

  it('switches on where a layer switched off', () => {
    const base = `${head}        registryCredentials:\n${item}`;
    const off = `${head}        enabled: no\n`;
    assert.deepEqual(add([base, off]).result, [base, `${head}        enabled: true\n`]);
  });

  it('already exists, also by the namespace that is taken without one', () => {
    assert.deepEqual(add([`${head}        enabled: yes\n        registryCredentials:\n${item}`]), {
      result: 'present',
      rendered: true,
    });
    const own =
      'deploykf_dependencies: {kyverno: {namespace: argocd, clusterPolicies: {imagePullSecrets: {enabled: 1, registryCredentials: [{existingSecret: reg}]}}}}\n';
    assert.equal(add([own]).result, 'present');
  });

  it('writes a list of its own over an alias', () =>
    assert.equal(
      added(
        `x: &list\n  - existingSecret: a\n${head}        registryCredentials: *list\n        enabled: true\n`,
      ),
      `x: &list\n  - existingSecret: a\n${head}        registryCredentials: [{existingSecret: a}, {existingSecret: reg, existingSecretNamespace: argocd}]\n        enabled: true\n`,
    ));

  it('changes nothing that others share, that is filled in, or that cannot be read', () => {
    const refused = (text: string, options?: Stack): string => {
      const { result } = add([text], options);
      return typeof result === 'string' ? result : assert.fail(result.join());
    };
    const path = 'deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets';
    assert.equal(
      refused(`${head}        registryCredentials: &list\n          - existingSecret: a\nx: *list\n`),
      `"${path}" cannot be changed safely: write it by hand`,
    );
    assert.equal(
      refused(`${head}        registryCredentials: "{{ X }}"\n`),
      `Another tool fills in "${path}": write it by hand`,
    );
    assert.equal(
      refused(`${head}        registryCredentials: reg\n`),
      `"${path}.registryCredentials" must be a list, not the string "reg": correct it first`,
    );
    assert.equal(
      refused('a: [\n'),
      'The values cannot be read completely: correct the YAML, or add it by hand where a template fills in lines',
    );
    assert.match(refused('a: 1\n', { release: '0.1.2' }), /^deployKF 0\.1\.2 has no pull-secret policy/);
    assert.match(refused(`deploykf_dependencies: {kyverno: off}\n`), /cannot be changed safely/);
  });

  it('tells that a disabled Kyverno makes no policy', () => {
    const { result, rendered } = add(['deploykf_dependencies: {kyverno: {enabled: false}}\n']);
    assert.deepEqual(
      [result, rendered],
      [
        [
          [
            'deploykf_dependencies: {kyverno: {enabled: false,',
            '  clusterPolicies: {',
            '    imagePullSecrets: {enabled: true, registryCredentials: [{existingSecret: reg, existingSecretNamespace: argocd}]}',
            '  }}}',
            '',
          ].join('\n'),
        ],
        false,
      ],
    );
  });
});
