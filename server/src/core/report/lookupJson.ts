import type { StackView } from '../analysis/stackView.ts';
import type { FoundImage, FoundInStack } from '../lookup/lookUp.ts';
import type { ImageUse, UseRelation } from '../lookup/imageUses.ts';
import type { PodSecret } from '../lookup/podSecret.ts';
import type { TagVerdict } from '../lookup/tagVerdict.ts';
import type { ReportLocation } from '../findings/location.ts';
import type { OriginJson, ReleaseFrom } from './imagesJson.ts';
import { schema } from './json.ts';
import { locationIn } from './lookupPlace.ts';
import { goneText } from './lookupWords.ts';
import type { PathOf } from './types.ts';

export interface LookupJson {
  readonly schema: typeof schema;
  readonly images: readonly FoundImageJson[];
}

export interface FoundImageJson {
  /** Canonical. */
  readonly image: string;
  /** Of the Pod; null where the text does not say. */
  readonly namespace: string | null;
  /** Why it is not pulled; null where the text does not say. */
  readonly notPulled: string | null;
  readonly stacks: readonly FoundInStackJson[];
}

export interface FoundInStackJson {
  readonly stack: string;
  readonly release: string;
  readonly releaseFrom: ReleaseFrom;
  readonly upstream: string | null;
  /** What happened to the repository, or to its upstream; null where nothing is known. */
  readonly retired: string | null;
  /** The closest first; empty where the stack does not have the image. */
  readonly uses: readonly ImageUseJson[];
  /** Images with a name like it, only where `uses` is empty. */
  readonly nearest: readonly { readonly path: string | null; readonly reference: string }[];
}

export interface ImageUseJson {
  readonly kind: ImageUse['kind'];
  readonly path: string | null;
  readonly component: string | null;
  readonly deployed: boolean;
  readonly where: string | null;
  readonly relation: UseRelation;
  /** What the stack pulls; null where it is not known. */
  readonly reference: string | null;
  readonly tag: TagVerdict['kind'];
  /** null: the release's default. */
  readonly origin: OriginJson | null;
  /** Where an override would go; null where a layer sets it, and where there is no place. */
  readonly override: OriginJson | null;
  /** null: the image is public, or the namespace is not known. */
  readonly pullSecret: Pick<PodSecret, 'state' | 'secrets' | 'reason'> | null;
}

/** The way back from images, exactly as `explain --image --format json` prints it. */
export function lookupJson(found: readonly FoundImage[], pathOf: PathOf): LookupJson {
  const images = found.map(({ asked, stacks }) => ({
    image: asked.image,
    namespace: asked.namespace ?? null,
    notPulled: asked.trouble ?? null,
    stacks: stacks.map(stack => stackJson(stack, pathOf)),
  }));
  return { schema, images };
}

function stackJson(found: FoundInStack, pathOf: PathOf): FoundInStackJson {
  const { view, name, upstream, uses, nearest } = found;
  return {
    stack: name,
    release: view.catalog.release,
    releaseFrom: view.stack.guess ?? 'named',
    upstream: upstream ?? null,
    retired: goneText(found) || null,
    uses: uses.map(use => useJson(view, use, pathOf)),
    nearest: nearest.map(({ path, reference }) => ({ path: path ?? null, reference })),
  };
}

function useJson(view: StackView, use: ImageUse, pathOf: PathOf): ImageUseJson {
  const { kind, path, component, isDeployed, where, relation, pulled, tag, setAt, overrideAt } = use;
  return {
    kind,
    path: path ?? null,
    component: component ?? null,
    deployed: isDeployed,
    where: where ?? null,
    relation,
    reference: pulled ?? null,
    tag: tag.kind,
    origin: placeJson(view, setAt, pathOf),
    override: placeJson(view, overrideAt, pathOf),
    pullSecret: secretJson(use.secret),
  };
}

function secretJson(secret: PodSecret | undefined): ImageUseJson['pullSecret'] {
  if (secret === undefined) return null;
  const { state, secrets, reason } = secret;
  return { state, secrets, reason };
}

function placeJson(view: StackView, place: ReportLocation | undefined, pathOf: PathOf): OriginJson | null {
  const location = place && locationIn(view, place);
  if (location === undefined) return null;
  const { uri, start, end } = location;
  return { file: pathOf(uri), range: { start, end } };
}
