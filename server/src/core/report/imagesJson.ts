import type { RetiredFinding } from '../catalog/retired.ts';
import { pulledReference, shownRepository, type ImageEntry } from '../analysis/images.ts';
import type { HiddenImage } from '../catalog/types.ts';
import { hiddenClass, hiddenTarget } from '../mirror/plan.ts';
import type { CopyClass } from '../mirror/types.ts';
import { normalizeReference, printSuffix } from '../image/reference.ts';
import type { ImageState } from '../analysis/imageState.ts';
import { retiredUpstream } from '../analysis/retiredUpstream.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import type { ReleaseGuess } from '../stack/releaseGuess.ts';
import { whatHappened, whatReplaces } from '../rules/image/retiredText.ts';
import { repositoryValue } from '../rules/image/rewriteChanges.ts';
import { schema } from './json.ts';
import { tagSource, type TagFrom } from './tagSource.ts';
import type { PathOf, Range } from './types.ts';

/** Where a user's layer says something. */
export interface OriginJson {
  readonly file: string;
  readonly range: Range;
}

export interface RetiredJson {
  readonly since: string;
  readonly replacement: string | null;
  readonly status: string;
  readonly message: string;
  readonly url: string;
}

export interface ImageJson {
  readonly path: string;
  /** The value path below `valuesOverrides` that counts instead; null mostly. */
  readonly override: string | null;
  readonly form: ImageEntry['form'];
  readonly component: string;
  readonly enabled: boolean;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly resolvedTag: string | null;
  readonly tagFrom: TagFrom;
  /** What is rendered, even where it is invalid or holds a template that nobody fills in. */
  readonly reference: string | null;
  readonly state: ImageState;
  readonly target: string | null;
  /** null: the release's default. */
  readonly origin: { readonly repository: OriginJson | null; readonly tag: OriginJson | null };
  readonly retired: RetiredJson | null;
  /** What happened to what a private image is a copy of; null mostly. */
  readonly retiredUpstream: RetiredJson | null;
}

export interface HiddenJson {
  readonly reference: string;
  readonly component: string;
  readonly enabled: boolean;
  readonly where: string;
  /** When it is pulled: `runtime`, `example`, `opt-in` or `not-run`. */
  readonly deployed: string;
  /** As in the plan of a mirror. */
  readonly class: CopyClass;
  /** What the policy makes of it; null when it stays public. */
  readonly target: string | null;
  /** Other tags of it that users may choose. */
  readonly choices: readonly string[];
  /** The value path below `valuesOverrides` that changes it all the same. */
  readonly changedBy: string | null;
}

export interface PluginJson {
  readonly reference: string;
  readonly variant: string;
  readonly where: string;
}

/** Who says which release it is: somebody, or what it is concluded from. */
export type ReleaseFrom = 'named' | ReleaseGuess;

export interface ImagesJson {
  readonly schema: typeof schema;
  readonly stack: string;
  readonly release: string;
  readonly releaseFrom: ReleaseFrom;
  readonly images: readonly ImageJson[];
  readonly hidden: readonly HiddenJson[];
  readonly plugin: readonly PluginJson[];
}

/** Every image of a stack, exactly as `images --format json` prints it. */
export function imagesJson(view: StackView, stack: string, pathOf: PathOf): ImagesJson {
  const { hiddenImages, pluginImages } = view.catalog.catalog;
  return {
    schema,
    stack,
    release: view.catalog.release,
    releaseFrom: view.stack.guess ?? 'named',
    images: view.images.map(entry => imageJson(view, entry, pathOf)),
    hidden: hiddenImages.map(image => hiddenJson(view, image)),
    plugin: pluginImages.map(({ reference, variant, where }) => ({ reference, variant, where })),
  };
}

function hiddenJson(view: StackView, image: HiddenImage): HiddenJson {
  const { reference, component, where, deployed, choices = [], changedBy = null } = image;
  const owner = view.catalog.componentAt(component);
  return {
    reference,
    component,
    enabled: owner === undefined || view.isEnabled(owner),
    where,
    deployed,
    class: hiddenClass(image),
    target: hiddenTarget(view, image) ?? null,
    choices,
    changedBy,
  };
}

export function imageJson(view: StackView, entry: ImageEntry, pathOf: PathOf): ImageJson {
  const tag = tagSource(view, entry);
  const upstream = retiredUpstream(view, entry);
  return {
    path: entry.path,
    override: entry.override ?? null,
    form: entry.form,
    component: entry.component.path,
    enabled: entry.enabled,
    repository: shownRepository(entry) ?? null,
    tag: entry.tag ?? null,
    resolvedTag: tag.tag ?? null,
    tagFrom: tag.from,
    reference: pulledReference(entry) ?? null,
    state: entry.state,
    target: targetOf(entry) ?? null,
    origin: {
      repository: originJson(repositoryValue(entry), pathOf),
      tag: originJson(entry.form === 'map' ? entry.keys.tag : entry.value, pathOf),
    },
    retired: retiredJson(entry.canonical, entry.retired),
    retiredUpstream: retiredJson(upstream?.upstream, upstream?.retired),
  };
}

/**
 * What the policy makes of the whole reference; `undefined` when it asks for no change or the tag is unknown.
 */
export function targetOf({ rewrite, rendered, templated }: ImageEntry): string | undefined {
  if (rewrite?.kind !== 'rewritten' || rendered === undefined || templated) return undefined;
  const { reference } = normalizeReference(rendered);
  if (reference === undefined) return undefined;
  return rewrite.repository + printSuffix(reference);
}

function originJson(value: EffectiveValue | undefined, pathOf: PathOf): OriginJson | null {
  return (value && placeJson(value.winner, pathOf)) ?? null;
}

/**
 * Where a layer says it: the value, or the key when nothing is written after it. `undefined` for the
 * defaults.
 */
export function placeJson({ layer, written, pair }: Contribution, pathOf: PathOf): OriginJson | undefined {
  if (layer.file === undefined) return undefined;
  const isEmpty = written.span.start === written.span.end;
  const span = isEmpty && pair !== undefined ? pair.key.span : written.span;
  const { uri, start, end } = layer.file.locate(span);
  return { file: pathOf(uri), range: { start, end } };
}

function retiredJson(canonical: string | undefined, retired: RetiredFinding | undefined): RetiredJson | null {
  if (retired === undefined) return null;
  const { since, status, url } = retired.entry;
  return {
    since,
    replacement: retired.replacement ?? null,
    status,
    message: retiredSentence(canonical ?? retired.entry.source, retired),
    url,
  };
}

/** What is known about a repository that is gone, in one sentence without a full stop. */
export function retiredSentence(repository: string, retired: RetiredFinding): string {
  return `${repository} ${whatHappened(retired.entry, 1)}; ${whatReplaces(retired, retired.replacement, 1)}`;
}
