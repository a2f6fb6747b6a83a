import type { StackView } from '../../analysis/stackView.ts';
import { pullSecretsPath } from '../../pullSecrets/block.ts';
import { namespaceProblem, secretNameProblem } from '../../secrets/names.ts';
import { handedSecrets, imageReach } from '../../pullSecrets/reach.ts';
import { secretSources } from '../../pullSecrets/sources.ts';
import { effectiveLocation, parsesWhole, reportAt } from '../../findings/location.ts';
import { relatedTo, sourcedCredentials, type SourcedCredential } from './pullSecretSources.ts';
import type { Report } from '../../findings/finding.ts';
import { sayList } from '../../text/list.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import type { StackRule } from '../rule.ts';

const block = [
  'deploykf_dependencies:',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        registryCredentials:',
  '          - existingSecret: my-docker-config',
  '            existingSecretNamespace: kyverno',
  '',
].join('\n');

/** The Secret that is to be copied is nowhere in the workspace. */
export const pullSecretsSecretMissing: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-secret-missing',
  severity: 'hint',
  doc: {
    summary: 'The Secret that an entry of `registryCredentials` names is not in the workspace',
    why: [
      'The policy copies a Secret that must already exist. If it does not, nothing fails: there is no',
      'copy, and images are pulled without credentials. So make sure that the Secret is in the',
      '`extraManifests` of a component, is applied from a YAML file, or is created by hand before the',
      'sync. Files that git ignores are not searched.',
      '',
      'It is a warning where a Secret is nearly right: one of the same name in another namespace, or one',
      'in the `extraManifests` of a layer whose list a later layer replaces, or of a disabled component.',
      'Secrets that `valuesOverrides` hand to a chart must exist in its namespace where the policy does not',
      'put them, or too late.',
      '`ExternalSecret`, `SealedSecret` and the `secretGenerator` of Kustomize count as the Secret that',
      'they create.',
    ].join('\n'),
    bad: block,
    good: block.replace(
      '    clusterPolicies:',
      [
        '    extraManifests:',
        '      - |',
        '        apiVersion: external-secrets.io/v1',
        '        kind: ExternalSecret',
        '        metadata:',
        '          name: my-docker-config',
        '    clusterPolicies:',
      ].join('\n'),
    ),
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const copied = sourcedCredentials(view)
    .filter(({ credential }) => isLegal(credential.secretName, credential.secretNamespace))
    .flatMap(sourced => reportOf(view, sourced));
  return [...copied, ...handedReports(view)];
}

/** Of Secrets that charts are given, in namespaces where the policy does not put them in time: one for each place. */
function handedReports(view: StackView): readonly Report[] {
  if (!parsesWhole(view)) return [];
  const handed = new Map<EffectiveValue, Map<string, Set<string>>>();
  for (const reach of imageReach(view)) {
    if (reach.supplied !== 'yes') continue;
    const namespaces = reach.pulls.filter(({ verdict }) => verdict !== 'receives');
    for (const { name, at } of handedSecrets(view, reach.entry)) {
      const missing = namespaces.filter(({ namespace }) => isMissing(view, name, namespace));
      const names = handed.get(at) ?? new Map<string, Set<string>>();
      handed.set(at, names);
      names.set(name, new Set([...(names.get(name) ?? []), ...missing.map(({ namespace }) => namespace)]));
    }
  }
  return [...handed].flatMap(([at, names]) =>
    [...names].flatMap(([name, namespaces]) => {
      if (namespaces.size === 0) return [];
      return reportAt(effectiveLocation(at), { message: handedMessage(name, [...namespaces]) });
    }),
  );
}

function isMissing(view: StackView, name: string, namespace: string): boolean {
  if (!isLegal(name, namespace)) return false;
  const { kind } = secretSources(view)({ secretName: name, secretNamespace: namespace });
  return kind === 'missing' || kind === 'elsewhere';
}

function handedMessage(name: string, namespaces: readonly string[]): string {
  const [first = ''] = namespaces;
  const isNowhere = 'which a chart is given, is not in any extraManifests or YAML file here';
  if (namespaces.length === 1) return `Secret "${first}/${name}", ${isNowhere}: create it before the sync`;
  return `Secret "${name}", ${isNowhere} for the namespaces ${sayList(namespaces)}: create it in each before the sync`;
}

/** An invalid name is reported by pull-secrets-name-invalid. */
function isLegal(name: string | undefined, namespace: string): boolean {
  return (
    name !== undefined && secretNameProblem(name) === undefined && namespaceProblem(namespace) === undefined
  );
}

function reportOf(
  view: StackView,
  { credential, source, label, place }: SourcedCredential,
): readonly Report[] {
  const path = `${pullSecretsPath}.registryCredentials[${credential.index}]`;
  switch (source.kind) {
    case 'found':
    case 'unknown':
      return [];
    case 'missing':
      return reportAt(place, {
        message: `Secret "${label}" is not in any extraManifests or YAML file here: create it before the sync`,
        path,
      });
    case 'elsewhere':
      return reportAt(place, {
        severity: 'warning',
        message: `Secret "${label}" is not here, but one with this name is in namespace "${source.namespace}": name that namespace, or create the Secret in "${credential.secretNamespace}"`,
        related: [relatedTo(source.secret, 'The Secret in the other namespace')],
        path,
      });
    case 'replaced': {
      const { component, layer } = source.secret;
      const winner = view.effective.at(`${component.path}.extraManifests`)?.winner.layer.label ?? '';
      return reportAt(place, {
        severity: 'warning',
        message: `Secret "${label}" is in the extraManifests of ${layer.label}, but the list of ${winner} replaces them: repeat it there`,
        related: [relatedTo(source.secret, 'The Secret that is lost')],
        path,
      });
    }
    case 'disabled': {
      const { path: component, enabledPath } = source.secret.component;
      return reportAt(place, {
        severity: 'warning',
        message: `Secret "${label}" is in the extraManifests of ${component}, which is disabled, so it is not deployed: set ${enabledPath} to true, or move it to a component that is enabled`,
        related: [relatedTo(source.secret, 'The Secret that is not deployed')],
        path,
      });
    }
  }
}
