import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  configuredBlock,
  pullSecretsPath,
  type BlockItem,
  type Credential,
} from '../../pullSecrets/block.ts';
import {
  meaninglessCharacters,
  namespaceProblem,
  patternProblem,
  secretNameProblem,
} from '../../secrets/names.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { replaceScalar } from '../../yaml/write.ts';
import { reportAt, effectiveLocation } from '../../findings/location.ts';
import { editFix } from './pullSecretChanges.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A name that no Secret and no namespace can have. */
export const pullSecretsNameInvalid: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-name-invalid',
  severity: 'error',
  doc: {
    summary: 'A name that no Secret or namespace can have',
    why: [
      'Kubernetes only accepts names of lower-case letters, digits and `-` (and `.` for Secrets). A',
      'credential with any other name copies nothing; an excluded namespace with such a name excludes',
      'nothing.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: My-Docker-Config\n            existingSecretNamespace: argocd\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
    fix: 'Writes the name in lower case, without white space around it, where that makes it valid.',
  },
  check,
};

type Flaw = (name: string) => string | undefined;

interface Named {
  readonly value: EffectiveValue | undefined;
  readonly name: string | undefined;
  readonly what: string;
  readonly flaw: Flaw;
  readonly path: string;
}

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined) return [];
  return [...block.credentials.flatMap(namesOf), ...block.patterns.flatMap(patternName)].flatMap(reportName);
}

function namesOf({
  index,
  name,
  secretName,
  namespace,
  hasNamespace,
  secretNamespace,
}: Credential): readonly Named[] {
  const path = `${pullSecretsPath}.registryCredentials[${index}]`;
  const own = hasNamespace ? secretNamespace : undefined;
  return [
    {
      value: name,
      name: secretName,
      what: 'Secret',
      flaw: secretNameProblem,
      path: `${path}.existingSecret`,
    },
    {
      value: namespace,
      name: own,
      what: 'namespace',
      flaw: namespaceProblem,
      path: `${path}.existingSecretNamespace`,
    },
  ];
}

/** What only another pattern language could mean is reported by pull-secrets-pattern. */
function patternName({ index, effective: at, value }: BlockItem): readonly Named[] {
  if (typeof value !== 'string' || value === '' || meaninglessCharacters(value).length > 0) return [];
  const path = `${pullSecretsPath}.excludeNamespaces[${index}]`;
  return [{ value: at, name: value, what: 'namespace', flaw: patternProblem, path }];
}

function reportName({ value: at, name, what, flaw, path }: Named): readonly Report[] {
  const node = at?.winner.node;
  if (name === undefined || isTemplated(at) || node?.kind !== 'scalar') return [];
  const found = flaw(name);
  if (found === undefined) return [];
  const shown = name.length > 80 ? `${name.slice(0, 77)}…` : name;
  const report = { message: `No ${what} can be named ${JSON.stringify(shown)}: ${found}`, path };
  const repaired = name.trim().toLowerCase();
  if (flaw(repaired) !== undefined) return reportAt(effectiveLocation(at), report);
  const title = `Write "${repaired}"`;
  const fixes = editFix(at?.winner, { title, applies: 'choice' }, () => [replaceScalar(node, repaired)]);
  return reportAt(effectiveLocation(at), { ...report, fixes });
}
