import { check, fix } from '../../../support/fixture.ts';

const codes = ['value-type', 'value-null-section', 'value-refused', 'pull-secrets-type'];

describe('shapes that stop the generation', () => {
  it('are lists, texts and numbers in the place of sections', () =>
    check(
      `
      argocd: { source: x, destination: [a] }
                      ~ ^ value-type: "argocd.source" must be a map, not a string: generation fails
                         ~ ^^^^^^^^^^^ value-type: "argocd.destination" must be a map, not a list: generation fails
      deploykf_core:
        deploykf_auth: 5
                     ~ ^ value-type: "deploykf_core.deploykf_auth" must be a map, not a number: generation fails
        deploykf_dashboard:
          images:
        ~ ^^^^^^ value-type: "deploykf_core.deploykf_dashboard.images" must be a map, not a list: generation fails
            - a
          navigation: true
                    ~ ^^^^ value-type: "deploykf_core.deploykf_dashboard.navigation" must be a map, not true: generation fails
      deploykf_dependencies:
        istio:
          charts:
            istioBase: 1.17.3
                     ~ ^^^^^^ value-type: "deploykf_dependencies.istio.charts.istioBase" must be a map, not a string: generation fails
          defaultImageVariant: [a]
        ~ ^^^^^^^^^^^^^^^^^^^ value-type: "deploykf_dependencies.istio.defaultImageVariant" must be a string, not a list
      kubeflow_tools:
        notebooks:
          spawnerFormDefaults: ~
        ~ ^^^^^^^^^^^^^^^^^^^ value-null-section: "kubeflow_tools.notebooks.spawnerFormDefaults" is null, which removes all its defaults; write {} or remove the key
      `,
      { codes },
    ));

  it('are not those of a component that is off', () =>
    check(
      `
      kubeflow_tools:
        katib:
          enabled: false
          images: [a]
        ~ ^^^^^^ value-type: "kubeflow_tools.katib.images" must be a map, not a list
          mysql:
        ~ ^^^^^ value-null-section: "kubeflow_tools.katib.mysql" is null, which removes all its defaults; write {} or remove the key
        volumes:
          enabled: false
          extraManifests: a
                        ~ ^ value-type: "kubeflow_tools.volumes.extraManifests" must be a list, not a string
      `,
      { codes },
    ));

  it('count in a file alone, where another may switch the component on', () =>
    check(
      `
      kubeflow_tools:
        katib:
          images: [a]
        ~ ^^^^^^ value-type: "kubeflow_tools.katib.images" must be a map, not a list: generation fails where Katib is on
          mysql:
        ~ ^^^^^ value-null-section: "kubeflow_tools.katib.mysql" is null, which removes all its defaults: generation fails where Katib is on; write {} or remove the key
      `,
      { codes, discover: true },
    ));

  it('are images of another form', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: registry.example.com/dex:v1
               ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_auth.images.dex" must be a map of repository and tag, not a string: generation fails
            kubectl: [a]
          ~ ^^^^^^^ value-type: "deploykf_core.deploykf_auth.images.kubectl" must be a map of repository and tag, not a list: generation fails
            oauth2Proxy:
              repository: { a: b }
            ~ ^^^^^^^^^^ value-type: "deploykf_core.deploykf_auth.images.oauth2Proxy.repository" must be a string, not a map: no valid image is deployed
              tag: [v1]
            ~ ^^^ value-type: "deploykf_core.deploykf_auth.images.oauth2Proxy.tag" must be a string, not a list: no valid image is deployed
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              value: { repository: a, tag: b }
            ~ ^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.value" must be one string, repository:tag, not a map: no valid image is deployed
              options: registry.example.com/jupyter:v1
                     ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options" must be a list of images, not a string: no valid list is deployed
            imageGroupOne:
              options: { a: b }
            ~ ^^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.imageGroupOne.options" must be a list of images, not a map: no valid list is deployed
      `,
      { codes },
    ));

  it('are entries of the lists that users choose a notebook image from', () =>
    check(
      `
      x-images:
        - &number 5
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              value: 5
                   ~ ^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.value" must be one string, repository:tag, not a number: the notebook spawner fails
              options:
                - 5
                ~ ^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[0]" must be one string, repository:tag, not a number: the notebook spawner fails
                - { repository: a/b, tag: v1 }
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[1]" must be one string, repository:tag, not a map: the notebook spawner fails
                - repository: a/b
                ~ ^^^^^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[2]" must be one string, repository:tag, not a map: the notebook spawner fails
                  tag: v1
                -
               ~ ^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[3]" must be one string, repository:tag, not null: the notebook spawner fails
                - [x]
                ~ ^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[4]" must be one string, repository:tag, not a list: the notebook spawner fails
                - *number
                ~ ^^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[5]" must be one string, repository:tag, not a number: the notebook spawner fails
                - a/b:v1 # fine
                - {{ .Values.image }}
                - \${IMAGE}
            imageGroupOne: a/b:v1
                         ~ ^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.imageGroupOne" must be a map, not a string: the notebook spawner offers none of its images
            imageGroupTwo: { value: ~, options: [true] }
                                               ~ ^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.imageGroupTwo.options[0]" must be one string, repository:tag, not true: the notebook spawner fails
      `,
      { codes },
    ));

  it('are such entries only where notebooks are on', () =>
    check(
      `
      kubeflow_tools:
        notebooks:
          enabled: false
          spawnerFormDefaults:
            image: { value: 5, options: [5] }
            imageGroupOne: a/b:v1
                         ~ ^^^^^^ value-type: "kubeflow_tools.notebooks.spawnerFormDefaults.imageGroupOne" must be a map, not a string
      `,
      { codes },
    ));

  it('are a map for the one string of an item', () =>
    fix(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              options: [{ repository: a/b, tag: v1 }, a/c:v1] # two
      `,
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              options: [a/b:v1, a/c:v1] # two
      `,
      { codes, title: /Write/ },
    ));

  it('are items of lists', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          extraManifests:
            - kind: Secret
            ~ ^^^^ value-type: "deploykf_core.deploykf_auth.extraManifests[0]" must be a string, not a map: generation fails
            - |
              kind: Secret
            - ~
            ~ ^ value-type: "deploykf_core.deploykf_auth.extraManifests[2]" must be a string, not null: generation fails
        deploykf_dashboard:
          extraManifests:
        ~ ^^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_dashboard.extraManifests" must be a list, not a map: generation fails
            kind: Secret
            metadata: { name: a }
          navigation:
            externalLinks:
              - url: https://example.com
              ~ ^^^ value-type: "deploykf_core.deploykf_dashboard.navigation.externalLinks[0].icon" is missing: generation fails
                text: a
              - { url: a, text: b, icon: c }
        deploykf_profiles_generator:
          users:
            - a@example.com
            ~ ^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_profiles_generator.users[0]" must be a map, not a string: generation fails
            - id: a
            ~ ^^ value-refused: "deploykf_core.deploykf_profiles_generator.users[1]": elements of "users" must have non-empty "email": generation fails
            - email: a@example.com
            ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.users[2]": elements of "users" must have non-empty "id": generation fails
            - ~
            ~ ^ value-type: "deploykf_core.deploykf_profiles_generator.users[3]" must be a map, not null: generation fails
          groups:
            - { id: g, users: [a] }
            - users: [a]
            ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[1]": elements of "groups" must have non-empty "id": generation fails
          profiles:
            - ownerEmail: a@example.com
            ~ ^^^^^^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[0]": elements of "profiles" must have non-empty "name": generation fails
            - name: team-1
              members:
                - a
                ~ ^ value-type: "deploykf_core.deploykf_profiles_generator.profiles[1].members[0]" must be a map, not a string: generation fails
                - user: a
                ~ ^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[1].members[1]": elements of "profiles.members" may set EITHER "user" or "group": generation fails
                  group: g
                - access: { role: view }
                ~ ^^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.profiles[1].members[2]": elements of "profiles.members" must set "user" OR "group": generation fails
                - group: g
                  access: edit
                        ~ ^^^^ value-type: "deploykf_core.deploykf_profiles_generator.profiles[1].members[3].access" must be a map, not a string: generation fails
      kubeflow_tools:
        volumes:
          enabled: true
          extraManifests:
            - just a text
            ~ ^^^^^^^^^^^ value-type: "kubeflow_tools.volumes.extraManifests[0]" must be YAML of an object: generation fails
            - "{{< .Values.x >}}"
      `,
      { codes },
    ));

  it('are users, groups and profiles that are no lists', () =>
    check(
      `
      deploykf_core:
        deploykf_profiles_generator:
          users: admin
               ~ ^^^^^ value-type: "deploykf_core.deploykf_profiles_generator.users" must be a list, not a string: generation fails
          groups: 1
                ~ ^ value-type: "deploykf_core.deploykf_profiles_generator.groups" must be a list, not a number: generation fails
          profiles: { a: { name: a } }
        ~ ^^^^^^^^ value-type: "deploykf_core.deploykf_profiles_generator.profiles" must be a list, not a map
      `,
      { codes },
    ));

  it('are valuesOverrides that are neither a section nor a text with one', () =>
    check(
      `
      deploykf_core:
        deploykf_auth: { valuesOverrides: [a] }
                       ~ ^^^^^^^^^^^^^^^ value-refused: "deploykf_core.deploykf_auth.valuesOverrides" must be string or map: generation fails
        deploykf_dashboard: { valuesOverrides: just a text }
                                             ~ ^^^^^^^^^^^ value-type: "deploykf_core.deploykf_dashboard.valuesOverrides" must be a map, or a text with one: generation fails
        deploykf_istio_gateway:
          valuesOverrides: |
            gateway: { a: 1 }
      deploykf_dependencies:
        istio:
          valuesOverrides: 5
                         ~ ^ value-refused: "deploykf_dependencies.istio.valuesOverrides" must be string or map: generation fails
        kyverno:
          valuesOverrides: |
            {{< if .Values.x >}}
            - a
            {{< end >}}
      `,
      { codes },
    ));

  it('are switches of components that others need', () =>
    check(
      `
      deploykf_core:
        deploykf_auth: { enabled: }
                       ~ ^^^^^^^ value-refused: "deploykf_core.deploykf_auth.enabled" must be true, 'deploykf-auth' is a required component: generation fails
        deploykf_dashboard: { enabled: false }
                                     ~ ^^^^^ value-refused: "deploykf_core.deploykf_dashboard.enabled" must be true, 'deploykf-dashboard' is a required component: generation fails
      kubeflow_tools:
        katib: { enabled: no }
                        ~ ^^ value-refused: "deploykf_opt.deploykf_mysql.enabled" must be true if "kubeflow_tools.katib.mysql.useExternal" is false: generation fails
                        ~ ^^ value-type: "no" is a string to deployKF, which counts as true here: write false
        pipelines: { enabled: "off" }
                            ~ ^^^^^ value-refused: "kubeflow_dependencies.kubeflow_argo_workflows.enabled" must be true if "kubeflow_tools.pipelines.enabled" is true, you can't currently bring your own argo-workflows: generation fails
                            ~ ^^^^^ value-refused: "deploykf_opt.deploykf_minio.enabled" must be true if "kubeflow_tools.pipelines.objectStore.useExternal" is false: generation fails
                            ~ ^^^^^ value-refused: "deploykf_opt.deploykf_mysql.enabled" must be true if "kubeflow_tools.pipelines.mysql.useExternal" is false: generation fails
                            ~ ^^^^^ value-type: "off" is a string to deployKF, which counts as true here: write false
      `,
      { codes },
    ));

  it('are texts that are compared, and what is no text', () =>
    check(
      `
      argocd:
        destination: { name: 5 }
                           ~ ^ value-type: "argocd.destination.name" must be a string, not a number: generation fails
      deploykf_dependencies:
        cert_manager:
          clusterIssuer: { type: true }
                               ~ ^^^^ value-type: "deploykf_dependencies.cert_manager.clusterIssuer.type" must be a string, not true: generation fails
      `,
      { codes },
    ));

  it('are not aliases and templates, nor what a stronger layer replaces', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core:
        deploykf_auth: { images: x }
        deploykf_dashboard: { enabled: "\${DASHBOARD}" }
        deploykf_istio_gateway: { enabled: false }
      ~ file: prod.yaml
      deploykf_core:
        deploykf_auth: { images: {} }
        deploykf_istio_gateway: { enabled: true }
      `,
      { codes },
    ));

  it('show nothing of a value that may be a credential', () =>
    check(
      `
      deploykf_core:
        deploykf_auth: ghp_0123456789012345678901234567890123456
                     ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_auth" must be a map, not a string: generation fails
        deploykf_profiles_generator:
          users: ["ghp_0123456789012345678901234567890123456"]
        ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[0].users[0]" names none of "deploykf_core.deploykf_profiles_generator.users" by its "id": generation fails
        ~ ^^^^^ value-refused: "deploykf_core.deploykf_profiles_generator.groups[0].users[1]" names none of "deploykf_core.deploykf_profiles_generator.users" by its "id": generation fails
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_profiles_generator.users[0]" must be a map, not a string: generation fails
      `,
      { codes },
    ));

  it('are mended where one answer is right', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images: { dex: registry.example.com/dex:v1, kubectl: registry.example.com/kubectl } # ours
          extraManifests: |
            kind: Secret

            metadata:
              name: a
        deploykf_dashboard:
          extraManifests:
            - kind: Secret # one
              metadata:
                name: a
            # two
            - |
              kind: Secret
      kubeflow_tools:
        notebooks:
          spawnerFormDefaults:
            image:
              options: "registry.example.com/jupyter:v1"
      `,
      `
      deploykf_core:
        deploykf_auth:
          images: { dex: {repository: registry.example.com/dex, tag: v1}, kubectl: {repository: registry.example.com/kubectl} } # ours
          extraManifests:
            - |
              kind: Secret

              metadata:
                name: a
        deploykf_dashboard:
          extraManifests:
            - |
              kind: Secret # one
              metadata:
                name: a
            # two
            - |
              kind: Secret
      kubeflow_tools:
        notebooks:
          spawnerFormDefaults:
            image:
              options: [registry.example.com/jupyter:v1]
      `,
      { codes },
    ));

  it('keep what cannot be a text of its own', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          extraManifests:
            - kind: &kind Secret
            - { kind: Secret }
            - kind: "{{ .x }}"
      `,
      `
      deploykf_core:
        deploykf_auth:
          extraManifests:
            - kind: &kind Secret
            - { kind: Secret }
            - kind: "{{ .x }}"
      `,
      { codes },
    ));
});
