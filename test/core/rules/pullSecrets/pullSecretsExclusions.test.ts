import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-exclusions'];

describe('pull-secrets-exclusions', () => {
  it('reports a list without those of the default', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [monitoring]
            ~ ^^^^^^^^^^^^^^^^^ pull-secrets-exclusions: This list replaces the default one: "argocd" and "kube-system" are no longer excluded
      `,
      { codes },
    ));

  it('reports an empty list', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: []
            ~ ^^^^^^^^^^^^^^^^^ pull-secrets-exclusions: This list replaces the default one: "argocd" and "kube-system" are no longer excluded
      `,
      { codes },
    ));

  it('knows where Argo CD runs', () =>
    check(
      `
      argocd: { namespace: gitops }
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces:
            ~ ^^^^^^^^^^^^^^^^^ pull-secrets-exclusions: This list replaces the default one: "gitops" and "kube-system" are no longer excluded
                - argocd
      `,
      { codes },
    ));

  it('only hints at kube-system', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: ["argo*"]
            ~ ^^^^^^^^^^^^^^^^^ pull-secrets-exclusions: This list replaces the default one and lacks "kube-system", which Kyverno ignores anyway
      `,
      { codes },
    ));

  it('stays silent where patterns cover both', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: ["kube-*", "?rgocd"]
      `,
      { codes },
    ));

  it('stays silent on the default, and where a template may say it', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: ["{{ .ns }}", monitoring]
      `,
      { codes },
    ));

  it('adds what is missing', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: # ours
                - monitoring # no
                - "kube-*"
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: # ours
                - monitoring # no
                - "kube-*"
                - argocd
      `,
      { codes, title: /^Add/ },
    ));

  it('adds to a flow list', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [] # none
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-system] # none
      `,
      { codes, title: /^Add/ },
    ));
});
