import assert from 'node:assert/strict';
import { fix, fixTitles } from '../../support/fixture.ts';

const registry = { rules: [{ source: '*', target: 'r.example.com/{path}' }] };

describe('a value with an anchor that aliases show elsewhere', () => {
  it('gets a tag of its own only after all aliases have', () => {
    const before = `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno: { repository: r.example.com/kyverno/kyverno, tag: &open ~ }
            kyvernoInit: { repository: r.example.com/kyverno/kyvernopre, tag: *open }
      `;
    const options = { registry, codes: ['image-tag-unpinned'], title: /^Pin/ };
    assert.deepEqual(fixTitles(before, options), ['Pin the tag v1.10.0']);
  });

  it('stays as it is where something else has it from there', () => {
    const before = `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: &dex "r.example.com/dex:v1", tag: &open ~ }
            oauth2Proxy: { repository: "r.example.com/proxy:v7", tag: &none ~ }
      argocd: { appNamePrefix: *dex, project: *none, destination: &gone }
      x-null: *gone
      deploykf_dependencies:
        kyverno: { enabled: &off no, namespace: *off }
        istio: { images: { istioProxy: &proxy "r.example.com/proxyv2:1", istioPilot: { repository: *proxy } } }
      `;
    const codes = ['image-repository-has-tag', 'value-null-section', 'value-type'];
    assert.deepEqual(fixTitles(before, { codes }), []);
  });

  it('is moved to the tags of all images that have it', () =>
    fix(
      `
      x-kubectl: &kubectl r.example.com/bitnami/kubectl:1.26
      deploykf_core:
        deploykf_auth: { images: { kubectl: { repository: *kubectl, tag: ~ } } }
      deploykf_opt:
        deploykf_minio: { images: { kubectl: { repository: *kubectl } } }
        deploykf_mysql: { images: { kubectl: { repository: *kubectl, tag: "1.26" } } }
      `,
      `
      x-kubectl: &kubectl r.example.com/bitnami/kubectl
      deploykf_core:
        deploykf_auth: { images: { kubectl: { repository: *kubectl, tag: "1.26" } } }
      deploykf_opt:
        deploykf_minio: { images: { kubectl: { repository: *kubectl, tag: "1.26" } } }
        deploykf_mysql: { images: { kubectl: { repository: *kubectl, tag: "1.26" } } }
      `,
      { codes: ['image-repository-has-tag'] },
    ));

  it('is corrected where all that have it are the same', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth: { images: &none }
        deploykf_dashboard: { images: *none }
      `,
      `
      deploykf_core:
        deploykf_auth: { images: &none {} }
        deploykf_dashboard: { images: *none }
      `,
      { codes: ['value-null-section'] },
    ));
});
