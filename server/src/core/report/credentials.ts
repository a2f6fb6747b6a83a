import { holdsConfidential } from '../check/discreet.ts';
import { isConfidential, withoutCredentials } from '../redaction/redact.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { TextEdit } from '../text/edit.ts';
import { withoutLogins } from '../text/logins.ts';

/** Whether edits of a file are at, or write, what may be a credential: then a report does not show them. */
export function holdsCredentials(file: ValuesFile, edits: readonly TextEdit[]): boolean {
  return edits.some(({ span, newText }) => isConfidential(file, span) || mayBeCredential(file, newText));
}

function mayBeCredential(file: ValuesFile, text: string): boolean {
  if (withoutLogins(text) !== text || withoutCredentials(text) !== text) return true;
  return holdsConfidential(file, text);
}
