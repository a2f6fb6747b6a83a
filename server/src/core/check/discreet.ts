import { confidentialSpans, isConfidential } from '../redaction/redact.ts';
import type { StackFinding } from '../findings/finding.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogSource } from '../catalog/catalogSource.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { spansBetween } from '../text/span.ts';

/**
 * Findings without what they quote of the confidential parts of their file: messages, the titles of fixes and
 * value paths are shown, logged and kept. Words that are also in public parts stay.
 */
export function discreet(
  file: ValuesFile,
  findings: readonly StackFinding[],
  catalogs: CatalogSource,
): readonly StackFinding[] {
  if (findings.length === 0 || confidentialSpans(file).length === 0) return findings;
  const released = catalogs.of(catalogs.newest)?.memo(keysOfRelease) ?? new Set();
  return findings.map(finding => {
    if (isConfidential(file, finding.span)) return withoutQuotes({ file, released }, finding);
    return finding;
  });
}

/** Whether a text has a longer word that is only in the confidential parts of a file. */
export function holdsConfidential(file: ValuesFile, text: string): boolean {
  const { hidden, open } = file.memo(wordsOf);
  if (hidden === '') return false;
  return (text.match(longWord) ?? []).some(word => hidden.includes(word) && !open.has(word));
}

/** A file, and the words that everybody knows: the keys of the release. */
interface Known {
  readonly file: ValuesFile;
  readonly released: ReadonlySet<string>;
}

function keysOfRelease({ catalog }: CatalogIndex): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (value: Value): void => {
    if (!isRecord(value)) return;
    for (const [key, below] of Object.entries(value)) {
      for (const word of wordsIn(key)) keys.add(word);
      add(below);
    }
  };
  add(catalog.defaults);
  return keys;
}

function withoutQuotes(known: Known, finding: StackFinding): StackFinding {
  const hide = (text: string): string => withoutWords(known, text);
  const { path, related, ...rest } = finding;
  return {
    ...rest,
    message: hide(finding.message),
    fixes: finding.fixes.map(fix => ({ ...fix, title: hide(fix.title) })),
    ...(path !== undefined && isOpen(known, path) && { path }),
    ...(related !== undefined && {
      related: related.map(place => ({ ...place, message: hide(place.message) })),
    }),
  };
}

/** Without quoted texts that have a confidential word, and without such a long word wherever it is. */
function withoutWords(known: Known, text: string): string {
  const unquoted = text.replace(/"([^"]*)"/g, (whole, own: string) => (isOpen(known, own) ? whole : '"…"'));
  return unquoted.replace(longWord, word => (isOpen(known, word) ? word : '…'));
}

const longWord = /[\p{L}\p{N}_-]{8,}/gu;

/** What messages quote of their own. */
const ownQuotes = new Set(['key: value', 'string: |']);

/** Whether each word of a quoted text may be read elsewhere in the file, or is none of the file's words. */
function isOpen({ file, released }: Known, quoted: string): boolean {
  if (ownQuotes.has(quoted)) return true;
  const { hidden, open } = file.memo(wordsOf);
  return wordsIn(quoted).every(word => released.has(word) || open.has(word) || !hidden.includes(word));
}

interface Words {
  /** The confidential texts as one. */
  readonly hidden: string;
  /** The words of all else. */
  readonly open: ReadonlySet<string>;
}

function wordsOf(file: ValuesFile): Words {
  const { text } = file;
  const spans = confidentialSpans(file);
  const shown = spansBetween({ start: 0, end: text.length }, spans);
  return {
    hidden: spans.map(({ start, end }) => text.slice(start, end)).join('\n'),
    open: new Set(shown.flatMap(({ start, end }) => wordsIn(text.slice(start, end)))),
  };
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_-]+/gu) ?? [];
}
