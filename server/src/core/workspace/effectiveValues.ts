import { hiddenImages } from '../analysis/hiddenImages.ts';
import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { printValues } from '../catalog/shownValues.ts';
import { shownValue } from '../redaction/redactValue.ts';
import { keyPath } from '../rules/image/rewriteChanges.ts';
import { isUnsetText } from '../rules/image/tagChanges.ts';
import { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import { findPath, type Found } from '../yaml/lookup.ts';
import { parsePath, type Path } from '../yaml/nodes.ts';
import { replaceValue } from '../yaml/write.ts';
import type { Snapshot } from './snapshot.ts';
import { effectiveUri, fromStep } from './virtualUris.ts';

/** The document with the effective values of a stack. */
export interface EffectiveDocument {
  readonly view: StackView;
  readonly file: ValuesFile;
}

/** `undefined`: it is another document, or its stack is gone. */
export function effectiveDocument(snapshot: Snapshot, uri: string): EffectiveDocument | undefined {
  const id = /^deploykf-values:\/effective\/([^/]+)\//.exec(uri)?.[1];
  const view = id === undefined ? undefined : snapshot.viewById(fromStep(id));
  return view && { view, file: view.memo(shownFile) };
}

/** The plain merge of the layers, which can be compared with the defaults line by line. */
export function mergedText(view: StackView): string {
  const layers = view.effective.layers.map(layer => layer.label).join(', ');
  const title = view.stack.name === '' ? '' : `Stack ${view.stack.name}: `;
  return printValues(shownValue(view, []) ?? {}, [`${title}what is left of ${layers} after the merge`]);
}

/** The node of a path, or of the nearest one above that the document has. */
export function nearestIn(file: ValuesFile, path: Path): Found | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = findPath(file.root, path.slice(0, length), file.anchors);
    if (found?.pair !== undefined) return found;
  }
  return undefined;
}

function shownFile(view: StackView): ValuesFile {
  const text = mergedText(view);
  const file = new ValuesFile('', text);
  const edits = [
    ...view.images.flatMap(entry => tagEdit(view, file, entry) ?? []),
    ...view.catalog.catalog.components.flatMap(({ path }) => hiddenEdit(view, file, path) ?? []),
  ];
  const { id, name } = view.stack;
  return new ValuesFile(effectiveUri(id, name), applyEdits(text, edits) ?? text);
}

/** The tag that is pulled, in place of one that is open. */
function tagEdit(view: StackView, file: ValuesFile, entry: ImageEntry): TextEdit | undefined {
  const { form, keys, resolved, templated } = entry;
  if (form !== 'map' || templated || resolved.kind !== 'known' || !isUnsetText(keys.tag)) return undefined;
  const pair = findPath(file.root, parsePath(keyPath(view, entry, 'tag')), file.anchors)?.pair;
  return pair && replaceValue(pair, withoutLogins(resolved.tag), file.source);
}

/** Comments below the key of a component, one for each image that it also pulls and no value can change. */
function hiddenEdit(view: StackView, file: ValuesFile, path: string): TextEdit | undefined {
  const component = view.catalog.componentAt(path);
  const hidden = component === undefined ? [] : hiddenImages(view, component);
  const value = findPath(file.root, parsePath(path), file.anchors)?.node;
  const first = value?.kind === 'map' && !value.flow ? value.pairs[0] : undefined;
  if (component === undefined || first === undefined || !view.isEnabled(component)) return undefined;
  const { line, character } = file.source.positionAt(first.key.span.start);
  const start = file.source.lineStarts[line] ?? 0;
  const indent = ' '.repeat(character);
  const newText = hidden
    .map(({ reference }) => `${indent}# ${printable(reference)} (no value can change it)\n`)
    .join('');
  return newText === '' ? undefined : { span: { start, end: start }, newText };
}
