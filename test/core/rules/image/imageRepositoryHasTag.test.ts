import assert from 'node:assert/strict';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';

const codes = ['image-repository-has-tag'];
const digest = `sha256:${'0'.repeat(64)}`;

describe('image-repository-has-tag', () => {
  it('says what is rendered, and marks tag or digest', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: registry.local/dex:v1, tag: v2 }
                                               ~ ^^^ image-repository-has-tag: The repository contains a tag, so the image "registry.local/dex:v1:v2" is not valid: move it to the tag
            oauth2Proxy: { repository: "registry.local:5000/proxy@sha256:00" }
                                                               ~ ^^^^^^^^^^ image-repository-has-tag: The repository contains a digest, so the image "registry.local:5000/proxy@sha256:00:v7.6.0" is not valid: move it after the tag
            kubectl: { repository: 'registry.local/kubectl:' }
                                                        ~ ^ image-repository-has-tag: The repository ends in ":", so the image "registry.local/kubectl::1.26.15-debian-12-r4" is not valid: remove it
        deploykf_dashboard:
          images:
            dashboard:
              repository: >-
                        ~ ^^ image-repository-has-tag: The repository contains a tag and a digest, so the image "registry.local/dashboard:1@sha256:00:0.1.1" is not valid: move them to the tag
                registry.local/dashboard:1@sha256:00
      `,
      { codes },
    ));

  it('stays silent for a digest in two parts, which are one reference', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: registry.local/dex@sha256, tag: "${'0'.repeat(64)}" }
      `,
      { codes },
    ));

  it('stays silent for ports, templates, whole images and what does not win', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { repository: "a/b:1" } } } }
      ~ file: prod.yaml
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: "localhost:5000/dex" }
            oauth2Proxy: { repository: "{{ repo }}:v1" }
            kubectl: { repository: "\${REPO:-a}/b" }
      kubeflow_tools: { pipelines: { cache: { image: "a/b:1" } } }
      `,
      { codes },
    ));

  it('moves the tag to its own key', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              repository: "registry.local/dex:2.40" # ours
              pullPolicy: Always
            oauth2Proxy: { repository: registry.local/proxy:v7, tag: ~ }
            kubectl: { repository: registry.local/kubectl:v1, tag: v1 }
      `,
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              repository: "registry.local/dex" # ours
              pullPolicy: Always
              tag: "2.40"
            oauth2Proxy: { repository: registry.local/proxy, tag: v7 }
            kubectl: { repository: registry.local/kubectl, tag: v1 }
      `,
      { codes },
    ));

  it('sets the tag in the layer that has the last word about it', () =>
    fix(
      `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { repository: "registry.local/dex:v1" } } } }
      ~ file: prod.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { tag: } } } }
      `,
      `
      deploykf_core: { deploykf_auth: { images: { dex: { tag: v1 } } } }
      `,
      { codes },
    ));

  it('lets choose between two tags', () => {
    const before = `
      deploykf_core: { deploykf_auth: { images: { dex: { repository: "registry.local/dex:v1", tag: v2 } } } }
    `;
    assert.deepEqual(fixTitles(before, { codes }), ['Keep the tag v1', 'Keep the tag v2']);
    fix(
      before,
      `
      deploykf_core: { deploykf_auth: { images: { dex: { repository: "registry.local/dex", tag: v1 } } } }
    `,
      { codes, title: /v1$/ },
    );
    fix(
      before,
      `
      deploykf_core: { deploykf_auth: { images: { dex: { repository: "registry.local/dex", tag: v2 } } } }
    `,
      { codes, title: /v2$/ },
    );
  });

  it('neither keeps nor copies a tag that YAML does not read as it is written', () => {
    const titles = (repository: string): readonly string[] =>
      fixTitles(
        `deploykf_core: { deploykf_auth: { images: { dex: { repository: "${repository}", tag: 2.10 } } } }`,
        { codes },
      );
    assert.deepEqual(titles('registry.local/dex:2.1'), ['Keep the tag 2.1']);
    assert.deepEqual(titles('registry.local/dex:v1'), ['Keep the tag v1']);
    assert.deepEqual(titles(`registry.local/dex@${digest}`), []);
  });

  it('puts a digest behind the tag', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              repository: registry.local/dex@${digest}
      `,
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              repository: registry.local/dex
              tag: v2.39.1@${digest}
      `,
      { codes, title: /digest/ },
    ));

  it('writes one tag and one digest of a values file the one way there is', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: "registry.local/dex:v2@${digest}", tag: ~ }
            oauth2Proxy: { repository: "registry.local/proxy:v7@${digest}" }
            kubectl: { repository: "registry.local/kubectl@${digest}", tag: v1 }
        deploykf_dashboard:
          images:
            dashboard: { repository: "registry.local/dashboard:1@${digest}", tag: "1" }
            kfamApi: { repository: "registry.local/kfam:1@${digest}", tag: "1@${digest}" }
      `,
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: "registry.local/dex", tag: v2@${digest} }
            oauth2Proxy: { repository: "registry.local/proxy",
              tag: v7@${digest} }
            kubectl: { repository: "registry.local/kubectl", tag: v1@${digest} }
        deploykf_dashboard:
          images:
            dashboard: { repository: "registry.local/dashboard", tag: "1@${digest}" }
            kfamApi: { repository: "registry.local/kfam", tag: "1@${digest}" }
      `,
      { codes },
    ));

  it('lets choose where tags or digests differ, or nobody wrote a tag', () => {
    const titles = (repository: string, tag: string): readonly string[] =>
      fixTitles(
        `deploykf_core: { deploykf_auth: { images: { dex: { repository: "${repository}", tag: ${tag} } } } }`,
        { codes },
      );
    const other = `sha256:${'1'.repeat(64)}`;
    assert.deepEqual(titles(`a/dex:v1@${digest}`, 'v2'), [`Keep the tag v1@${digest}`, 'Keep the tag v2']);
    assert.deepEqual(titles(`a/dex@${digest}`, `v2@${other}`), [
      `Keep the tag v2@${digest}`,
      `Keep the tag v2@${other}`,
    ]);
    assert.deepEqual(titles(`a/dex@${digest}`, '~'), []);
    const message = messages(
      `deploykf_core: { deploykf_auth: { images: { dex: { repository: "a/dex@${digest}", tag: ~ } } } }`,
      { codes },
    );
    assert.match(message.join(), /is not valid: set the tag, with the digest after it$/);
  });

  it('gives no other image the digest of this one', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno:
              repository: registry.local/kyverno:v1.10.0@${digest}
              tag: ~
            kyvernoInit:
              repository: registry.local/kyvernopre
              tag: ~
      `,
      `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno:
              repository: registry.local/kyverno
              tag: v1.10.0@${digest}
            kyvernoInit:
              repository: registry.local/kyvernopre
              tag: v1.10.0
      `,
      { codes },
    ));

  it('keeps CRLF, and offers nothing where the edit is not safe', () => {
    fix(
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex:\r\n        repository: a/dex:v1\r\n',
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex:\r\n        repository: a/dex\r\n        tag: v1\r\n',
      { codes },
    );
    assert.deepEqual(
      fixTitles(
        `
        deploykf_core:
          deploykf_auth:
            images:
              dex: &dex { repository: "a/dex:v1" }
              oauth2Proxy: *dex
              kubectl: { repository: "registry.local:5000" }
        `,
        { codes },
      ),
      [],
    );
  });
});
