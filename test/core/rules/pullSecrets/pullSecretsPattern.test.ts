import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-pattern'];

describe('pull-secrets-pattern', () => {
  it('reports syntax that Kyverno does not have', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces:
                - argocd
                - kube-system
                - "!kubeflow"
                ~ ^^^^^^^^^^^ pull-secrets-pattern: "!kubeflow" excludes nothing: Kyverno supports only "*" and "?", and no namespace has "!" in its name
                - "team-[12]"
                ~ ^^^^^^^^^^^ pull-secrets-pattern: "team-[12]" excludes nothing: Kyverno supports only "*" and "?", and no namespace has "[" and "]" in its name
                - "a,b"
                ~ ^^^^^ pull-secrets-pattern: "a,b" excludes nothing: Kyverno supports only "*" and "?", and no namespace has "," in its name
                - "{a,b}*"
                ~ ^^^^^^^^ pull-secrets-pattern: "{a,b}*" excludes nothing: Kyverno supports only "*" and "?", and no namespace has "{" and "," and "}" in its name
                - "kube\\\\-*"
                ~ ^^^^^^^^^^ pull-secrets-pattern: "kube\\\\-*" excludes nothing: Kyverno supports only "*" and "?", and no namespace has "\\" in its name
                - ""
                ~ ^^ pull-secrets-pattern: An empty pattern excludes nothing
      `,
      { codes },
    ));

  it('reports a question mark that is less than it seems', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, "kube-*", "team-?", "kubeflow?", "istio?system", "x?"]
                                                  ~ ^^^^^^^^ pull-secrets-pattern: "?" is exactly one character: "team-?" matches team-1, not team-1-prod
                                                            ~ ^^^^^^^^^^^ pull-secrets-pattern: "?" is exactly one character: "kubeflow?" matches no namespace of deployKF, so not kubeflow, kubeflow-argo-workflows
                                                                                         ~ ^^^^ pull-secrets-pattern: "x?" matches no namespace of deployKF, such as argocd, kube-system, kube-public, kube-node-lease, cert-manager and 11 more
      `,
      { codes },
    ));

  it('reports a pattern that excludes everything', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces:
                - "*"
                ~ ^^^ pull-secrets-pattern: "*" excludes every namespace, so no Pod gets the secrets: it matches argocd, cert-manager, istio-system, deploykf-auth, deploykf-dashboard and 7 more
                - "**"
                ~ ^^^^ pull-secrets-pattern: "**" excludes every namespace, so no Pod gets the secrets: it matches argocd, cert-manager, istio-system, deploykf-auth, deploykf-dashboard and 7 more
                - "?*"
                ~ ^^^^ pull-secrets-pattern: "?*" excludes every namespace, so no Pod gets the secrets: it matches argocd, cert-manager, istio-system, deploykf-auth, deploykf-dashboard and 7 more
      `,
      { codes },
    ));

  it('reports near misses of names', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-sytem, istio-systems, deploykf-mnio, team-2, monitoring, argo]
                                        ~ ^^^^^^^^^^ pull-secrets-pattern: There is no namespace "kube-sytem" in deployKF, did you mean "kube-system"?
                                                                   ~ ^^^^^^^^^^^^^ pull-secrets-pattern: There is no namespace "deploykf-mnio" in deployKF, did you mean "deploykf-minio"?
      `,
      { codes },
    ));

  it('hints at a pattern that hits nothing of deployKF', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-system, "cattle-*"]
                                                     ~ ^^^^^^^^^^ pull-secrets-pattern: "cattle-*" matches no namespace of deployKF, such as cert-manager, argocd, kube-system, kube-public, kube-node-lease and 11 more
      `,
      { codes },
    ));

  it('stays silent on names of other namespaces, patterns with hits, templates and illegal names', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-system, default, "deploykf-*", "*-system", "\${NS}", "{{ .ns }}", Kube-Sytem, team-?-prod]
      `,
      { codes },
    ));

  it('follows the names in the values', () =>
    check(
      `
      deploykf_core: { deploykf_profiles_generator: { profiles: [{ name: a1 }, { name: a2 }, { name: b }] } }
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-system, "a?", "team-?"]
                                                           ~ ^^^^^^^^ pull-secrets-pattern: "team-?" matches no namespace of deployKF, such as argocd, kube-system, kube-public, kube-node-lease, cert-manager and 12 more
      `,
      { codes },
    ));

  it('writes the near name and removes what is empty', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces:
                - argocd
                - 'kube-sytem' # system
                - ""
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces:
                - argocd
                - 'kube-system' # system
      `,
      { codes, title: /^(Write|Remove)/ },
    ));
});
