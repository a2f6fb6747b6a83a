import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { namesCredential } from './confidentialLines.ts';

/**
 * Of a text that does not parse, the top-level sections of deployKF that may hold a Secret or another
 * credential, each whole: a missing quote or a wrong indentation moves a credential to any place in its
 * section. A text without such sections is one.
 */
export function brokenSections(source: SourceText): readonly Span[] {
  const { text } = source;
  const starts = [...text.matchAll(sectionStart)].map(match => match.index);
  const borders = [...new Set([0, ...starts, text.length])];
  return borders.flatMap((start, index) => {
    const end = borders[index + 1] ?? start;
    const section = text.slice(start, end);
    if (mayHoldSecret(section) || namesCredential(section)) return [{ start, end }];
    return [];
  });
}

const sectionStart = /^(?:argocd|kubernetes|(?:deploykf|kubeflow)_\w+)[ \t]*:/gm;

/**
 * Traces of a Secret: its kind, its keys, its place in the values unless that is empty,
 * and what the beginning of a JSON object is in base64.
 */
export function mayHoldSecret(text: string): boolean {
  return /extraManifest(?!s:[ \t]*(?:\[\]|\{\})[ \t]*(?:#.*)?$)|\bSecret(?:List)?\b|string_?data|dockerc(?:onfig|fg)|kubernetes\.io\/|\bauths\b|\be(?:yJ|yA|w[o0])[\w+/-]{8}/im.test(
    text,
  );
}
