import assert from 'node:assert/strict';
import { kyvernoPolicy } from '../../../../server/src/core/mirror/exporters/kyverno.ts';
import { escapeForHelm } from '../../../../server/src/core/mirror/helmText.ts';
import { planFor } from '../../../support/exports.ts';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-hidden'];
const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };

describe('image-hidden', () => {
  it('names what no value can change, and what of it is gone', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
      ~ ^^^^^^^^^ image-hidden: kubeflow_tools.pipelines: no value can change 4 images (gcr.io/ml-pipeline-test/dev/kfp-driver:latest, gcr.io/ml-pipeline-test/dev/kfp-launcher-v2:latest, tensorflow/tensorflow:2.2.2, tensorflow/tensorflow:1.13.2): redirect them with a Kyverno policy, or by the configuration of the nodes
          enabled: true
      `,
      { codes, registry, release: '0.1.4' },
    ));

  it('stays silent without a policy', () =>
    check('\nkubeflow_tools: { pipelines: { enabled: true } }\n', { codes, release: '0.1.4' }));

  it('stays silent where the policy accepts the images, the component is off, or a text is broken', () => {
    const accepted = { rules: [{ source: '*', target: null }] };
    check('\nkubeflow_tools: { pipelines: { enabled: true } }\n', {
      codes,
      registry: accepted,
      release: '0.1.4',
    });
    check('\nkubeflow_tools: { pipelines: { enabled: false }, katib: { enabled: false } }\n', {
      codes,
      registry,
      release: '0.1.4',
    });
    check('\nkubeflow_tools: { pipelines: { enabled: true }, katib: [ }\n', {
      codes,
      registry,
      release: '0.1.4',
    });
  });
});

const training = 'kubeflow_tools: { training_operator: { enabled: true } }';
const options = { codes, registry, title: /Kyverno policy/ };

/** What the fix must write for the images of the training operator: the export, escaped for Helm and indented. */
function item(
  indent: number,
  target = registry,
  kubeflow_tools: object = { training_operator: { enabled: true } },
): string {
  const exported = kyvernoPolicy(planFor(target, { kubeflow_tools }).hidden);
  assert.ok(exported.kind === 'written');
  return escapeForHelm(exported.text)
    .trimEnd()
    .split('\n')
    .map(line => ' '.repeat(indent) + line)
    .join('\n');
}

function values(list: string): string {
  return `${training}\ndeploykf_dependencies:\n  kyverno:\n    extraManifests:${list}\n`;
}

const own = '\n      - |\n        kind: ConfigMap\n        data: { a: "{{ .Values.a }}" } # mine';
const current = values(`\n      - |\n${item(8)}`);
const outdated = item(8, { rules: [{ source: '*', target: 'old.example.com/{registry}/{path}' }] });

describe('the fix of image-hidden', () => {
  it('adds the policy of the export, escaped for Helm', () => {
    assert.ok(item(8).includes('{{ "{{" }} element.image {{ "}}" }}'));
    fix(
      `${training}\n`,
      `${training}\ndeploykf_dependencies:\n  kyverno:\n    extraManifests:\n      - |\n${item(8)}\n`,
      options,
    );
  });

  for (const [name, before] of [
    ['no value', values('')],
    ['an empty list', values(' []')],
    ['null', values(' ~')],
  ] as const) {
    it(`adds it in place of ${name}`, () => fix(before, values(`\n      - |\n${item(8)}`), options));
  }

  it('adds it behind other items, which it does not touch', () =>
    fix(values(own), values(`${own}\n      - |\n${item(8)}`), options));

  it('adds it to the list of a weaker layer, which a list of its own would replace', () =>
    fix(
      `~ file: base.yaml\n${values(own)}~ file: prod.yaml\n${training}\n`,
      values(`${own}\n      - |\n${item(8)}`),
      { ...options, file: 'base.yaml' },
    ));

  it('says that it is out of date, and replaces that item alone', () => {
    const around = (text: string): string =>
      values(`${own}\n      - | # ours\n${text}\n      - 'x: 1' # last`);
    const before = around(outdated);
    const marker =
      '                  ~ ^^^^^^^^^^^^^^^^^ image-hidden: kubeflow_tools.training_operator: no value can change 2 images (alpine:3.10, mpioperator/kubectl-delivery:latest), and the policy "mirror-hidden-images" in deploykf_dependencies.kyverno.extraManifests is out of date\n';
    const caret = ' '.repeat(before.indexOf('training_operator'));
    check(before.replace('\n', `\n${marker.replace(/^ *~ /, `~ ${caret.slice(2)}`)}`), { codes, registry });
    fix(before, around(item(8)), options);
  });

  it('replaces an item in quotes, too', () => {
    const quoted = (text: string): string =>
      values(`\n      - ${JSON.stringify(`${text.replace(/^ {8}/gm, '')}\n`)}`);
    fix(quoted(outdated), quoted(item(8)), options);
  });

  it('takes one that is not escaped for out of date, since Helm fails with it', () => {
    const raw = item(8).replace(/\{\{ "(\{\{|\}\})" \}\}/g, '$1');
    fix(values(`\n      - |\n${raw}`), values(`\n      - |\n${item(8)}`), options);
  });

  it('is silent with the policy, also with one for components that are off', () => {
    check(current, { codes, registry });
    const tools = ['katib', 'pipelines', 'training_operator'];
    const kubeflow_tools = Object.fromEntries(tools.map(tool => [tool, { enabled: true }]));
    check(values(`\n      - |\n${item(8, registry, kubeflow_tools)}`), { codes, registry });
  });

  it('is silent where the policy is written otherwise, and means the same', () =>
    check(
      current
        .replaceAll('{{ "{{" }}', '{{`{{`}}')
        .replace('spec:\n', 'spec: # of Kyverno\n')
        .replace('background: false', '"background": false'),
      { codes, registry },
    ));

  it('is not there while Kyverno is off, and a policy then counts for nothing', () => {
    const off = (text: string): string => text.replace('kyverno:\n', 'kyverno:\n    enabled: false\n');
    for (const text of [values(own), current]) assert.deepEqual(fixTitles(off(text), options), []);
  });

  for (const [name, text] of [
    ['a text', values(' "x"')],
    ['an alias', values(' *list').replace(/^/, 'x: &list [a]\n')],
    ['what an alias uses, too', values(' &list [a]').replace(/$/, 'x: *list\n')],
    ['a template', values(' {{ .Values.manifests }}')],
    ['a template of another tool', values(' ${MANIFESTS}')],
    [
      'within an aliased map',
      `${training}\nx: &x { extraManifests: [a] }\ndeploykf_dependencies: { kyverno: *x }\n`,
    ],
  ] as const) {
    it(`is not there where the list is ${name}`, () => assert.deepEqual(fixTitles(text, options), []));
  }

  it('does nothing where two images would share one place', () => {
    const shared = { rules: [{ source: '*', target: 'registry.example.com/all', path: 'last' }] };
    const lastPart = /Kyverno policy/;
    assert.equal(fixTitles(`${training}\n`, { codes, registry: shared }).length, 1);
    const before = `${training}\n`;
    assert.throws(
      () => fix(before, before, { codes, registry: shared, title: lastPart }),
      /findings are gone/,
    );
  });

  it('writes into values within an Application', () => {
    const application = (text: string): string =>
      [
        'apiVersion: argoproj.io/v1alpha1',
        'kind: Application',
        'metadata: { name: deploykf-app-of-apps }',
        'spec:',
        '  source:',
        '    plugin:',
        '      name: deploykf',
        '      parameters:',
        '        - { name: source_version, string: "0.1.5" }',
        '        - name: values',
        '          string: |',
        ...text
          .trimEnd()
          .split('\n')
          .map(line => `            ${line}`),
        '',
      ].join('\n');
    const after = `${training}\ndeploykf_dependencies:\n  kyverno:\n    extraManifests:\n      - |\n${item(8)}\n`;
    fix(application(`${training}\n`), application(after), { ...options, discover: true });
  });
});
