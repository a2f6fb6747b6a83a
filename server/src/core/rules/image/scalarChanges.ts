import type { Change } from '../../findings/finding.ts';
import { isSealed } from '../../stack/sealed.ts';
import type { Contribution, InText } from '../../stack/effective.ts';
import type { TextEdit } from '../../text/edit.ts';
import { Embedding } from '../../yaml/embedded.ts';
import { mayBeShared } from './everywhere.ts';
import { shownIn } from '../../stack/shownIn.ts';

/**
 * Puts other YAML in the place of the scalar that counts, also of one that an alias shows, and also within a text. `undefined`: there is
 * no safe edit.
 */
export function replaceScalarText(
  { layer: { file }, node, inText }: Contribution,
  newText: string,
): Change | undefined {
  if (file === undefined || isSealed(file)) return undefined;
  const edits = inText === undefined ? [{ span: node.span, newText }] : editsInText(inText, newText);
  return edits && { kind: 'edit', uri: file.uri, edits };
}

/** None where the text, or what is meant of it, is at another place, too. */
function editsInText({ text, written }: InText, newText: string): readonly TextEdit[] | undefined {
  const { layer, written: scalar, node, inherited } = text;
  if (layer.file === undefined || inherited || scalar !== node || scalar.kind !== 'scalar') return undefined;
  if (written.kind !== 'scalar' || written.anchor !== undefined) return undefined;
  if (mayBeShared(layer) && shownIn(layer, scalar)?.length !== 1) return undefined;
  const embedding = Embedding.of(layer.file.source, scalar);
  if (embedding?.source.text !== scalar.value) return undefined;
  return embedding.toHostEdits([{ span: written.span, newText }]);
}
