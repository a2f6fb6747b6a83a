import type { StackView } from '../analysis/stackView.ts';
import type { Credential } from './block.ts';
import { covers, type DockerConfig } from '../secrets/dockerConfig.ts';
import { extraSecrets, type ExtraSecret } from './extraSecrets.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';

/** A Secret that must exist; `secretName` is `undefined` where it is not known. */
export type SecretToFind = Pick<Credential, 'secretName' | 'secretNamespace'>;

/** Where the Secret of a credential comes from. */
export type SecretSource =
  /** Those of `extraManifests` first. More than one: it is unknown which is applied. */
  | { readonly kind: 'found'; readonly secrets: readonly [LocatedSecret, ...LocatedSecret[]] }
  /** Only in a list that another layer replaces. */
  | { readonly kind: 'replaced'; readonly secret: ExtraSecret }
  /** Only among those of a component that is not deployed. */
  | { readonly kind: 'disabled'; readonly secret: ExtraSecret }
  /** One of this name, in another namespace. */
  | { readonly kind: 'elsewhere'; readonly secret: LocatedSecret; readonly namespace: string }
  | { readonly kind: 'missing' }
  /** The workspace was not searched, or a template is where it could be. */
  | { readonly kind: 'unknown' };

/** Looks for the source Secrets of a stack's credentials: in its `extraManifests`, then in the YAML files of the workspace. */
export function secretSources(view: StackView): (credential: SecretToFind) => SecretSource {
  return view.memo(findSources);
}

function findSources(view: StackView): (credential: SecretToFind) => SecretSource {
  const { deployed, replaced, disabled, open } = extraSecrets(view);
  const known: readonly LocatedSecret[] = [...deployed, ...(view.secrets ?? [])];
  const isSure = view.secrets !== undefined && !open;
  return ({ secretName, secretNamespace }) => {
    if (secretName === undefined) return { kind: 'unknown' };
    const isHere = ({ namespace }: LocatedSecret): boolean =>
      namespace === undefined || namespace === secretNamespace;
    const hasName = ({ name }: LocatedSecret): boolean => name === secretName;
    const [first, ...others] = known.filter(secret => hasName(secret) && isHere(secret));
    if (first !== undefined) return { kind: 'found', secrets: [first, ...others] };
    if (!isSure || known.some(secret => secret.name === undefined && isHere(secret)))
      return { kind: 'unknown' };
    const hidden = replaced.find(secret => hasName(secret) && isHere(secret));
    if (hidden !== undefined) return { kind: 'replaced', secret: hidden };
    const off = disabled.find(secret => hasName(secret) && isHere(secret));
    if (off !== undefined) return { kind: 'disabled', secret: off };
    for (const secret of known) {
      if (hasName(secret) && secret.namespace !== undefined)
        return { kind: 'elsewhere', secret, namespace: secret.namespace };
    }
    return { kind: 'missing' };
  };
}

/** The registries of a Secret; `undefined` when they cannot be known or it is unusable. */
export function configOf({ content }: LocatedSecret): DockerConfig | undefined {
  if (content.kind === 'config' && content.config.kind === 'config') return content.config;
  return undefined;
}

/** Whether any of the Secrets that may be the one covers a repository. */
export function coversAny(secrets: readonly LocatedSecret[], repository: string): boolean {
  return secrets.some(secret => {
    const config = configOf(secret);
    return config !== undefined && covers(config, repository);
  });
}

/** What the Secrets of all credentials cover together; `undefined` where one of them is not known, or covers nothing. */
export function jointCover(
  view: StackView,
  credentials: readonly Credential[],
): ((repository: string) => boolean) | undefined {
  const sourceOf = secretSources(view);
  const known: LocatedSecret[] = [];
  for (const credential of credentials) {
    const source = sourceOf(credential);
    if (source.kind !== 'found' || !source.secrets.every(hasHosts)) return undefined;
    known.push(...source.secrets);
  }
  if (known.length === 0) return undefined;
  return repository => coversAny(known, repository);
}

/** Whether it can be read, and has credentials for some registry. */
export function hasHosts(secret: LocatedSecret): boolean {
  return (configOf(secret)?.hosts.length ?? 0) > 0;
}

/** The names of the policy's Secrets that a repository may be pulled with. */
export interface SecretNames {
  /** Known to have credentials for it. */
  readonly known: readonly string[];
  /** It is not known for which registries. */
  readonly open: readonly string[];
}

export function secretsFor(
  view: StackView,
  credentials: readonly Credential[],
  repository: string,
): SecretNames {
  const sourceOf = secretSources(view);
  const known = new Set<string>();
  const open = new Set<string>();
  for (const credential of credentials) {
    const source = sourceOf(credential);
    const { secretName } = credential;
    if (secretName === undefined) continue;
    if (source.kind !== 'found' || !source.secrets.every(hasHosts)) open.add(secretName);
    else if (coversAny(source.secrets, repository)) known.add(secretName);
  }
  return { known: [...known], open: [...open] };
}

/**
 * The names of the policy's Secrets to pull a repository with: those that are known to have credentials for it, else those
 * that may have. Empty when none has.
 */
export function coveringSecrets(
  view: StackView,
  credentials: readonly Credential[],
  repository: string,
): readonly string[] {
  const { known, open } = secretsFor(view, credentials, repository);
  return known.length > 0 ? known : open;
}

/** The Secrets to hand to a chart for a repository: one that is known to cover it, else all that may. */
export function secretsToHand(
  view: StackView,
  credentials: readonly Credential[],
  repository: string,
): readonly string[] {
  const { known, open } = secretsFor(view, credentials, repository);
  return known.length > 0 ? known.slice(0, 1) : open;
}
