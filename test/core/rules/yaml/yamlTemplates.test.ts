import assert from 'node:assert/strict';
import { ValuesFile } from '../../../../server/src/core/stack/valuesFile.ts';
import { findPath } from '../../../../server/src/core/yaml/lookup.ts';
import { parseTemplated } from '../../../../server/src/core/yaml/parseTemplated.ts';
import { maskTemplates } from '../../../../server/src/core/yaml/templates.ts';
import { check, dedent } from '../../../support/fixture.ts';

const codes = ['yaml-syntax', 'yaml-duplicate-key', 'image-unknown', 'image-reference-invalid', 'value-type'];

/** The same text as a file of its own; nothing is said of it. */
function accepts(text: string): ValuesFile {
  check(text, { codes });
  return new ValuesFile('file:///ws/values.yaml', dedent(text));
}

function valueAt(file: ValuesFile, path: string): { readonly value: unknown; readonly written: string } {
  const node = findPath(file.root, path.split('.'), file.anchors)?.node;
  assert.equal(node?.kind, 'scalar');
  return { value: node.value, written: file.text.slice(node.span.start, node.span.end) };
}

const dex = 'deploykf_core.deploykf_auth.dex.images.dex';

describe('values files that another tool fills in', () => {
  it('takes actions inside of values and lines of actions around keys', () => {
    const file = accepts(`
      deploykf_core:
        {{- if .Values.x }} # only there
        deploykf_auth: {}
        {{- else }}
        deploykf_auth:
          dex:
            images:
              dex:
                repository: {{ .Values.registry }}/dexidp/dex
                tag: v{{ .Values.tag }}-x
        {{- end }}
    `);
    const written = '{{ .Values.registry }}/dexidp/dex';
    assert.deepEqual(valueAt(file, `${dex}.repository`), { value: written, written });
    assert.deepEqual(valueAt(file, `${dex}.tag`).value, 'v{{ .Values.tag }}-x');
    assert.ok(file.hasTemplateLines);
  });

  it("takes actions of deployKF's own templates over several lines", () => {
    const file = accepts(`
      deploykf_core:
        deploykf_auth:
          {{<- if eq .Values.env
             "prod" >}}
          {{</* a
            over: lines */>}}
          dex:
            images:
              dex:
                repository: {{< .Values.registry
                  >}}/dexidp/dex
          {{< end >}}
    `);
    assert.equal(valueAt(file, `${dex}.repository`).value, '{{< .Values.registry >}}/dexidp/dex');
    assert.ok(file.hasTemplateLines);
    check('deploykf_core: {{<<: *x}: y}\n', { codes: ['value-type'] });
  });

  it('takes actions over several lines', () => {
    const file = accepts(`
      deploykf_core:
        deploykf_auth:
          {{- if eq .Values.env
             "prod" }}
          {{- /* a
            over: lines */}}
          dex:
            images:
              dex:
                tag: {{ .Values.dexTag |
                  default "v2.39.1" | quote }}
                repository: registry.example.com/dexidp/dex
          {{- end }}
    `);
    assert.equal(valueAt(file, `${dex}.tag`).value, '{{ .Values.dexTag | default "v2.39.1" | quote }}');
    assert.equal(valueAt(file, `${dex}.repository`).written, 'registry.example.com/dexidp/dex');
  });

  it('takes variables that are whole lines', () => {
    accepts(`
      \${EXTRA_VALUES}
      deploykf_core:
        deploykf_auth:
          $AUTH_EXTRA
          dex:
            images:
              dex:
                repository: registry.example.com/dexidp/dex
      $DEX_BLOCK
    `);
    accepts(`
      deploykf_core:
        deploykf_auth:
          $AUTH_EXTRA
      kubeflow_tools:
        katib:
          enabled: true
      \${EXTRA_VALUES}
    `);
  });

  it('takes variables in flow maps and lists', () => {
    const file = accepts(`
      deploykf_core:
        deploykf_istio_gateway:
          gateway:
            ports: {http: 80, https: \${HTTPS_PORT}}
      kubeflow_tools:
        katib: {images: {katibUi: {repository: \${REGISTRY}/katib-ui, tag: v1}}}
        notebooks:
          spawnerFormDefaults:
            image:
              options: [\${REG}/a/b:v1]
    `);
    assert.equal(valueAt(file, 'kubeflow_tools.katib.images.katibUi.tag').written, 'v1');
    const { value } = valueAt(file, 'kubeflow_tools.katib.images.katibUi.repository');
    assert.equal(value, '${REGISTRY}/katib-ui');
    assert.ok(!file.hasTemplateLines, 'nothing more can be there');
  });

  it('takes such lines in the values of an Application that is a template, also at its margin', () => {
    check(
      `
      {{- if .Values.deploykf }}
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata:
        name: {{ .Release.Name }}-deploykf
      spec:
        source:
          repoURL: {{ .Values.repo }}/x.git
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: "0.1.5"
              - name: values
                string: |
                  deploykf_core:
                    deploykf_auth:
                      {{- if .Values.x }}
                      dex:
                        images:
                          dex:
                            repository: {{ .Values.registry }}/dexidp/dex
                            tag: {{ .Values.dexTag |
                              default "v2.39.1" | quote }}
      {{- if .Values.more }}
                        connectors: [\${A}/b, {id: \${B}}]
      {{- end }}
                      {{- end }}
                  kubeflow_tools:
                    katib:
                      images:
                        katibUx: {}
                      ~ ^^^^^^^ image-unknown: 0.1.5 has no image "katibUx", did you mean "katibUi"?
                  \${MORE}
      {{- end }}
    `,
      { codes, discover: true },
    );
  });

  it('reports mistakes beside templates at their places', () => {
    check(
      `
      # {{ x }}
      {{- if .x }}
      deploykf_core:
        deploykf_auth
      ~ ^^^^^^^^^^^^^ yaml-syntax: This line has no ":", write "key: value"
        dex: \${X}
      {{- end }}
    `,
      { codes },
    );
  });

  it('keeps what is wrong in an action that has no end', () => {
    check(
      `
      kubeflow_tools:
        katib: {{ .x
                 ~ ^ yaml-syntax: The "{" before this is not closed: a "}" is missing, or a line is not indented more than the key
                 ~ ^ yaml-syntax: The "{" before this is not closed: a "}" is missing, or a line is not indented more than the key
        pipelines: {a: {b: c}}
    `,
      { codes },
    );
  });

  it('takes what the vault plugin of Argo CD fills in', () => {
    accepts(`
      kubeflow_tools:
        katib:
          images:
            katibUi:
              repository: "<path:secret/data/reg#host>/katib-ui"
              tag: <path:secret/data/reg#tag>
    `);
  });

  for (const text of [
    'a: {{ .x }}/b\nc: [${A}, "{{ .b }}"]\n',
    '{{- if .x\n .y }}\r\na: "{{ .x | default "é" }}"\r\n{{ end }}\n',
    'a: |\n    x\n  {{ if .x }}\n{{ if .y }}\n    y\n{{ end }}\nb: {{ .c }}: d\n',
    '{{ .key }}: {{ .value }}\n$X\n%{ if x }\n${a}: ${b}\n',
  ])
    it(`keeps the length and lines of ${JSON.stringify(text)}`, () => {
      assert.equal(maskTemplates(text).length, text.length);
      const before = parseTemplated(`${text}\n`).yaml;
      assert.deepEqual(parseTemplated(text, before).yaml.documents, parseTemplated(text).yaml.documents);
    });
});
