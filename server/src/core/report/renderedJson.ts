import type { ComparedImage, PlanState } from '../rendered/compare.ts';
import { printFieldPath } from '../rendered/fieldPath.ts';
import type { ImageHow } from '../rendered/types.ts';
import type { ImageCopy } from '../mirror/types.ts';
import { schema } from './json.ts';

/** The images of one input. */
export interface RenderedFile {
  /** As it is printed; `-` for standard input. */
  readonly file: string;
  readonly images: readonly ComparedImage[];
}

export interface RenderedJson {
  readonly schema: typeof schema;
  readonly images: readonly RenderedImageJson[];
  /** Images of the plan that are not in the text. */
  readonly notRendered: readonly string[];
}

export interface RenderedImageJson {
  /** Canonical; null where Istio puts in what the text does not name. */
  readonly image: string | null;
  readonly written: string;
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly path: string;
  /** The fields within texts of the object. */
  readonly inner: readonly string[];
  /** Only for a line of a text that cannot be parsed. */
  readonly line?: number;
  readonly how: ImageHow;
  /** Only for `running`: of what was pulled, and why it was not; null where that is not known. */
  readonly digest?: string | null;
  readonly notPulled?: string | null;
  readonly sure: 'certain' | 'likely' | 'possible';
  readonly plan: PlanState;
  readonly values: readonly string[];
  readonly hidden: boolean;
}

/** Everything found, exactly as `rendered --format json` prints it. */
export function renderedJson(
  files: readonly RenderedFile[],
  notRendered: readonly ImageCopy[],
): RenderedJson {
  return {
    schema,
    images: files.flatMap(({ file, images }) => images.map(image => imageJson(file, image))),
    notRendered: notRendered.map(({ source, target }) => target ?? source),
  };
}

function imageJson(file: string, { found, state, copies }: ComparedImage): RenderedImageJson {
  const { image, written, object, path, inner, line, how, running } = found;
  return {
    image: image ?? null,
    written,
    file,
    kind: object.kind,
    name: object.name,
    namespace: object.namespace ?? null,
    path: printFieldPath(path),
    inner: inner.map(printFieldPath),
    ...(line !== undefined && { line }),
    how,
    ...(running !== undefined && { digest: running.digest ?? null, notPulled: running.trouble ?? null }),
    sure: sureness(how),
    plan: state,
    values: [...new Set(copies.flatMap(({ paths }) => paths))],
    hidden: copies.length > 0 && copies.every(({ isHidden }) => isHidden),
  };
}

function sureness(how: ImageHow): RenderedImageJson['sure'] {
  if (how === 'container' || how === 'istio-auto' || how === 'running') return 'certain';
  return how === 'text' ? 'possible' : 'likely';
}
