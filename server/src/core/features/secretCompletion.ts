import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsPath } from '../pullSecrets/block.ts';
import { extraSecrets } from '../pullSecrets/extraSecrets.ts';
import { isConfigType } from '../secrets/readSecrets.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import { labelOf } from '../stack/uri.ts';
import { printPath, type Path } from '../yaml/nodes.ts';
import { distinct, textSuggestion, type Suggestion } from './suggestion.ts';

/** The Secrets of the workspace that an `existingSecret` may mean; `undefined` for other values. */
export function secretSuggestions(view: StackView, path: Path): readonly Suggestion[] | undefined {
  if (path.at(-1) !== 'existingSecret') return undefined;
  const isOfRegistry = printPath(path).startsWith(`${pullSecretsPath}.registryCredentials[`);
  if (!isOfRegistry && view.catalog.defaultType(path) !== 'string') return undefined;
  const found = knownSecrets(view)
    .filter(secret => isRegistrySecret(secret) === isOfRegistry)
    .flatMap(({ name, namespace, place }) => {
      if (name === undefined) return [];
      const where = labelOf(undefined, place.uri);
      const detail = namespace === undefined ? where : `in the namespace ${namespace}, ${where}`;
      return [textSuggestion(name, 'name', detail)];
    });
  return distinct(found);
}

/** Where a Secret of a name is, as far as the files tell. */
export function namespacesOfSecret(view: StackView, name: string): readonly string[] {
  return knownSecrets(view).flatMap(secret => {
    if (secret.name !== name || secret.namespace === undefined) return [];
    return [secret.namespace];
  });
}

function knownSecrets(view: StackView): readonly LocatedSecret[] {
  return [...extraSecrets(view).deployed, ...(view.secrets ?? [])];
}

/** What is encrypted, or kept elsewhere, may be one. */
function isRegistrySecret({ kind, type, content }: LocatedSecret): boolean {
  return kind !== 'Secret' || content.kind === 'config' || isConfigType(type);
}
