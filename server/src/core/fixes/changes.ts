import { EditSet, type FileEdit, type TextEdit } from '../text/edit.ts';
import type { Layer } from '../stack/layer.ts';
import { lineWidth } from '../stack/lineWidth.ts';
import { removePath } from '../yaml/remove.ts';
import { setValues, type Assignment } from '../yaml/write.ts';
import type { Change } from '../findings/finding.ts';

/**
 * The text edits that make all changes at once: values set in one layer are written together, so that two of them can
 * share a new section. A change that would overlap an earlier one is left out, and so is one that has no safe edit.
 */
export function changesToEdits(changes: readonly Change[]): readonly FileEdit[] {
  const byFile = new Map<string, EditSet>();
  const created: FileEdit[] = [];
  const add = (uri: string, edits: readonly TextEdit[]): void => {
    const set = byFile.get(uri) ?? new EditSet();
    if (set.add(edits) && edits.length > 0) byFile.set(uri, set);
  };
  for (const change of changes) {
    if (change.kind === 'edit') add(change.uri, change.edits);
    if (change.kind === 'create') created.push(newFile(change));
    if (change.kind === 'remove') add(uriOf(change), removal(change.layer, change.path));
  }
  for (const { layer, assignments } of writtenLayers(changes)) {
    if (layer.file === undefined) continue;
    const { source } = layer.file;
    const width = lineWidth(layer.file);
    const target = { source, root: layer.root, anchors: layer.anchors, width };
    add(layer.file.uri, setValues(target, assignments).edits);
  }
  return [...created, ...[...byFile].map(([uri, { edits }]) => ({ uri, edits }))];
}

function newFile({ uri, text }: Change & { readonly kind: 'create' }): FileEdit {
  return { uri, edits: [{ span: { start: 0, end: 0 }, newText: text }], isNew: true };
}

/** The file that a change is made in; empty for one of the defaults, which cannot be made. */
export function uriOf(change: Change): string {
  if (change.kind === 'edit' || change.kind === 'create') return change.uri;
  return change.layer.file?.uri ?? '';
}

function removal(layer: Layer, path: readonly string[]): readonly TextEdit[] {
  const edit = layer.file && layer.root && removePath(layer.file.source, layer.root, path);
  if (edit === undefined) return [];
  return [edit];
}

interface WrittenLayer {
  readonly layer: Layer;
  readonly assignments: Assignment[];
}

/** A text is written once, whichever stacks have it as a layer: each of them has a layer of its own for it. */
function writtenLayers(changes: readonly Change[]): Iterable<WrittenLayer> {
  const layers = new Map<unknown, WrittenLayer>();
  for (const change of changes) {
    if (change.kind !== 'set') continue;
    const { layer, path, value } = change;
    const text = layer.root ?? layer.file;
    const known = layers.get(text) ?? { layer, assignments: [] };
    known.assignments.push({ path, value });
    layers.set(text, known);
  }
  return layers.values();
}
