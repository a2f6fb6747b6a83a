import type { ShownDocument } from '../catalog/catalogIndex.ts';
import type { Span } from '../text/span.ts';
import type { Anchors } from '../yaml/lookup.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import type { ValuesFile } from './valuesFile.ts';

/** One source of values in merge order. Spans of its nodes are those of `file`. */
export interface Layer {
  /** `defaults` for the release's `default_values.yaml`. */
  readonly kind: 'defaults' | 'file' | 'embedded';
  /** How findings and hovers name it, such as `prod.yaml`. */
  readonly label: string;
  /** The file that holds it; `undefined` for the defaults. */
  readonly file: ValuesFile | undefined;
  /** `undefined` when the layer is empty or no map, which deployKF takes as no values. */
  readonly root: YamlMap | undefined;
  readonly anchors: Anchors;
  /** The read-only document that shows a layer without a file: the spans of its nodes are those of its text. */
  readonly document?: ShownDocument;
  /** The part of the file that is the layer; `undefined` when the whole file is. */
  readonly within?: Span;
}

export function fileLayer(file: ValuesFile, label: string): Layer {
  return { kind: 'file', label, file, root: file.map, anchors: file.anchors };
}
