import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { resolveRepository } from '../../catalog/tagRules.ts';
import { writtenLocation } from '../../findings/location.ts';
import { isUnsetText } from './tagChanges.ts';

/**
 * What the templates write for a repository that a layer made null or ""; `undefined`: it is not, or they put the default in its
 * place.
 */
export function unsetRepository(
  view: StackView,
  { form, keys, image, enabled }: ImageEntry,
): string | undefined {
  const node = keys.repository?.winner.node;
  if (form !== 'map' || !enabled || node?.kind !== 'scalar' || !isUnsetText(keys.repository))
    return undefined;
  if (writtenLocation(view, keys.repository) === undefined) return undefined;
  const rules = [image.repository];
  if (image.secondPlace !== undefined) rules.push(image.secondPlace.repository);
  return rules
    .map(rule => resolveRepository(rule, node.value))
    .find(candidate => candidate.kind === 'literal')?.text;
}
