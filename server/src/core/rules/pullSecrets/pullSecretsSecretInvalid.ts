import type { StackView } from '../../analysis/stackView.ts';
import { pullSecretsPath } from '../../pullSecrets/block.ts';
import { isExtraSecret, type ExtraSecret } from '../../pullSecrets/extraSecrets.ts';
import { secretProblems, type SecretProblem } from '../../secrets/secretProblems.ts';
import type { LocatedSecret } from '../../secrets/secretsInFile.ts';
import { reportAt } from '../../findings/location.ts';
import { secretExample } from './pullSecretExamples.ts';
import { secretFixes } from './pullSecretFixes.ts';
import { relatedTo, sourcedCredentials, type SourcedCredential } from './pullSecretSources.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** The Secret that is to be copied is there, and of no use. */
export const pullSecretsSecretInvalid: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-secret-invalid',
  severity: 'error',
  doc: {
    summary: 'The Secret that an entry of `registryCredentials` names cannot be used to pull images',
    why: [
      'The kubelet takes credentials from Secrets of type `kubernetes.io/dockerconfigjson` (or the older',
      '`kubernetes.io/dockercfg`), from `auths` alone: `credsStore` and `credHelpers` mean nothing to it.',
      'An `auth` that is not the base64 of `user:password` stops it from pulling any image for a Pod with',
      'that Secret.',
      '',
      'Docker Hub is looked up as `https://index.docker.io/v1/`, `index.docker.io` or `docker.io`.',
      'Without the final slash, `https://index.docker.io/v1` is a path that no image has;',
      '`registry-1.docker.io` and `hub.docker.com` are other hosts.',
      '',
      'Secrets are checked in `extraManifests` and in the YAML files of the workspace, if an entry names',
      'them. User names, passwords and tokens are neither kept nor shown. Wrong parts of a good Secret',
      'are warnings.',
    ].join('\n'),
    bad: secretExample({ type: 'Opaque' }),
    good: secretExample({}),
    fix: 'Sets the type of a Secret in `extraManifests` that has a `.dockerconfigjson`; corrects the key of Docker Hub in `stringData`.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const reports = sourcedCredentials(view).flatMap(sourced => {
    const { source } = sourced;
    if (source.kind !== 'found') return [];
    const flaws = source.secrets.map(secretProblems);
    // Where one of several is good, it may be the one that is applied.
    const [first] = source.secrets;
    if (!flaws.every(found => found.length > 0)) return [];
    return (flaws[0] ?? []).flatMap(flaw => reportOf(sourced, first, flaw));
  });
  // Two entries may name the same Secret.
  const keys = reports.map(({ uri, span, message }) => `${uri}#${span.start}#${message}`);
  return reports.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function reportOf(
  { credential, label, place }: SourcedCredential,
  secret: LocatedSecret,
  flaw: SecretProblem,
): readonly Report[] {
  const report = {
    message: `Secret "${label}" ${flaw.message}`,
    severity: flaw.fatal ? ('error' as const) : ('warning' as const),
    path: `${pullSecretsPath}.registryCredentials[${credential.index}]`,
  };
  if (isExtraSecret(secret)) {
    return [{ ...report, uri: secret.uri, span: spanOf(secret, flaw), fixes: secretFixes(secret, flaw) }];
  }
  return reportAt(place, { ...report, related: [relatedTo(secret, 'The Secret')] });
}

function spanOf({ span, typeSpan, keySpan }: ExtraSecret, { kind }: SecretProblem): ExtraSecret['span'] {
  if (kind === 'type') return typeSpan ?? span;
  if (kind === 'absent') return span;
  return keySpan ?? span;
}
