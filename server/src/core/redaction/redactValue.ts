import type { StackView } from '../analysis/stackView.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Layer } from '../stack/layer.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { Embedding } from '../yaml/embedded.ts';
import type { Path, YamlNode, YamlScalar } from '../yaml/nodes.ts';
import { valueOf, type Substitute, type Value } from '../yaml/value.ts';
import { confidentialSpans, isConfidential } from './redact.ts';

const hidden = '…';

/**
 * A value of a stack with `…` for what may be credentials in its files;
 * `undefined` when no layer has the path.
 */
export function shownValue(view: StackView, path: Path | string): Value | undefined {
  return view.effective.value(path, hidingIn);
}

/** What one layer says, with `…` for what may be credentials. */
export function shownPart({ node, written, layer }: Contribution): Value {
  const hide = hidingIn(layer);
  return hide?.(written) ?? valueOf(node, layer.anchors, hide);
}

/** A release's defaults are public, whatever they are called. */
function hidingIn({ file }: Layer): Substitute | undefined {
  if (file === undefined || isOpen(file)) return undefined;
  return node => hiddenValue(node, file);
}

function isOpen(file: ValuesFile): boolean {
  return confidentialSpans(file).length === 0 && (file.host === undefined || isOpen(file.host.file));
}

/** A map goes as a whole where one of its keys must not be seen. */
function hiddenValue(node: YamlNode, file: ValuesFile): Value | undefined {
  switch (node.kind) {
    case 'seq':
      return undefined;
    case 'map':
      if (!node.pairs.some(({ key }) => isConfidential(file, key.span))) return undefined;
      return hidden;
    case 'alias':
      if (!isConfidential(file, node.span)) return undefined;
      return hidden;
    case 'scalar':
      if (node.value === null || node.source === '' || !isConfidential(file, node.span)) return undefined;
      return hiddenText(node, file);
  }
}

/** Longer texts are not looked into. */
const longest = 20_000;

/** The lines of a text that may be shown; all of it where that is not known. */
function hiddenText(node: YamlScalar, file: ValuesFile): string {
  if (node.source.length > longest || !node.source.includes('\n')) return hidden;
  const embedding = Embedding.of(file.source, node);
  if (embedding === undefined) return hidden;
  const { source } = embedding;
  return source.lineStarts
    .map((start, line) => {
      const text = source.lineText(line);
      const isHidden = isConfidential(file, embedding.toOuter({ start, end: source.lineEnd(line) }));
      if (isHidden && text.trim() !== '') return text.slice(0, text.search(/\S/)) + hidden;
      return text;
    })
    .join('\n');
}
