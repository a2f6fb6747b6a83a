import type { StackView } from '../analysis/stackView.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Value } from '../yaml/value.ts';
import type { Explanation } from './explain.ts';
import { imageJson, placeJson, type ImageJson, type ReleaseFrom } from './imagesJson.ts';
import { schema } from './json.ts';
import { shownPart, shownValue } from '../redaction/redactValue.ts';
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
  readonly release: string;
  readonly releaseFrom: ReleaseFrom;
  readonly effective: Value;
  /** Every layer that says something at the path, weakest first. */
  readonly layers: readonly LayerJson[];
  /** null when the path is not one image. */
  readonly image: ImageJson | null;
}

/** One value path, exactly as `explain --format json` prints it, without credentials. */
export function explainJson(view: StackView, explanation: Explanation, pathOf: PathOf): ExplainJson {
  const { path, effective, value, image } = explanation;
  return {
    schema,
    path,
    release: view.catalog.release,
    releaseFrom: view.stack.guess ?? 'named',
    effective: effective === undefined ? null : (shownValue(view, path) ?? null),
    layers: (value?.all ?? []).toReversed().map(part => layerJson(part, pathOf)),
    image: (image && imageJson(view, image, pathOf)) ?? null,
  };
}

function layerJson(part: Contribution, pathOf: PathOf): LayerJson {
  const value = shownPart(part);
  const place = placeJson(part, pathOf);
  if (place === undefined) return { file: part.layer.label, value };
  return { ...place, value };
}
