import { SourceText, type Position } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { anchorsOf } from '../yaml/lookup.ts';
import { parseYaml } from '../yaml/parse.ts';
import { maskTemplateLines } from '../yaml/templates.ts';
import {
  mayHoldSecrets,
  movedSecret,
  readSecrets,
  saysPullSecret,
  type RegistrySecret,
} from './readSecrets.ts';

/** A Secret of a YAML file. The text of the file is not kept, so its place is known as lines, too. */
export interface LocatedSecret extends RegistrySecret {
  /** The real file; for a Secret in hosted values that of the values. */
  readonly uri: string;
  /** The place of `span`, in the real file. */
  readonly place: SecretPlace;
  /** The same of `namespaceSpan`. */
  readonly namespacePlace: SecretPlace | undefined;
}

interface SecretPlace {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * The Secrets that are documents in a YAML text; empty for nearly every text, without parsing it. Those
 * that say nothing of Docker are kept for their name alone: an entry may mean one.
 */
export function secretsIn(uri: string, text: string): readonly LocatedSecret[] {
  if (!mayHoldSecrets(text)) return [];
  const source = new SourceText(text);
  const placeOf = ({ start, end }: Span): SecretPlace => ({
    uri,
    start: source.positionAt(start),
    end: source.positionAt(end),
  });
  return documentsIn(maskTemplateLines(text))
    .flatMap(secretsOf)
    .map(secret => ({
      ...secret,
      uri,
      place: placeOf(secret.span),
      namespacePlace: secret.namespaceSpan && placeOf(secret.namespaceSpan),
    }));
}

interface Part {
  readonly text: string;
  readonly start: number;
}

/**
 * The documents one by one: rendered manifests are long, and few of them are Secrets. A document is not a
 * bare text here.
 */
function documentsIn(text: string): readonly Part[] {
  const starts = [0, ...[...text.matchAll(/^---/gm)].map(({ index }) => index)];
  return starts.map((start, index) => ({ text: text.slice(start, starts[index + 1]), start }));
}

function secretsOf({ text, start }: Part): readonly RegistrySecret[] {
  if (!mayHoldSecrets(text)) return [];
  const moved = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  return parseYaml(text)
    .documents.flatMap(({ root }) => readSecrets(root, { anchors: anchorsOf(root), text }))
    .filter(({ name }) => name !== undefined || saysPullSecret(text))
    .map(secret => movedSecret(secret, moved));
}

/** Whether two lists say the same, places included. */
export function areSameSecrets(
  left: readonly LocatedSecret[] | undefined,
  right: readonly LocatedSecret[] | undefined,
): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
