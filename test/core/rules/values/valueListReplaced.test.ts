import { check } from '../../../support/fixture.ts';

const codes = ['value-list-replaced'];

describe('value-list-replaced', () => {
  it('counts the entries of the default list that are gone', () =>
    check(
      `
      kubeflow_tools:
        notebooks:
          spawnerFormDefaults:
            imageGroupOne:
              options:
            ~ ^^^^^^^ value-list-replaced: This list replaces the default one: its only entry is gone (codeserver-python)
                - registry.example.com/jupyter:v1
      `,
      { codes },
    ));

  it('stays silent where lines of a template make items', () => {
    const list = (...lines: readonly string[]): string =>
      [
        'kubeflow_tools:',
        '  notebooks:',
        '    spawnerFormDefaults:',
        '      imageGroupOne:',
        '        options:',
        ...lines.map(line => `          ${line}`),
        '',
      ].join('\n');
    check(list('{{- range .Values.options }}', '- {{ . }}', '{{- end }}'), { codes });
    check(list('{% for option in options %}', '- "{{ option }}"', '{% endfor %}'), { codes });
    check(list('- registry.example.com/jupyter:v1', '{{- toYaml .Values.options | nindent 10 }}'), { codes });
    check(list('[{% for option in options %}"{{ option }}",{% endfor %}]'), { codes });
  });

  it('stays silent when every entry is still there, and for empty default lists', () =>
    check(
      `
      kubeflow_tools:
        notebooks:
          spawnerFormDefaults:
            imageGroupOne:
              options: [registry.example.com/kubeflownotebookswg/codeserver-python:v1.8.0]
      deploykf_dependencies: { istio: { extraManifests: ["kind: Secret"] } }
      `,
      { codes },
    ));
});
