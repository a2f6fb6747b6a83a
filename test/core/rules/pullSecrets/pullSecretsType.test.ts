import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['pull-secrets-type'];

describe('pull-secrets-type', () => {
  it('reports switches that count as false', () =>
    check(
      `
      ~ file: a.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: on # really
                     ~ ^^ pull-secrets-type: "enabled" is the string "on", which counts as false: write true
      `,
      { codes },
    ));

  it('reports numbers as a switch', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: 2
                     ~ ^ pull-secrets-type: "enabled" is the number 2, which counts as false: write true
      `,
      { codes },
    ));

  it('stays silent on switches that do what they say', () =>
    check(
      `
      ~ file: a.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "yes"
      `,
      { codes },
    ));

  it('stays silent on words that mean off', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "no"
      `,
      { codes },
    ));

  it('reports what Helm stops at', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: argocd, kube-system
                               ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-type: "excludeNamespaces" must be a list, not the string "argocd, kube-system": Helm stops with an error
              registryCredentials:
                - reg
                ~ ^^^ pull-secrets-type: An entry must be a map with "existingSecret", not the string "reg": Helm stops with an error
                - existingSecret: ok
                -
               ~ ^ pull-secrets-type: An entry must be a map with "existingSecret", not null: Helm stops with an error
                - [a]
                ~ ^^^ pull-secrets-type: An entry must be a map with "existingSecret", not a list: Helm stops with an error
      `,
      { codes },
    ));

  it('reports it as a warning while the policy is off', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: ~
                               ~ ^ pull-secrets-type: "excludeNamespaces" must be a list, not null: Helm stops with an error as soon as the policy is on
              registryCredentials: reg
                                 ~ ^^^ pull-secrets-type: "registryCredentials" must be a list, not the string "reg": Helm stops with an error as soon as the policy is on
      `,
      { codes },
    ));

  it('reports a map in place of a list', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: { a: 1 }
                               ~ ^^^^^^^^ pull-secrets-type: "excludeNamespaces" must be a list, not a map: Helm stops with an error
              registryCredentials:
                existingSecret: reg
              ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-type: "registryCredentials" must be a list, not a map: Helm stops with an error
      `,
      { codes },
    ));

  it('reports items and names that are no text', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [123, true, ~, argocd, 2024-05-10]
                                ~ ^^^ pull-secrets-type: A namespace must be a string, not the number 123: Kyverno refuses the policy
                                     ~ ^^^^ pull-secrets-type: A namespace must be a string, not true: Kyverno refuses the policy
                                           ~ ^ pull-secrets-type: A namespace must be a string, not null: Kyverno refuses the policy
                                                      ~ ^^^^^^^^^^ pull-secrets-type: A namespace must be a string, not a date: Kyverno refuses the policy
              registryCredentials:
                - existingSecret: 1.10
                                ~ ^^^^ pull-secrets-type: YAML reads this name as the number 1.1: quote it
                  existingSecretNamespace: 0x10
                                         ~ ^^^^ pull-secrets-type: YAML reads this name as the number 16: quote it
                - existingSecret: { name: a }
                                ~ ^^^^^^^^^^^ pull-secrets-type: A name must be a string, not a map
      `,
      { codes },
    ));

  it('reports a section that is no map', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: true
                            ~ ^^^^ pull-secrets-type: "imagePullSecrets" must be a map, not true: deployKF stops with an error
      `,
      { codes },
    ));

  it('reports the section around it', () =>
    check(
      `
      deploykf_dependencies: { kyverno: { clusterPolicies: [] } }
                                                         ~ ^^ pull-secrets-type: "clusterPolicies" must be a map, not a list: deployKF stops with an error
      `,
      { codes },
    ));

  it('stays silent on the right types, templates and lists that lose', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: argocd
              registryCredentials: reg
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "\${ON}"
              excludeNamespaces: {{ .list }}
              registryCredentials:
                - "{{ .entry }}"
                - { existingSecret: 12, existingSecretNamespace: "1.10" }
      `,
      { codes },
    ));

  it('leaves a null section to its own rule', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
      `,
      { codes },
    ));

  it('writes the truth value, lists and maps that are meant', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "on" # yes
              excludeNamespaces: "argocd, kube-system" # both
              registryCredentials: # ours
                - reg
                - "reg2" # two
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true # yes
              excludeNamespaces: [argocd, kube-system] # both
              registryCredentials: # ours
                - existingSecret: reg
                - existingSecret: reg2 # two
      `,
      { codes },
    ));

  it('makes a list of one map', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: # ours
                existingSecret: reg # a

                # b
                existingSecretNamespace: argocd
              enabled: true
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: # ours
                - existingSecret: reg # a

                  # b
                  existingSecretNamespace: argocd
              enabled: true
      `,
      { codes },
    ));

  it('makes flow lists', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: { existingSecret: reg }
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{ existingSecret: reg }]
      `,
      { codes },
    ));

  it('makes maps in flow lists, and a list of a text', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [reg, { existingSecret: b }]
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{existingSecret: reg}, { existingSecret: b }]
      `,
      { codes },
    ));

  it('leaves JSON as JSON', () =>
    fix(
      `
      {"deploykf_dependencies": {"kyverno": {"clusterPolicies": {"imagePullSecrets": {
        "excludeNamespaces": "argocd, kube-system", "registryCredentials": ["reg"]}}}}}
      `,
      `
      {"deploykf_dependencies": {"kyverno": {"clusterPolicies": {"imagePullSecrets": {
        "excludeNamespaces": ["argocd", "kube-system"], "registryCredentials": [{"existingSecret": "reg"}]}}}}}
      `,
      { codes },
    ));

  it('quotes numbers', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [0123, argocd]
              registryCredentials: [{ existingSecret: 1.10 }]
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: ["0123", argocd]
              registryCredentials: [{ existingSecret: "1.10" }]
      `,
      { codes },
    ));

  it('takes a null list away when asked', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: ~ # none
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes, title: /^Remove the key/ },
    ));

  it('tells what an alias or a merge key brings at its anchor, without a fix there', () => {
    const text = (use: string): string => `
      x: &p
        enabled: true
        excludeNamespaces: [argocd, kube-system, 5]
                                               ~ ^ pull-secrets-type: A namespace must be a string, not the number 5: Kyverno refuses the policy
        registryCredentials: [{ existingSecretNamespace: argocd }]
                            ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
      deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: ${use} } } }
      `;
    const options = { codes: [...codes, 'pull-secrets-name-missing'] };
    check(text('*p'), options);
    check(text('{ <<: *p }'), options);
    assert.deepEqual(fixTitles(text('*p'), options), []);
  });

  describe('of what charts are handed', () => {
    it('reports another form than the chart takes', () =>
      check(
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides:
              cert-manager: { global: { imagePullSecrets: [reg, { name: ok }, 5, ~] } }
                                                         ~ ^^^ pull-secrets-type: cert-manager.global.imagePullSecrets: an item must be a map with "name", not the string "reg": Kubernetes refuses what the chart makes of it
                                                                            ~ ^ pull-secrets-type: cert-manager.global.imagePullSecrets: an item must be a map with "name", not the number 5: Kubernetes refuses what the chart makes of it
              trust-manager: { imagePullSecrets: reg }
                                               ~ ^^^ pull-secrets-type: trust-manager.imagePullSecrets: must be a list of maps with "name", not the string "reg": Kubernetes refuses what the chart makes of it
          istio:
            valuesOverrides: { global: { imagePullSecrets: reg } }
                                                         ~ ^^^ pull-secrets-type: global.imagePullSecrets: must be a list of names, not the string "reg": Helm stops with an error
        deploykf_core:
          deploykf_auth:
            valuesOverrides:
              dex: { image: { pullSecret: [reg, other] } }
                                        ~ ^^^^^^^^^^^^ pull-secrets-type: dex.image.pullSecret: must be the name of one Secret, not a list: Kubernetes refuses what the chart makes of it
              oauth2Proxy: { image: { pullSecret: { name: reg } } }
                                                ~ ^^^^^^^^^^^^^ pull-secrets-type: oauth2Proxy.image.pullSecret: must be the name of one Secret, not a map: no Secret has the name that the chart makes of it
        `,
        { codes },
      ));

    it('reports it in a text too, and in releases without the policy', () =>
      check(
        `
        deploykf_dependencies:
          istio:
            valuesOverrides: "global: { imagePullSecrets: [{ name: reg }] }"
          ~ ^^^^^^^^^^^^^^^ pull-secrets-type: global.imagePullSecrets: an item must be the name of a Secret, not a map: no Secret has the name that the chart makes of it
        `,
        { codes, release: '0.1.0' },
      ));

    it('stays silent on the right form, what a parent replaces, what Helm skips, and templates', () =>
      check(
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides:
              global: { imagePullSecrets: [{ name: reg }] }
              cert-manager: { global: { imagePullSecrets: [reg] } }
              trust-manager: { imagePullSecrets: [] }
          istio:
            valuesOverrides: { global: { imagePullSecrets: [reg, "{{ x }}"] } }
          kyverno:
            valuesOverrides: { kyverno: { admissionController: { container: { imagePullSecrets: ~ } } } }
        deploykf_core:
          deploykf_auth:
            valuesOverrides: { dex: { image: { pullSecret: reg } } }
          deploykf_dashboard: { enabled: false, valuesOverrides: { kfamAPI: { image: { pullSecret: [reg] } } } }
        `,
        { codes },
      ));

    it('writes the form that the chart takes', () =>
      fix(
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides:
              cert-manager:
                global:
                  imagePullSecrets: # ours
                    - reg # one
                    - "two"
              trust-manager:
                imagePullSecrets:
                  name: reg # a
          istio:
            valuesOverrides:
              global:
                imagePullSecrets:
                  - name: reg # one
                  - { name: "two" }
          kyverno:
            valuesOverrides: { kyverno: { cleanupController: { imagePullSecrets: reg } } }
        deploykf_core:
          deploykf_auth:
            valuesOverrides:
              dex: { image: { pullSecret: [{ name: reg }] } }
              oauth2Proxy: { image: { pullSecret: { name: reg } } }
        `,
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides:
              cert-manager:
                global:
                  imagePullSecrets: # ours
                    - name: reg # one
                    - name: two
              trust-manager:
                imagePullSecrets:
                  - name: reg # a
          istio:
            valuesOverrides:
              global:
                imagePullSecrets:
                  - reg # one
                  - "two"
          kyverno:
            valuesOverrides: { kyverno: { cleanupController: { imagePullSecrets: [{name: reg}] } } }
        deploykf_core:
          deploykf_auth:
            valuesOverrides:
              dex: { image: { pullSecret: reg } }
              oauth2Proxy: { image: { pullSecret: reg } }
        `,
        { codes },
      ));

    it('reports names that no Secret can have', () =>
      check(
        `
        deploykf_core:
          deploykf_auth:
            valuesOverrides: { dex: { image: { pullSecret: Reg_1 } }, oauth2Proxy: { image: { pullSecret: "\${REG}" } } }
                                                         ~ ^^^^^ pull-secrets-type: dex.image.pullSecret: no Secret can be named "…": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
        deploykf_dependencies:
          istio:
            valuesOverrides: { global: { imagePullSecrets: [reg, Reg_2] } }
                                                               ~ ^^^^^ pull-secrets-type: global.imagePullSecrets: no Secret can be named "Reg_2": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
          kyverno:
            valuesOverrides: { kyverno: { reportsController: { imagePullSecrets: [{ name: Reg_3 }, { name: "" }] } } }
                                                                                ~ ^^^^^^^^^^^^^^^ pull-secrets-type: kyverno.reportsController.imagePullSecrets: no Secret can be named "Reg_3": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
        `,
        { codes },
      ));

    it('knows the charts of Istio that no image value belongs to', () => {
      check(
        `
        deploykf_core:
          deploykf_istio_gateway:
            valuesOverrides: { gateway: { imagePullSecrets: [reg] } }
                                                           ~ ^^^ pull-secrets-type: gateway.imagePullSecrets: an item must be a map with "name", not the string "reg": Kubernetes refuses what the chart makes of it
        deploykf_dependencies:
          istio:
            valuesOverrides: { istio-base: { global: { imagePullSecrets: reg } } }
                                                                       ~ ^^^ pull-secrets-type: istio-base.global.imagePullSecrets: must be a list of names, not the string "reg": Helm stops with an error
        `,
        { codes },
      );
      fix(
        `
        deploykf_core:
          deploykf_istio_gateway:
            valuesOverrides: { gateway: { imagePullSecrets: { name: reg } } }
        deploykf_dependencies:
          istio:
            valuesOverrides: { istio-base: { global: { imagePullSecrets: reg } } }
        `,
        `
        deploykf_core:
          deploykf_istio_gateway:
            valuesOverrides: { gateway: { imagePullSecrets: [{ name: reg }] } }
        deploykf_dependencies:
          istio:
            valuesOverrides: { istio-base: { global: { imagePullSecrets: [reg] } } }
        `,
        { codes },
      );
      check(
        `
        deploykf_core:
          deploykf_istio_gateway:
            valuesOverrides: "gateway: { imagePullSecrets: reg }"
          ~ ^^^^^^^^^^^^^^^ pull-secrets-type: gateway.imagePullSecrets: must be a list of maps with "name", not the string "reg": Kubernetes refuses what the chart makes of it
        deploykf_dependencies:
          istio:
            valuesOverrides: { global: { imagePullSecrets: [reg] }, istio-base: { global: { imagePullSecrets: [reg] } } }
        `,
        { codes },
      );
    });

    it('leaves what has more than one answer, or stands elsewhere', () =>
      assert.deepEqual(
        fixTitles(
          `
          x: &reg [reg]
          deploykf_dependencies:
            cert_manager: { valuesOverrides: { cert-manager: { global: { imagePullSecrets: *reg } } } }
            istio: { valuesOverrides: { global: { imagePullSecrets: [{ name: reg, key: b }] } } }
          deploykf_core: { deploykf_auth: { valuesOverrides: { dex: { image: { pullSecret: [a, b] } } } } }
          `,
          { codes },
        ),
        [],
      ));
  });
});
