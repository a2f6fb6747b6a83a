import { check, fix } from '../../../support/fixture.ts';

const codes = ['value-refused'];

describe('value-refused', () => {
  it('refuses overrides of a wrong kind in a file alone, too', () =>
    check(
      `
      deploykf_core:
        deploykf_auth: { valuesOverrides: true }
                                        ~ ^^^^ value-refused: "deploykf_core.deploykf_auth.valuesOverrides" must be string or map: generation fails
        deploykf_dashboard: { valuesOverrides: [] }
      deploykf_dependencies:
        istio: { valuesOverrides: [a] }
               ~ ^^^^^^^^^^^^^^^ value-refused: "deploykf_dependencies.istio.valuesOverrides" must be string or map: generation fails
        kyverno: { enabled: false, valuesOverrides: 5 }
        cert_manager: { valuesOverrides: 0 }
      `,
      { codes, discover: true },
    ));

  it('says what the templates of deployKF refuse', () =>
    check(
      `
      argocd:
        appNamePrefix: team-
                     ~ ^^^^^ value-refused: "argocd.destination.server" can not be 'https://kubernetes.default.svc' if "argocd.appNamePrefix" is set, a single cluster can only have one instance of deployKF: generation fails
        source:
          repo: { url: https://example.com/a.git }
        ~ ^^^^ value-refused: "argocd.source.repo.revision" must be set: generation fails
      deploykf_core:
        deploykf_auth:
          dex:
            clients:
              argoServer:
                clientSecret: { generateSecret: true, existingSecret: "" }
                                                                    ~ ^^ value-refused: "deploykf_core.deploykf_auth.dex.clients.argoServer.clientSecret.existingSecret" must be non-empty if "deploykf_core.deploykf_auth.dex.clients.argoServer.clientSecret.generateSecret" is true: generation fails
        deploykf_istio_gateway:
          enabled: false
                 ~ ^^^^^ value-refused: "deploykf_core.deploykf_istio_gateway.enabled" must be true, 'deploykf-istio-gateway' is a required component: generation fails
          gateway:
            tls: { clientsUseHttps: false }
                                  ~ ^^^^^ value-refused: "deploykf_core.deploykf_istio_gateway.gateway.tls.clientsUseHttps" must be true if "deploykf_core.deploykf_istio_gateway.gateway.tls.redirect" is true: generation fails
      kubeflow_tools:
        pipelines:
          enabled: true
                 ~ ^^^^ value-refused: "kubeflow_dependencies.kubeflow_argo_workflows.enabled" must be true if "kubeflow_tools.pipelines.enabled" is true, you can't currently bring your own argo-workflows: generation fails
                 ~ ^^^^ value-refused: "deploykf_opt.deploykf_minio.enabled" must be true if "kubeflow_tools.pipelines.objectStore.useExternal" is false: generation fails
                 ~ ^^^^ value-refused: "deploykf_opt.deploykf_mysql.enabled" must be true if "kubeflow_tools.pipelines.mysql.useExternal" is false: generation fails
          objectStore: { auth: { fromEnv: true } }
                                        ~ ^^^^ value-refused: "kubeflow_tools.pipelines.objectStore.auth.fromEnv" must be false if "kubeflow_tools.pipelines.objectStore.useExternal" is false: generation fails
          kfpV2: { defaultPipelineRoot: s3://bucket }
                                      ~ ^^^^^^^^^^^ value-refused: "kubeflow_tools.pipelines.kfpV2.defaultPipelineRoot" must be left as the default if "kubeflow_tools.pipelines.objectStore.useExternal" is false: generation fails
      `,
      { codes },
    ));

  it('is silent where everything is as needed', () =>
    check(
      `
      argocd:
        destination: { name: other }
        appNamePrefix: team-
      deploykf_opt:
        deploykf_mysql: { enabled: true }
      kubeflow_tools:
        katib: { enabled: true }
      `,
      { codes },
    ));

  it('takes what a file alone lacks to be in another', () =>
    check(
      `
      kubeflow_tools:
        katib: { enabled: true }
      deploykf_core:
        deploykf_auth: { enabled: false }
                                ~ ^^^^^ value-refused: "deploykf_core.deploykf_auth.enabled" must be true, 'deploykf-auth' is a required component: generation fails
      `,
      { codes, discover: true },
    ));

  it('knows that the ArgoCD plugin needs no repository', () =>
    check(
      `
      argocd:
        source:
          repo: { url: "", revision: "", path: "" }
      `,
      { codes },
    ));

  it('knows users, groups and members who do not fit together', () =>
    check(
      `
      deploykf_core:
        deploykf_profiles_generator:
          users:
            - { id: one, email: one@example.com }
            - { id: one, email: two@example.com }
                  ~ ^^^ value-refused: "deploykf_core.deploykf_profiles_generator.users[1].id" is the same as "deploykf_core.deploykf_profiles_generator.users[0].id": generation fails
            - id: three
              email: &mail one@example.com
                         ~ ^^^^^^^^^^^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.users[2].email" is the same as "deploykf_core.deploykf_profiles_generator.users[0].email": generation fails
            - { id: "\${USER}", email: *mail }
                             ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.users[3].email" is the same as "deploykf_core.deploykf_profiles_generator.users[0].email": generation fails
          groups:
            - { id: g, users: [one, "\${USER}"] }
            - { id: g, users: [3] }
                  ~ ^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[1].id" is the same as "deploykf_core.deploykf_profiles_generator.groups[0].id": generation fails
          profiles:
            - name: team-1
              members:
                - { group: other, access: { role: admin, notebooksAccess: "yes" } }
                         ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[0].members[0].group" names none of "deploykf_core.deploykf_profiles_generator.groups" by its "id": generation fails
                                                ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[0].members[0].access.role" must be view or edit: generation fails
                                                                        ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[0].members[0].access.notebooksAccess" must be true or false: generation fails
                - { group: g, access: { role: edit, notebooksAccess: true } }
            - name: team-1
                  ~ ^^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[1].name" is the same as "deploykf_core.deploykf_profiles_generator.profiles[0].name": generation fails
      `,
      { codes },
    ));

  it('knows that the groups of the defaults name their users', () =>
    check(
      `
      deploykf_core:
        deploykf_profiles_generator:
          users:
        ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[0].users[0]" names none of "deploykf_core.deploykf_profiles_generator.users" by its "id": generation fails
        ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[0].users[1]" names none of "deploykf_core.deploykf_profiles_generator.users" by its "id": generation fails
            - { id: one, email: one@example.com }
          profiles: []
      `,
      { codes },
    ));

  it('does not look for users of a file alone elsewhere', () =>
    check(
      `
      deploykf_core:
        deploykf_profiles_generator:
          groups:
            - { id: g, users: [unknown] }
      `,
      { codes, discover: true },
    ));

  it('is silent in a file that does not parse', () =>
    check(
      `
      deploykf_core:
        deploykf_auth: { enabled: false
      `,
      { codes },
    ));

  it('writes true where nothing else is possible', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          enabled: false # for now
      `,
      `
      deploykf_core:
        deploykf_auth:
          enabled: true # for now
      `,
      { codes, title: /Write true/ },
    ));
});
