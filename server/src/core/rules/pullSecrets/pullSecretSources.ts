import type { StackView } from '../../analysis/stackView.ts';
import { configuredBlock, type Credential } from '../../pullSecrets/block.ts';
import { explainPullSecrets } from '../../pullSecrets/explain.ts';
import { secretSources, type SecretSource } from '../../pullSecrets/sources.ts';
import type { LocatedSecret } from '../../secrets/secretsInFile.ts';
import { parsesWhole, effectiveLocation, type ReportLocation } from '../../findings/location.ts';
import { itemPlace } from './pullSecretChanges.ts';
import type { RelatedPlace } from '../../findings/finding.ts';

/** A credential that the policy copies, and where its Secret comes from. */
export interface SourcedCredential {
  readonly credential: Credential;
  readonly source: SecretSource;
  /** `namespace/name`. */
  readonly label: string;
  /** Where to report; `undefined` for text that is elsewhere. */
  readonly place: ReportLocation | undefined;
}

/** The credentials of a policy that is rendered; empty where it is not, and where its meaning is not known. */
export function sourcedCredentials(view: StackView): readonly SourcedCredential[] {
  const block = configuredBlock(view);
  if (block === undefined || block.templated || block.credentials.length === 0) return [];
  if (!parsesWhole(view) || !explainPullSecrets(view).rendered) return [];
  const sourceOf = secretSources(view);
  return block.credentials.map(credential => ({
    credential,
    source: sourceOf(credential),
    label: `${credential.secretNamespace}/${credential.secretName ?? ''}`,
    place: effectiveLocation(credential.name) ?? itemPlace(credential),
  }));
}

export function relatedTo({ uri, span, place }: LocatedSecret, message: string): RelatedPlace {
  return { uri, span, message, range: { start: place.start, end: place.end } };
}
