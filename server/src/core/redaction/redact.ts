import type { ValuesFile } from '../stack/valuesFile.ts';
import { SourceText } from '../text/sourceText.ts';
import { spansTouching, unionOf, type Span } from '../text/span.ts';
import { parseYaml, type ParsedYaml } from '../yaml/parse.ts';
import { maskTemplateLines } from '../yaml/templates.ts';
import { brokenSections } from './brokenSections.ts';
import { confidentialLines, wholeLines } from './confidentialLines.ts';
import { confidentialNodes } from './confidentialNodes.ts';

/**
 * The parts of a file that may be credentials and so are never shown: what is in Secrets, Docker configs,
 * passwords. Where the text does not parse, these are whole sections. In text order,
 * none goes over a line end. Errs towards hiding.
 */
export function confidentialSpans(file: ValuesFile): readonly Span[] {
  return file.memo(spansOfFile);
}

/** Whether a part of a file is confidential, or has a part that is. */
export function isConfidential(file: ValuesFile, span: Span): boolean {
  if (spansTouching(confidentialSpans(file), span).length > 0) return true;
  const { host } = file;
  return host !== undefined && isConfidential(host.file, host.embedding.toOuter(span));
}

/** A text with `…` for each of its confidential parts. */
export function withoutCredentials(text: string): string {
  const source = new SourceText(text);
  let shown = '';
  let from = 0;
  for (const { start, end } of spansOf(source, parseYaml(maskTemplateLines(text)), 0)) {
    shown += `${text.slice(from, start)}…`;
    from = end;
  }
  return shown + text.slice(from);
}

function spansOfFile(file: ValuesFile): readonly Span[] {
  return spansOf(file.source, file.wholeYaml, 0);
}

/**
 * Texts in texts in texts: an Application, its values, a manifest, a Docker config.
 * What is deeper is not shown.
 */
const deepest = 5;

function spansOf(source: SourceText, yaml: ParsedYaml, depth: number): readonly Span[] {
  if (depth > deepest) return wholeLines(source, { start: 0, end: source.text.length });
  const nodes = confidentialNodes(source, yaml, (inner, parsed) => spansOf(inner, parsed, depth + 1));
  const isBroken = yaml.problems.length > 0;
  const broken = isBroken ? brokenSections(source) : [];
  const whole = broken.flatMap(section => wholeLines(source, section));
  return unionOf([
    ...confidentialLines(source, isBroken),
    ...nodes.flatMap(node => wholeLines(source, node)),
    ...whole,
  ]);
}
