import type { Finding } from '../findings/finding.ts';
import { isConfidential } from '../redaction/redact.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { longDigest } from '../text/digest.ts';

/**
 * The same for the same finding wherever it is: in a moved line, a renamed file, on another machine. Made of the code, the
 * value path (without one, of the message without its numbers) and the text of the place, if that may be read.
 */
export function fingerprintOf(file: ValuesFile, finding: Finding): string {
  const { code, path, message } = finding;
  return longDigest([code, path ?? withoutNumbers(message), placeText(file, finding)].join('\0'));
}

/** Fingerprints of all findings of a file: the second one of the same is another one. */
export function numberedFingerprints(file: ValuesFile, findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(finding => {
    const fingerprint = fingerprintOf(file, finding);
    const before = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, before + 1);
    return `${fingerprint}:${before + 1}`;
  });
}

function withoutNumbers(message: string): string {
  return message.replace(/ \(stacks? [^()]*\)$/, '').replace(/\d+/g, '0');
}

/** The key that a finding is shown at only because its own is not written may be another one tomorrow. */
function placeText(file: ValuesFile, { span, path }: Finding): string {
  if (isConfidential(file, span)) return '';
  const text = file.text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
  const key = text.replace(/^["']|["']$/g, '');
  if (path?.split(/[.[\]]/).includes(key) === true) return '';
  return text;
}
