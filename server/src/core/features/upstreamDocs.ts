import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { upstreamComments } from '../workspace/upstreamComments.ts';
import type { Path } from '../yaml/nodes.ts';
import { joined, lines, link, mark, Markdown, plain } from './markdown.ts';

/** A comment that is longer is cut. */
const mostLines = 20;

/** What upstream says of a value, and where, as far as the user has its file; not for what is in that file itself. */
export function upstreamDocs(
  snapshot: Snapshot,
  view: StackView,
  place: { readonly uri: string; readonly path: Path },
): Markdown | undefined {
  // Its items are other ones.
  if (place.path.some(step => typeof step === 'number')) return undefined;
  const defaults = upstreamComments(snapshot, view);
  if (defaults === undefined || defaults.document.uri === place.uri) return undefined;
  const comment = defaults.commentAt(place.path);
  const span = defaults.keySpan(place.path);
  if (comment.length === 0 || span === undefined) return undefined;
  const shown = comment.slice(0, mostLines).map(asItStands);
  if (comment.length > mostLines) shown.push(mark`…`);
  const { uri, source } = defaults.document;
  const from = link('default_values.yaml', uri, source.positionAt(span.start).line);
  return joined([lines(shown), mark`From ${from}`], '\n\n');
}

/** With its indentation, which Markdown would take for something else. */
function asItStands(line: string): Markdown {
  const text = line.trimStart();
  if (text === '') return new Markdown('\u00a0');
  return new Markdown('\u00a0'.repeat(line.length - text.length) + plain(text).text);
}
