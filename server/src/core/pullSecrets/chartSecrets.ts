import { compareReleases } from '../catalog/release.ts';
import { parsePath } from '../yaml/nodes.ts';
import type { Value } from '../yaml/value.ts';

/** Where a component's `valuesOverrides` take the name of a pull secret for some of its images. */
export interface SecretKey {
  /** The component's value path. */
  readonly component: string;
  /** The names of the images below `images` whose Pods get it. */
  readonly images: readonly string[];
  /** The keys below `valuesOverrides`. */
  readonly at: readonly string[];
  /** `objects`: a list of `{name}`; `names`: a list of texts; `name`: one text. */
  readonly form: 'objects' | 'names' | 'name';
  /** Only with these versions of the chart at the value path, both ends included. */
  readonly chart?: { readonly path: string; readonly from?: string; readonly to?: string };
  /** The Pods are in other components' namespaces, so that the Secret must be there too. */
  readonly everywhere?: boolean;
  readonly source: string;
}

const kyvernoChart = 'deploykf_dependencies.kyverno.charts.kyverno.version';

/** The last chart of Kyverno that was looked at; whether a later one has the same keys is not known. */
const lastKyvernoChart = '3.9.0';

/** Local charts: `<section>: {image: {pullSecret: name}}`. */
function local(component: string, image: string, ...keys: readonly string[]): readonly SecretKey[] {
  const source = `deployKF@v0.1.5: values.yaml of ${component}`;
  return keys.map(key => ({ component, images: [image], at: key.split('.'), form: 'name', source }));
}

function kyverno(images: readonly string[], at: string, from: string, to = lastKyvernoChart): SecretKey {
  return {
    component: 'deploykf_dependencies.kyverno',
    images,
    at: ['kyverno', ...at.split('.')],
    form: 'objects',
    chart: { path: kyvernoChart, from, to },
    source: `kyverno-chart-${from}: charts/kyverno/templates`,
  };
}

/**
 * What the charts of the releases with the policy (0.1.3 to 0.1.5) offer. The tools that are built by kustomize offer
 * nothing, nor does the chart of Kyverno 3.0.1 for its clean-up jobs (`images.kubectl`).
 */
export const secretKeys: readonly SecretKey[] = [
  kyverno(['kyverno', 'kyvernoInit'], 'admissionController.container.imagePullSecrets', '3.0.0', '3.0.1'),
  kyverno(['kyverno', 'kyvernoInit'], 'admissionController.imagePullSecrets', '3.0.2'),
  kyverno(['kyvernoBackgroundController'], 'backgroundController.imagePullSecrets', '3.0.0'),
  kyverno(['kyvernoCleanupController'], 'cleanupController.imagePullSecrets', '3.0.0'),
  kyverno(['kyvernoReportsController'], 'reportsController.imagePullSecrets', '3.0.0'),
  kyverno(['kubectl'], 'cleanupJobs.admissionReports.imagePullSecrets', '3.0.2', '3.2.9'),
  kyverno(['kubectl'], 'cleanupJobs.clusterAdmissionReports.imagePullSecrets', '3.0.2', '3.2.9'),
  {
    component: 'deploykf_dependencies.cert_manager',
    images: ['certManagerController', 'certManagerWebhook', 'certManagerCainjector', 'certManagerCtl'],
    at: ['cert-manager', 'global', 'imagePullSecrets'],
    form: 'objects',
    source: 'cert-manager@v1.12.10: deploy/charts/cert-manager/templates/*serviceaccount.yaml',
  },
  {
    component: 'deploykf_dependencies.cert_manager',
    images: ['trustManager', 'trustManagerDefaultPackage'],
    at: ['trust-manager', 'imagePullSecrets'],
    form: 'objects',
    source: 'deployKF@v0.1.5: forks/trust-manager/templates/serviceaccount.yaml',
  },
  {
    component: 'deploykf_dependencies.istio',
    images: ['istioPilot', 'istioProxy'],
    at: ['global', 'imagePullSecrets'],
    form: 'names',
    everywhere: true,
    source:
      'istio@1.17.8: manifests/charts/istio-control/istio-discovery (ServiceAccount and injection template)',
  },
  ...local('deploykf_core.deploykf_auth', 'dex', 'dex.image.pullSecret'),
  ...local('deploykf_core.deploykf_auth', 'oauth2Proxy', 'oauth2Proxy.image.pullSecret'),
  ...local('deploykf_core.deploykf_auth', 'kubectl', 'generate.kubectlImage.pullSecret'),
  ...local('deploykf_core.deploykf_dashboard', 'dashboard', 'centralDashboard.image.pullSecret'),
  ...local('deploykf_core.deploykf_dashboard', 'profileController', 'profileController.image.pullSecret'),
  ...local('deploykf_core.deploykf_dashboard', 'kfamApi', 'kfamAPI.image.pullSecret'),
  ...local('deploykf_opt.deploykf_minio', 'minio', 'minio.image.pullSecret'),
  ...local('deploykf_opt.deploykf_mysql', 'mysql', 'mysql.image.pullSecret'),
  ...local(
    'kubeflow_dependencies.kubeflow_argo_workflows',
    'argoWorkflowController',
    'controller.image.pullSecret',
  ),
  ...local('kubeflow_dependencies.kubeflow_argo_workflows', 'argoCli', 'server.image.pullSecret'),
];

interface PodSwitch {
  readonly component: string;
  readonly image: string;
  /** Keys below `valuesOverrides`. */
  readonly at: readonly string[];
  readonly chart: NonNullable<SecretKey['chart']>;
  readonly source: string;
}

const podSwitches: readonly PodSwitch[] = [
  {
    component: 'deploykf_dependencies.kyverno',
    image: 'kubectl',
    at: [
      'kyverno.cleanupJobs.admissionReports.enabled',
      'kyverno.cleanupJobs.clusterAdmissionReports.enabled',
    ],
    chart: { path: kyvernoChart, from: '3.0.0', to: '3.0.9' },
    source: 'kyverno-chart-3.0.1: charts/kyverno/templates/cleanup',
  },
];

/** The keys for an image, by the versions of charts that are effective; empty when the chart has none or is not known. */
export function secretKeysOf(
  imagePath: string,
  value: (path: string) => Value | undefined,
): readonly SecretKey[] {
  return secretKeys.filter(
    ({ component, images, chart }) =>
      images.some(image => imagePath === `${component}.images.${image}`) &&
      (chart === undefined || isWithin(value(chart.path), chart)),
  );
}

/** The value path that hands Secrets to the chart. */
export function overridePath({ component, at }: SecretKey): readonly string[] {
  const steps = parsePath(component).filter(step => typeof step === 'string');
  return [...steps, 'valuesOverrides', ...at];
}

/** The value that hands Secrets to the chart; where it takes only one, the first. */
export function overrideValue({ form }: SecretKey, secrets: readonly string[]): Value {
  if (form === 'name') return secrets[0] ?? '';
  if (form === 'names') return [...secrets];
  return secrets.map(name => ({ name }));
}

/** The value paths that switch off all Pods of an image when all are false, besides `enabled` of its component. */
export function podSwitchesOf(
  imagePath: string,
  value: (path: string) => Value | undefined,
): readonly (readonly string[])[] {
  return podSwitches.flatMap(({ component, image, at, chart }) => {
    if (imagePath === `${component}.images.${image}` && isWithin(value(chart.path), chart))
      return at.map(keys => [...component.split('.'), 'valuesOverrides', ...keys.split('.')]);
    return [];
  });
}

/** A range or another version than `1.2.3` may stand for any chart. */
function isWithin(
  version: Value | undefined,
  { from, to }: { readonly from?: string; readonly to?: string },
): boolean {
  if (typeof version !== 'string' || !/^v?\d+\.\d+\.\d+$/.test(version)) return false;
  const plain = version.replace(/^v/, '');
  return (
    (from === undefined || compareReleases(from, plain) <= 0) &&
    (to === undefined || compareReleases(plain, to) <= 0)
  );
}
