import { holdsConfidential } from '../check/discreet.ts';
import { isConfidential, withoutCredentials } from '../redaction/redact.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { TextEdit } from '../text/edit.ts';
import { withoutLogins } from '../text/logins.ts';

/** Tells which edits a report does not show. Texts come again in many files, and each is judged once. */
export class CredentialCheck {
  readonly #judged = new Map<string, boolean>();

  /** Whether edits of a file are at, or write, what may be a credential. */
  areIn(file: ValuesFile, edits: readonly TextEdit[]): boolean {
    return edits.some(
      ({ span, newText }) =>
        isConfidential(file, span) || this.#mayBe(newText) || holdsConfidential(file, newText),
    );
  }

  #mayBe(text: string): boolean {
    const known = this.#judged.get(text);
    if (known !== undefined) return known;
    const mayBe = withoutLogins(text) !== text || withoutCredentials(text) !== text;
    this.#judged.set(text, mayBe);
    return mayBe;
  }
}
