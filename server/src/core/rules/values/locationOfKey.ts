import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import type { Report } from '../../findings/finding.ts';

/** Where a value of the wrong kind is reported: the value where it is short, or its key. */
export function locationOfKey(key: WrittenKey): Pick<Report, 'uri' | 'span' | 'path'> {
  const { key: name, value } = key.pair;
  const isShort = value.kind === 'scalar' && value.style !== 'literal' && value.style !== 'folded';
  return { uri: key.uri, span: isShort ? value.span : name.span, path: key.printed };
}
