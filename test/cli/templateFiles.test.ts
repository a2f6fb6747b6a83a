import assert from 'node:assert/strict';
import type { CheckJson } from '../../server/src/core/report/json.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';

const only = onlyRules(
  ['image-tag-type', 'stack-undefined', 'value-type', 'yaml-syntax', 'image-reference-invalid'],
  rules.map(({ code }) => code),
);
const project = { '.deploykf-values.yaml': only };

const values = (registry: string, before = '', after = ''): string =>
  [
    ...(before === '' ? [] : [before]),
    'kubeflow_tools:',
    '  katib:',
    '    images:',
    '      katibUi:',
    `        repository: ${registry}/katib-ui`,
    '        tag: 1.10',
    ...(after === '' ? [] : [after]),
    '',
  ].join('\n');

async function found(workspace: CliWorkspace): Promise<readonly string[]> {
  const { findings } = (await workspace.json(['check', '.'])) as CheckJson;
  return findings.map(({ file, range, code }) => `${file}:${range.start.line + 1} ${code}`);
}

describe('templates of values files', () => {
  it(
    'are found by their names, and only what is wrong beside their actions is told',
    inWorkspace(
      {
        ...project,
        'terraform/values.yaml.tftpl': values('${registry}', '%{ if katib ~}', '%{ endif ~}'),
        'ansible/values.yaml.j2': values(
          '{{ registry }}',
          '{# ours #}',
          '{% if x\n   and y %}\na: {% if z %}1{% endif %}\n{% endif %}',
        ),
        'ansible/more.yml.jinja2': values('{{ registry }}', '{#\nkubeflow_tools:\n  volumes: [\n#}'),
        'go/values.yaml.tmpl': values('{{ .Registry }}', '{{- if .Katib }}', '{{- end }}'),
        'go/values.yaml.gotmpl': values('{{ .Values.registry }}'),
        'go/values.yml.tpl': values('{{ $registry }}'),
        'shell/values.yaml.envsubst': values('$REGISTRY'),
        'shell/values.yaml.template': values('${REGISTRY}'),
        'configure/values.yaml.in': values('@REGISTRY@', '# by configure', 'x: [@NAME@, "@other.name@"]'),
      },
      async workspace =>
        assert.deepEqual(await found(workspace), [
          'ansible/more.yml.jinja2:10 image-tag-type',
          'ansible/values.yaml.j2:7 image-tag-type',
          'configure/values.yaml.in:7 image-tag-type',
          'go/values.yaml.gotmpl:6 image-tag-type',
          'go/values.yaml.tmpl:7 image-tag-type',
          'go/values.yml.tpl:6 image-tag-type',
          'shell/values.yaml.envsubst:6 image-tag-type',
          'shell/values.yaml.template:6 image-tag-type',
          'terraform/values.yaml.tftpl:7 image-tag-type',
        ]),
    ),
  );

  it(
    "are not those of a chart, nor anything that has no values of deployKF's",
    inWorkspace(
      {
        ...project,
        'values.yaml': 'kubeflow_tools: {}\n',
        'chart/templates/_helpers.tpl':
          '{{ define "deploykf_core" }}\nkubeflow_tools:\n  katib: [\n{{ end }}\n',
        'chart/templates/config.yaml.tpl': '{{ define "x" }}\na: [\n{{ end }}\n# deploykf_core\n',
        'notes.template': values('$X'),
      },
      async workspace => {
        const { stderr } = await workspace.run(['check', '.']);
        assert.deepEqual([await found(workspace), stderr], [[], '']);
      },
    ),
  );

  it(
    'are no layers of a stack, neither over a base nor beside what was made of them',
    inWorkspace(
      {
        ...project,
        'sample-values.yaml': 'kubeflow_tools:\n  katib:\n    enabled: true\n',
        'sample-values-overrides.yaml.tftpl': values('${registry}'),
        'sample-values.yaml.tftpl': 'kubeflow_tools:\n  katib:\n    enabled: ${katib}\n',
      },
      async workspace => {
        assert.deepEqual(await found(workspace), ['sample-values-overrides.yaml.tftpl:6 image-tag-type']);
        await workspace.run(['init', '--force']);
        assert.doesNotMatch(workspace.read('.deploykf-values.yaml'), /tftpl/);
      },
    ),
  );
});
