import type { StackView } from '../analysis/stackView.ts';
import type { Contribution } from '../stack/effective.ts';
import { parsePath, type Path } from '../yaml/nodes.ts';
import { valueOf, type Value } from '../yaml/value.ts';
import type { Explanation } from './explain.ts';
import { imageJson, placeJson, type ImageJson } from './imagesJson.ts';
import { schema } from './json.ts';
import { shownValue } from '../secrets/redactValue.ts';
import type { PathOf, Range } from './types.ts';

export interface LayerJson {
  /** The file, or `defaults of 0.1.5`. */
  readonly file: string;
  /** Only for files. */
  readonly range?: Range;
  readonly value: Value;
}

export interface ExplainJson {
  readonly schema: typeof schema;
  readonly path: string;
  readonly effective: Value;
  /** Every layer that says something at the path, the weakest first. */
  readonly layers: readonly LayerJson[];
  /** null when the path is not one image. */
  readonly image: ImageJson | null;
}

/** One value path, exactly as `explain --format json` prints it, without credentials. */
export function explainJson(view: StackView, explanation: Explanation, pathOf: PathOf): ExplainJson {
  const { path, effective, value, image } = explanation;
  const steps = parsePath(path);
  return {
    schema,
    path,
    effective: shownValue(effective ?? null, steps),
    layers: (value?.all ?? []).toReversed().map(part => layerJson(part, steps, pathOf)),
    image: image === undefined ? null : imageJson(view, image, pathOf),
  };
}

function layerJson(part: Contribution, path: Path, pathOf: PathOf): LayerJson {
  const value = shownValue(valueOf(part.node, part.layer.anchors), path);
  const place = placeJson(part, pathOf);
  return place === undefined ? { file: part.layer.label, value } : { ...place, value };
}
