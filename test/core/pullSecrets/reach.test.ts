import assert from 'node:assert/strict';
import { overridePath, overrideValue } from '../../../server/src/core/pullSecrets/chartSecrets.ts';
import { imageReach, overrideKeys } from '../../../server/src/core/pullSecrets/reach.ts';
import { viewOf } from '../../support/views.ts';

const on =
  'deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: {enabled: true, registryCredentials: [{existingSecret: reg}]}}}}\n';

/** `image: namespace verdict, …` for the images whose path holds the text. */
function reachOf(texts: readonly string[], part: string, release = '0.1.5'): readonly string[] {
  return imageReach(viewOf(texts, { release }))
    .filter(({ entry }) => entry.path.includes(part))
    .map(({ entry, pulls, supplied }) => {
      const name = entry.path.slice(entry.path.lastIndexOf('.') + 1);
      const by = pulls.map(({ namespace, verdict }) => `${namespace} ${verdict}`).join(', ');
      return `${name}: ${by}${supplied === 'no' ? '' : ` (supplied: ${supplied})`}`;
    });
}

describe('imageReach', () => {
  it('never reaches Kyverno itself', () =>
    assert.deepEqual(reachOf([on], 'kyverno.images'), [
      'kubectl: kyverno own',
      'kyverno: kyverno own',
      'kyvernoInit: kyverno own',
      'kyvernoBackgroundController: kyverno own',
      'kyvernoCleanupController: kyverno own',
      'kyvernoReportsController: kyverno own',
    ]));

  it('comes too late for what starts before Kyverno', () => {
    assert.deepEqual(reachOf([on], 'certManagerController'), ['certManagerController: cert-manager early']);
    assert.deepEqual(reachOf([on], 'istioPilot'), ['istioPilot: istio-system early']);
  });

  it('reaches sidecars, which start with the Pods of others', () =>
    assert.deepEqual(reachOf([on], 'istioProxy'), [
      'istioProxy: deploykf-istio-gateway receives, deploykf-auth receives, deploykf-dashboard receives, kubeflow receives, team-1 receives, team-1-prod receives',
    ]));

  it('reaches the rest', () =>
    assert.deepEqual(reachOf([on], 'images.dex'), ['dex: deploykf-auth receives']));

  it('stops at excluded namespaces, which counts more than the time', () => {
    const text = on.replace(
      'enabled: true,',
      'enabled: true, excludeNamespaces: ["deploykf-*", cert-manager],',
    );
    assert.deepEqual(reachOf([text], 'images.dex'), ['dex: deploykf-auth excluded']);
    assert.deepEqual(reachOf([text], 'trustManager'), [
      'trustManager: cert-manager excluded',
      'trustManagerDefaultPackage: cert-manager excluded',
    ]);
  });

  it('reaches nothing without the policy', () => {
    assert.deepEqual(reachOf([], 'images.dex'), ['dex: deploykf-auth off']);
    assert.deepEqual(reachOf([on], 'images.dex', '0.1.2'), ['dex: deploykf-auth off']);
  });

  it('leaves out disabled components and images without a namespace', () => {
    assert.deepEqual(reachOf([on], 'deploykf_minio'), []);
    assert.deepEqual(reachOf([on], 'certManagerAcmesolver'), []);
  });

  it('follows Helm, which lets the globals of a parent win, also empty ones', () => {
    const certManager = (overrides: string): string =>
      reachOf(
        [on, `deploykf_dependencies: {cert_manager: {valuesOverrides: {${overrides}}}}\n`],
        'certManagerController',
      ).join();
    const istio = (overrides: string): string =>
      reachOf([on, `deploykf_dependencies: {istio: {valuesOverrides: ${overrides}}}\n`], 'istioPilot').join();
    const own = 'cert-manager: {global: {imagePullSecrets: [{name: reg}]}}';
    assert.match(certManager(own), /\(supplied: yes\)$/);
    assert.match(certManager(`global: {}, ${own}`), /\(supplied: yes\)$/);
    assert.match(certManager(`global: {imagePullSecrets: {}}, ${own}`), /\(supplied: yes\)$/);
    assert.match(certManager(`global: {imagePullSecrets: []}, ${own}`), /early$/);
    assert.match(certManager(`global: {imagePullSecrets: ~}, ${own}`), /early$/);
    assert.match(istio('{istio-daemon: {global: {imagePullSecrets: [reg]}}}'), /\(supplied: yes\)$/);
    assert.match(istio('"istio-daemon: {global: {imagePullSecrets: [reg]}}"'), /\(supplied: yes\)$/);
    assert.match(
      istio('{global: {imagePullSecrets: [reg]}, istio-daemon: {global: {imagePullSecrets: []}}}'),
      /\(supplied: yes\)$/,
    );
    assert.match(
      istio('{global: {imagePullSecrets: []}, istio-daemon: {global: {imagePullSecrets: [reg]}}}'),
      /early$/,
    );
    assert.match(istio('{istio-base: {global: {imagePullSecrets: [reg]}}}'), /early$/);
  });

  it('sees secrets that the overrides supply', () => {
    const map = 'deploykf_core: {deploykf_auth: {valuesOverrides: {dex: {image: {pullSecret: reg}}}}}\n';
    assert.deepEqual(reachOf([on, map], 'deploykf_auth'), [
      'dex: deploykf-auth receives (supplied: yes)',
      'oauth2Proxy: deploykf-auth receives',
      'kubectl: deploykf-auth receives',
    ]);
    const globals =
      'deploykf_dependencies: {cert_manager: {valuesOverrides: {global: {imagePullSecrets: [{name: reg}]}}}}\n';
    assert.match(reachOf([on, globals], 'certManagerController')[0] ?? '', /\(supplied: yes\)$/);
    const text = (overrides: string): readonly string[] =>
      reachOf([`deploykf_core: {deploykf_auth: {valuesOverrides: "${overrides}"}}\n`], 'images.dex');
    assert.deepEqual(text('dex: {}'), ['dex: deploykf-auth off']);
    assert.deepEqual(text('dex: {image: {pullSecret: reg}}'), ['dex: deploykf-auth off (supplied: yes)']);
    assert.deepEqual(text('dex: {{< .Values.x >}}'), ['dex: deploykf-auth off (supplied: unknown)']);
  });
});

describe('overrideKeys', () => {
  function overridesOf(texts: readonly string[], image: string): readonly string[] {
    const view = viewOf(texts);
    const entry = view.images.find(({ path }) => path.endsWith(`.images.${image}`));
    return entry === undefined
      ? ['?']
      : overrideKeys(view, entry).map(
          key => `${overridePath(key).slice(2).join('.')}=${JSON.stringify(overrideValue(key, ['reg']))}`,
        );
  }

  it('follows the chart of the stack', () => {
    assert.deepEqual(overridesOf([], 'kyverno'), [
      'valuesOverrides.kyverno.admissionController.container.imagePullSecrets=[{"name":"reg"}]',
    ]);
    const newer = 'deploykf_dependencies: {kyverno: {charts: {kyverno: {version: 3.0.5}}}}\n';
    assert.deepEqual(overridesOf([newer], 'kyverno'), [
      'valuesOverrides.kyverno.admissionController.imagePullSecrets=[{"name":"reg"}]',
    ]);
  });

  it('has one for each image of the local charts', () => {
    assert.deepEqual(overridesOf([], 'minioMc'), ['valuesOverrides.minio.mcImage.pullSecret="reg"']);
    assert.deepEqual(overridesOf([], 'shell'), ['valuesOverrides.minio.shellImage.pullSecret="reg"']);
  });

  it('has nothing for charts without a key, and where a template fills in the overrides', () => {
    assert.deepEqual(overridesOf([], 'katibUi'), []);
    assert.deepEqual(
      overridesOf(['deploykf_core: {deploykf_auth: {valuesOverrides: "{{ x }}"}}\n'], 'dex'),
      [],
    );
  });
});
