import assert from 'node:assert/strict';
import {
  namespaceOf,
  podNamespaces,
  profileNamespaces,
} from '../../../server/src/core/pullSecrets/namespaces.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const opt = `
deploykf_opt: {deploykf_minio: {enabled: true}, deploykf_mysql: {enabled: true}}
kubeflow_dependencies: {kubeflow_argo_workflows: {enabled: true}}
kubeflow_tools: {pipelines: {enabled: true}, notebooks: {enabled: true}}
`;

function printed(texts: readonly string[], release = '0.1.5'): readonly string[] {
  return podNamespaces(viewOf(texts, { release })).map(({ name, components, profile, exists }) => {
    const pods = components.map(component => component.path.split('.')[1]).join(' ');
    return `${name}${profile ? ' (profile)' : ''}${exists ? '' : ' (not deployed)'}: ${pods}`;
  });
}

describe('podNamespaces', () => {
  it('lists the defaults, deployed or not', () =>
    assert.deepEqual(printed([]), [
      'argocd: ',
      'kube-system: ',
      'kube-public: ',
      'kube-node-lease: ',
      'cert-manager: cert_manager',
      'istio-system: istio',
      'kyverno: kyverno',
      'deploykf-auth: istio deploykf_auth',
      'deploykf-dashboard: istio deploykf_dashboard',
      'deploykf-istio-gateway: istio',
      'kubeflow: istio',
      'deploykf-minio (not deployed): ',
      'deploykf-mysql (not deployed): ',
      'kubeflow-argo-workflows (not deployed): ',
      'team-1 (profile): istio',
      'team-1-prod (profile): istio',
    ]));

  it('knows whose Pods run where', () =>
    assert.deepEqual(printed([opt]).slice(10), [
      'kubeflow: istio notebooks pipelines',
      'deploykf-minio: istio deploykf_minio',
      'deploykf-mysql: deploykf_mysql',
      'kubeflow-argo-workflows: istio kubeflow_argo_workflows',
      'team-1 (profile): istio kubeflow_argo_workflows notebooks pipelines',
      'team-1-prod (profile): istio kubeflow_argo_workflows notebooks pipelines',
    ]));

  it('follows the values, and lists a shared namespace once', () => {
    const text = `
argocd: {namespace: gitops}
deploykf_dependencies: {cert_manager: {namespace: infra}, istio: {namespace: infra}, kyverno: {enabled: false}}
deploykf_core:
  deploykf_profiles_generator: {profileDefaults: {profileNamePrefix: p-}, profiles: [{name: a}, {name: 7}, {}, x]}
`;
    assert.deepEqual(printed([text]), [
      'gitops: ',
      'kube-system: ',
      'kube-public: ',
      'kube-node-lease: ',
      'infra: cert_manager istio',
      'kyverno (not deployed): ',
      'deploykf-auth: istio deploykf_auth',
      'deploykf-dashboard: istio deploykf_dashboard',
      'deploykf-istio-gateway: istio',
      'kubeflow: istio',
      'deploykf-minio (not deployed): ',
      'deploykf-mysql (not deployed): ',
      'kubeflow-argo-workflows (not deployed): ',
      'p-a (profile): istio',
      'p-7 (profile): istio',
    ]);
  });

  it('falls back to the release where no name is set', () => {
    const view = viewOf(['deploykf_dependencies: {istio: {namespace: ""}}\ndeploykf_core: ~\n']);
    const istio = view.catalog.componentAt('deploykf_dependencies.istio');
    assert.equal(istio && namespaceOf(view, istio), 'istio-system');
    assert.deepEqual(profileNamespaces(view), []);
  });

  for (const { release } of catalogs.releases.map(name => ({ release: name }))) {
    it(`knows those of ${release}`, () => {
      assert.deepEqual(
        podNamespaces(viewOf([], { release })).map(({ name }) => name),
        podNamespaces(viewOf([])).map(({ name }) => name),
      );
    });
  }
});
