import { check, fix } from '../../../support/fixture.ts';

const codes = ['image-tag-type'];

describe('image-tag-type', () => {
  it('says so once of what Istio completes bare names by', () => {
    const text = (tag: string): string => `
      deploykf_dependencies:
        istio:
          valuesOverrides:
            global: { tag: ${tag} }
            istio-daemon: { pilot: { image: pilot, tag: 1.18.2 } }
      `;
    check(
      `
      deploykf_dependencies:
        istio:
          valuesOverrides:
            global:
              tag: 1.10
                 ~ ^^^^ image-tag-type: YAML reads this part of a tag as the number 1.1, deployKF pulls "proxyv2:1.1": quote it
              proxy: { image: proxyv2 }
            istio-daemon: { pilot: { image: pilot } }
      `,
      { codes },
    );
    check(text('1.10'), { codes });
    const pilot = (tag: string): string => text('1.18.1').replace('1.18.2', tag);
    fix(pilot('1.10'), pilot('"1.10"'), { codes });
  });

  it('says what is pulled for a number', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              tag: 2.40
                 ~ ^^^^ image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it
      `,
      { codes },
    ));

  it('quotes a tag in a text of valuesOverrides where it is, and nothing else', () => {
    const inText = (written: string): string => `
      deploykf_core:
        deploykf_auth:
          valuesOverrides: ${written}
      `;
    fix(inText('"dex: {image: {tag: 2.40}}"'), inText(String.raw`"dex: {image: {tag: \"2.40\"}}"`), {
      codes,
    });
    fix(inText("'dex: {image: {tag: 2.40}}'"), inText(`'dex: {image: {tag: "2.40"}}'`), { codes });
    const block = (tag: string): string =>
      inText(`|
            # of dex, 2.40
            dex:
              image: { tag: ${tag} } # 1.10`);
    fix(block('2.40'), block('"2.40"'), { codes });
    const hosted = (tag: string): string => `
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata: { name: deploykf }
      spec:
        source:
          repoURL: https://github.com/deployKF/deployKF.git
          targetRevision: v0.1.5
          path: .
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: |
                  deploykf_core:
                    deploykf_auth:
                      valuesOverrides: |
                        dex:
                          image: { tag: ${tag} }
      `;
    fix(hosted('2.40'), hosted('"2.40"'), { codes, discover: true });
  });

  it('leaves alone a text of valuesOverrides that an alias brings to other charts', () => {
    const text = `
      deploykf_core:
        deploykf_auth: { valuesOverrides: &text "dex: {image: {tag: 2.40}}" }
      deploykf_opt:
        deploykf_minio: { valuesOverrides: *text }
      `;
    fix(text, text, { codes, title: /^Quote/ });
  });

  it('stays silent where the number is printed as it is written', () =>
    check(
      `
      deploykf_core: { deploykf_auth: { images: { dex: { tag: 240 }, kubectl: { tag: "1.10" } } } }
      `,
      { codes },
    ));

  it('quotes the tag and nothing else', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images: # of dex
            dex: { tag: 2024-05-10, pullPolicy: Always } # pinned
      `,
      `
      deploykf_core:
        deploykf_auth:
          images: # of dex
            dex: { tag: "2024-05-10", pullPolicy: Always } # pinned
      `,
      { codes },
    ));

  it('stays silent for a tag that is not rendered, however it is written', () =>
    check(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          images:
            notebookController: { tag: 1.80 }
      `,
      { codes },
    ));

  it('does not quote what is no tag, even in quotes', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              tag: .5
                 ~ ^^ image-tag-type: YAML reads this tag as the number 0.5, deployKF pulls "dex:0.5": write a tag in quotes, ".5" is not one
      `,
      { codes },
    ));
});
