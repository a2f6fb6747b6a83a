import { check, fix } from '../support/fixture.ts';

const discover = true;

describe('an ArgoCD Application', () => {
  it('is checked inside its values string, at the places of its own file', () =>
    check(
      `
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata:
        name: prod
      spec:
        source:
          repoURL: https://example.com/ops.git
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: "0.1.5"
              - name: values
                string: |
                  deploykf_core:
                    deploykf_auth:
                      images:
                        dex:
                          tag: 2.40
                             ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it
      `,
      { discover, codes: ['image-tag-type', 'stack-source'] },
    ));

  it('takes its release from an alias', () =>
    check(
      `
      kind: Application
      metadata:
        annotations:
          example.com/deploykf: &release "0.1.4"
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: *release
              - name: values
                string: |
                  deploykf_core:
                    deploykf_auth:
                      images:
                        dexx:
                      ~ ^^^^ image-unknown: 0.1.4 has no image "dexx", did you mean "dex"?
                          tag: a
      `,
      { discover, codes: ['image-unknown', 'stack-source'] },
    ));

  it('may take the sample files of another release than its generator', () => {
    const application = (revision: string, files: string): string => `
      kind: Application
      spec:
        source:
          repoURL: https://github.com/deployKF/deployKF.git
          targetRevision: ${revision}
          path: "."
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: "0.1.4"
              - name: values_files
                array: [${files}]
      `;
    const options = { discover, codes: ['stack-source'] };
    for (const revision of ['v0.1.4', '0.1.4', 'main', '${REVISION}'])
      check(application(revision, './sample-values.yaml'), options);
    check(application('v0.1.5', ''), options);
    check(
      `
      kind: Application
      spec:
        source:
          repoURL: https://github.com/deployKF/deployKF.git
          targetRevision: v0.1.5
          path: "."
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: "0.1.4"
                      ~ ^^^^^^^ stack-source: "targetRevision" takes the values files of deployKF 0.1.5, and "source_version" the generator of 0.1.4: set both to the same release
              - { name: values_files, array: [./sample-values.yaml] }
      `,
      options,
    );
  });

  it('is fixed inside its values string', () =>
    fix(
      `
      kind: Application
      spec:
        sources:
          - plugin:
              name: deploykf
              parameters:
                - { name: source_version, string: "0.1.5" }
                - name: values
                  string: |-
                      deploykf_core:
                        deploykf_auth:
                          images: { dex: { tag: 2.40, repository: ghcr.io/dexidp/dex } }
        destination: {}
      `,
      `
      kind: Application
      spec:
        sources:
          - plugin:
              name: deploykf
              parameters:
                - { name: source_version, string: "0.1.5" }
                - name: values
                  string: |-
                      deploykf_core:
                        deploykf_auth:
                          images: { dex: { tag: "2.40", repository: r.example.com/ghcr.io/dexidp/dex } }
        destination: {}
      `,
      {
        discover,
        codes: ['image-tag-type', 'image-public'],
        registry: { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] },
      },
    ));

  it('is checked inside a values string in double quotes over several lines', () =>
    check(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: "deploykf_core:\\n  deploykf_auth:\\n    images:\\n      dex:\\n\\
                  \\        tag: 2.40\\n      \\
                              ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it
                  oauth2Proxy: { tag: 7.10 }\\n"
                                    ~ ^^^^ image-tag-type: YAML reads this tag as the number 7.1, deployKF pulls "oauth2-proxy:7.1": quote it
      `,
      { discover, codes: ['image-tag-type'] },
    ));

  it('is fixed inside a values string in double quotes over several lines', () =>
    fix(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: "deploykf_core:\\n  deploykf_auth:\\n    images:\\n      dex:\\n\\
                  \\        repository: docker.io/\\
                  dex\\n        tag: ~\\n      oauth2Proxy:\\n      \\
                  \\  tag: 7.10\\n"
      `,
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: "deploykf_core:\\n  deploykf_auth:\\n    images:\\n      dex:\\n\\
                  \\        repository: r.example.com/library/dex\\n      oauth2Proxy:\\n      \\
                  \\  tag: \\"7.10\\"\\n"
      `,
      {
        discover,
        codes: ['image-tag-type', 'image-tag-missing', 'image-public'],
        registry: { rules: [{ source: 'docker.io', target: 'r.example.com' }] },
      },
    ));

  for (const header of ['|', '|-', '>', '>-', '>+'])
    it(`loses the last line of a values string: ${header}`, () => {
      const app = (...last: readonly string[]): string =>
        [
          'kind: Application',
          'spec:',
          '  source:',
          '    plugin:',
          '      name: deploykf',
          '      parameters:',
          '        - { name: source_version, string: "0.1.5" }',
          '        - name: values',
          `          string: ${header}`,
          '            deploykf_core:',
          '',
          '              deploykf_auth:',
          '',
          '                images:',
          '',
          '                  dex:',
          '',
          '                    repository: h.example.com/dex',
          '',
          ...last,
          '',
          '  destination: {}',
          '',
        ].join('\n');
      fix(app('                    tag: ~'), app(), { discover, codes: ['image-tag-missing'] });
    });

  it('is checked inside a values string in single quotes over several lines', () =>
    check(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: '# it''s
                  ours

                  deploykf_core: { deploykf_auth: { images: { dex: {
                  tag: 2.40 } } } }'
                     ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it
      `,
      { discover, codes: ['image-tag-type'] },
    ));

  it('gets missing overrides in its values string', () =>
    fix(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: 0.1.5
              - name: values
                string: "kubeflow_tools:\\n  katib:\\n    enabled: true\\n"
      `,
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: 0.1.5
              - name: values
                string: "kubeflow_tools:\\n  katib:\\n    enabled: true\\n    images:\\n      katibController:\\n        repository: r.example.com/katib/katib-controller\\n      katibDbManager:\\n        repository: r.example.com/katib/katib-db-manager\\n      katibUi:\\n        repository: r.example.com/katib/katib-ui\\n"
      `,
      {
        discover,
        codes: ['image-not-overridden'],
        registry: { rules: [{ source: 'docker.io/kubeflowkatib', target: 'r.example.com/katib' }] },
      },
    ));

  it('with its files makes a stack, the string on top', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { tag: 1.10 } , oauth2Proxy: { tag: 7.10 } } } }
                                                                                         ~ ^^^^ image-tag-type: YAML reads this tag as the number 7.1, deployKF pulls "oauth2-proxy:7.1": quote it
      ~ file: app.yaml
      kind: Application
      metadata: { name: prod }
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.4" }
              - { name: values_files, array: [./base.yaml, gone.yaml] }
                                                         ~ ^^^^^^^^^ stack-file-missing: Values file "gone.yaml" of stack prod does not exist: correct the path or create the file
              - name: values
                string: |
                  deploykf_core: { deploykf_auth: { images: { dex: { tag: v2 } } } }
      `,
      { discover, missing: ['gone.yaml'], codes: ['image-tag-type', 'stack-file-missing'] },
    ));

  it('is read as an item of a list', () =>
    check(
      `
      apiVersion: v1
      kind: List
      items:
        - apiVersion: v1
          kind: Namespace
          metadata: { name: deploykf }
        - apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: test }
          spec: { source: { plugin: { name: deploykf, parameters: [] } } }
                                          ~ ^^^^^^^^ stack-source: Neither source_version nor source_path is set: the plugin does not know which deployKF to generate
        - kind: Application
          metadata: { name: prod }
          spec:
            sources:
              - plugin:
                  name: deploykf
                  parameters:
                    - { name: source_version, string: "0.1.5" }
                    - name: values
                      string: |
                        deploykf_core: { deploykf_auth: { images: { dex: { tag: 2.40 } } } }
                                                                              ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it
        - kind: ApplicationSet
          spec: { template: { spec: { source: { plugin: { name: deploykf } } } } }
                                                              ~ ^^^^^^^^ stack-source: Neither source_version nor source_path is set: the plugin does not know which deployKF to generate
      `,
      { discover, codes: ['image-tag-type', 'stack-source'] },
    ));

  it('is fixed as an item of a list', () => {
    const list = (tag: string): string =>
      [
        'kind: List',
        'items:',
        '- kind: Application',
        '  spec:',
        '    source:',
        '      plugin:',
        '        name: deploykf',
        '        parameters:',
        '        - { name: source_version, string: "0.1.5" }',
        '        - name: values',
        '          string: |',
        `            deploykf_core: { deploykf_auth: { images: { dex: { tag: ${tag} } } } }`,
        '',
      ].join('\n');
    fix(list('2.40'), list('"2.40"'), { discover, codes: ['image-tag-type'] });
  });

  for (const [title, indent] of [
    ['on one line', undefined],
    ['over several lines', 2],
  ] as const)
    it(`is fixed as JSON ${title}`, () => {
      const json = (tag: string): string => {
        const parameters = [
          { name: 'source_version', string: '0.1.5' },
          {
            name: 'values',
            string: `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ${tag}\n`,
          },
        ];
        const spec = { source: { plugin: { name: 'deploykf', parameters } } };
        return `${JSON.stringify({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec }, null, indent)}\n`;
      };
      fix(json('2.40'), json('"2.40"'), { discover, codes: ['image-tag-type'] });
    });

  it('is the template of an ApplicationSet, too', () =>
    check(
      `
      kind: ApplicationSet
      spec: { template: { kind: Application, spec: { source: { plugin: { name: deploykf, parameters: [] } } } } }
                                                                             ~ ^^^^^^^^ stack-source: Neither source_version nor source_path is set: the plugin does not know which deployKF to generate
      `,
      { discover },
    ));

  it('must name one source of the generator', () =>
    check(
      `
      kind: Application
      spec: { source: { plugin: { name: deploykf, parameters: [] } } }
                                      ~ ^^^^^^^^ stack-source: Neither source_version nor source_path is set: the plugin does not know which deployKF to generate
      ---
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - { name: source_path, string: "./generator" }
                                           ~ ^^^^^^^^^^^^^ stack-source: Both source_version and source_path are set, but the plugin takes only one: remove the other
      ---
      kind: Application
      spec: { source: { plugin: { name: other } } }
      `,
      { discover },
    ));

  it('is told where more than ten files change their order', () =>
    check(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - { name: values_files, array: [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10] }
                                                                                    ~ ^^^ stack-order: The plugin reads this 11th file before "a2", the third: use at most ten files, or merge some
      `,
      { discover, codes: ['stack-order'] },
    ));

  it('says inside the string where it is no YAML', () =>
    check(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: |
                  deploykf_core:
                    deploykf_auth: [
                                 ~ ^ yaml-syntax: The "[" before this is not closed: a "]" is missing, or a line is not indented more than the key
                  kubeflow_tools: {}
      `,
      { discover, codes: ['yaml-syntax'] },
    ));

  it('says where a string in quotes cannot be read, which is the whole of its values', () =>
    check(
      `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: "# values\\n\\
                  \\deploykf_core: {}\\n\\
                ~ ^ yaml-syntax: Double quotes do not support this escape, write "\\\\" for a backslash or use single quotes
                  \\"
      ---
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: "deploykf_core: {}\\n\\
                      ~ ^^^^^^^^^^^^^^^^^^^^^ yaml-syntax: These values are not checked, the string cannot be read for certain: write them as a block after "string: |"

                  # more"
      `,
      { discover, codes: ['yaml-syntax'] },
    ));

  it('keeps working between template lines', () =>
    check(
      `
      {{- if .Values.deploykf }}
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata:
        name: \${NAME}
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - name: source_version
                string: "0.1.5"
              - name: values
                string: |
                  deploykf_core: { deploykf_auth: { images: { dex: { tag: 1.10 } } } }
                                                                        ~ ^^^^ image-tag-type: YAML reads this tag as the number 1.1, deployKF pulls "dex:1.1": quote it
      {{- end }}
      `,
      { discover, codes: ['image-tag-type', 'yaml-syntax'] },
    ));

  const templated = (tag: string): string => `
      kind: Application
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "{{ .release }}" }
              - name: values
                string: |
                  {{- if .katib }}
                  kubeflow_tools:
                    katib: { enabled: true }
                  {{- else }}
                  kubeflow_tools:
                    {{- toYaml .tools | nindent 20 }}
                  {{- end }}
                  deploykf_core:
                    deploykf_auth:
                      images:
                        dex:
                          tag: ${tag}
      `;
  const registry = { rules: [{ source: '*', target: 'r.example.com' }] };

  it('may have lines in its values string that a template fills in: what is absent may be there', () =>
    check(
      templated(
        '2.40\n                             ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
      ),
      { discover, registry },
    ));

  it('is fixed between such lines', () =>
    fix(templated('2.40'), templated('"2.40"'), { discover, registry }));
});
