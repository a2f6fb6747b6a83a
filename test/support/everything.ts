import { checkFile } from '../../server/src/core/check/check.ts';
import { codeActions } from '../../server/src/core/features/codeActions.ts';
import { codeLenses, codeLensText } from '../../server/src/core/features/codeLenses.ts';
import { completion } from '../../server/src/core/features/completion.ts';
import { definition, references } from '../../server/src/core/features/definition.ts';
import { documentLinks } from '../../server/src/core/features/documentLinks.ts';
import { foldingRanges } from '../../server/src/core/features/foldingRanges.ts';
import { inlayHintDetails, inlayHints } from '../../server/src/core/features/inlayHints.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { selectionRanges } from '../../server/src/core/features/selectionRanges.ts';
import { documentSymbols } from '../../server/src/core/features/symbols.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { catalogs } from './views.ts';

const uri = 'file:///ws/values.yaml';

/**
 * Does with a text what an editor may ask for while somebody types in it, at its end, its start and between. Gives how many
 * findings there are.
 */
export function doEverything(text: string): number {
  const { policy } = parsePolicy({
    rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }],
  });
  const file = new ValuesFile(uri, text);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, policy }, project: undefined }],
    files: new Map([[uri, file]]),
    secrets: [],
  });
  const findings = checkFile(snapshot, uri);
  const offsets = [
    0,
    Math.floor(text.length / 2),
    text.length,
    ...findings.slice(0, 3).map(({ span }) => span.start),
  ];
  for (const offset of offsets) {
    hover(snapshot, uri, offset);
    completion(snapshot, { uri, offset, isTyping: true });
    definition(snapshot, uri, offset);
    references(snapshot, uri, offset);
    selectionRanges(snapshot, uri, offset);
    codeActions(snapshot, uri, { start: offset, end: offset });
  }
  documentSymbols(snapshot, uri);
  foldingRanges(snapshot, uri);
  for (const { id } of codeLenses(snapshot, uri)) codeLensText(snapshot, uri, id);
  const hints = inlayHints(snapshot, uri, { start: 0, end: text.length });
  for (const { id } of hints.slice(0, 3)) inlayHintDetails(snapshot, id);
  documentLinks(snapshot, file);
  snapshot.withFile(uri, new ValuesFile(uri, `${text}\na`, { previous: file }));
  return findings.length;
}
