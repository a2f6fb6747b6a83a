import { pulledReference, vouchedRetired, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { upstreamFinder } from '../analysis/upstreams.ts';
import type { RetiredFinding } from '../catalog/retired.ts';
import type { HiddenImage } from '../catalog/types.ts';
import type { ReportLocation } from '../findings/location.ts';
import { normalizeReference, printReference } from '../image/reference.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { hiddenTarget, planOfStack } from '../mirror/plan.ts';
import type { AskedImage } from './pastedImages.ts';
import { podSecret, type PodSecret } from './podSecret.ts';
import { tagVerdict, type TagVerdict } from './tagVerdict.ts';
import { missingPlace, writtenPlace } from './valuePlace.ts';

/**
 * How an image that is asked about stands to one of the stack. `pulled`: the stack pulls that repository. `target`: the policy puts it
 * there, and the stack pulls it from elsewhere. `upstream`: the stack pulls a copy of it. `replacement`: it takes the place of what the
 * stack pulls, which is gone. `default`: the release pulls it, and the stack sets another one.
 */
export type UseRelation = 'pulled' | 'target' | 'upstream' | 'replacement' | 'default';

/** An image of a stack that one that is asked about comes from. */
export interface ImageUse {
  /** `hidden`: no image value reaches it. `plugin`: it is of the installation of the ArgoCD plugin. */
  readonly kind: 'value' | 'hidden' | 'plugin';
  /** The value path that changes it: for `hidden` within `valuesOverrides`; `undefined`: there is none. */
  readonly path: string | undefined;
  /** The value path of the component; `undefined` for the plugin. */
  readonly component: string | undefined;
  readonly isDeployed: boolean;
  /** The value path that switches its component off; `undefined`: it is on. */
  readonly offBy: string | undefined;
  /** Where the release names it, in words, when it is not a value's. */
  readonly where: string | undefined;
  readonly entry: ImageEntry | undefined;
  readonly relation: UseRelation;
  /** What the stack pulls, canonical; `undefined`: not known. */
  readonly pulled: string | undefined;
  readonly tag: TagVerdict;
  /** Where a layer sets it. */
  readonly setAt: ReportLocation | undefined;
  /** Where an override would go, when no layer sets it. */
  readonly overrideAt: ReportLocation | undefined;
  readonly secret: PodSecret | undefined;
}

/** What of a stack an image comes from. */
export interface StackUses {
  readonly uses: readonly ImageUse[];
  /** Where the policy has the image from; `undefined`: it is not a private one, or that is not known. */
  readonly upstream: string | undefined;
  /** What happened to the repository, or to the upstream, as far as is known of the tag. */
  readonly retired: { readonly repository: string; readonly finding: RetiredFinding } | undefined;
}

/** The closest first. */
const relations: readonly UseRelation[] = ['pulled', 'target', 'upstream', 'replacement', 'default'];

export function imageUses(view: StackView, asked: AskedImage): StackUses {
  const { repository, tag } = splitImage(asked.image);
  const upstreamOf = upstreamFinder(view);
  const upstream = upstreamOf(repository);
  const gone = upstream ?? repository;
  const finding = vouchedRetired(view, gone, tag);
  const values = view.images.map(entry => valueUse(view, entry, { asked, repository, upstreamOf }));
  const hidden = view.catalog.catalog.hiddenImages.map(image => hiddenUse(view, image, asked));
  const uses = [...values, ...hidden, ...pluginUses(view, asked)].filter(use => use !== undefined);
  return {
    uses: uses.toSorted((left, right) => weightOf(left) - weightOf(right)),
    upstream,
    retired: finding && { repository: gone, finding },
  };
}

function weightOf({ relation, tag, isDeployed }: ImageUse): number {
  return relations.indexOf(relation) * 4 + Number(tag.kind !== 'same') * 2 + Number(!isDeployed);
}

interface Question {
  readonly asked: AskedImage;
  readonly repository: string;
  readonly upstreamOf: (repository: string) => string | undefined;
}

function valueUse(view: StackView, entry: ImageEntry, question: Question): ImageUse | undefined {
  const relation = relationOf(view, entry, question);
  if (relation === undefined) return undefined;
  const { asked, repository } = question;
  const path = entry.override ?? entry.path;
  const pulled = entry.templated ? undefined : pulledReference(entry);
  const setAt = writtenPlace(entry);
  return {
    kind: 'value',
    path,
    component: entry.component.path,
    isDeployed: entry.enabled,
    offBy: entry.enabled ? undefined : entry.component.enabledPath,
    where: undefined,
    entry,
    relation,
    pulled,
    tag: tagVerdict(asked.image, pulled),
    setAt,
    overrideAt: setAt === undefined ? missingPlace(view, path) : undefined,
    secret: podSecret(view, { repository, namespace: asked.namespace, entry }),
  };
}

function relationOf(
  view: StackView,
  entry: ImageEntry,
  { repository, upstreamOf }: Question,
): UseRelation | undefined {
  const { canonical, rewrite, retired, path, form } = entry;
  if (canonical === undefined) return undefined;
  if (canonical === repository) return 'pulled';
  if (rewrite?.kind === 'rewritten' && canonicalRepository(rewrite.repository) === repository)
    return 'target';
  if (rewrite?.kind === 'private' && upstreamOf(canonical) === repository) return 'upstream';
  if (retired?.replacement === repository) return 'replacement';
  const byDefault = view.catalog.defaultAt(form === 'map' ? `${path}.repository` : path);
  if (typeof byDefault !== 'string') return undefined;
  return canonicalRepository(splitImage(byDefault).repository) === repository ? 'default' : undefined;
}

function hiddenUse(view: StackView, image: HiddenImage, asked: AskedImage): ImageUse | undefined {
  const { component, where, changedBy, choices = [] } = image;
  const owner = view.catalog.componentAt(component);
  const isOff = owner !== undefined && !view.isEnabled(owner);
  const found = fixedUse(image.reference, hiddenTarget(view, image), { asked, choices });
  if (found === undefined) return undefined;
  return {
    ...found,
    kind: 'hidden',
    path: changedBy,
    component,
    isDeployed: !isOff && image.deployed !== 'not-run',
    offBy: isOff ? owner.enabledPath : undefined,
    where,
    overrideAt: changedBy === undefined ? undefined : missingPlace(view, changedBy),
    secret: podSecret(view, {
      repository: splitImage(asked.image).repository,
      namespace: asked.namespace,
      entry: undefined,
    }),
  };
}

function pluginUses(view: StackView, asked: AskedImage): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  for (const { reference, where } of view.catalog.catalog.pluginImages) {
    const target = planOfStack(view).plugin.find(({ written }) => written === reference)?.target;
    const found = fixedUse(reference, target, { asked, choices: [] });
    if (found === undefined || uses.some(use => use.where === where && use.pulled === found.pulled)) continue;
    uses.push({
      ...found,
      kind: 'plugin',
      path: undefined,
      component: undefined,
      isDeployed: true,
      offBy: undefined,
      where,
      overrideAt: undefined,
      secret: undefined,
    });
  }
  return uses;
}

type FixedUse = Pick<ImageUse, 'entry' | 'relation' | 'pulled' | 'tag' | 'setAt'>;

/** Of an image that is named by the release and not by a value. Pods may be redirected to the target by a policy of Kyverno. */
function fixedUse(
  named: string,
  target: string | undefined,
  { asked, choices }: { readonly asked: AskedImage; readonly choices: readonly string[] },
): FixedUse | undefined {
  const { reference } = normalizeReference(named);
  const pulled = reference === undefined ? named : printReference(reference);
  const { repository, tag } = splitImage(asked.image);
  const targetRepository = target && canonicalRepository(splitImage(target).repository);
  let relation: UseRelation;
  if (splitImage(pulled).repository === repository) relation = 'pulled';
  else if (targetRepository === repository) relation = 'target';
  else return undefined;
  const isChoice = tag !== undefined && choices.some(choice => (splitImage(choice).tag ?? choice) === tag);
  const verdict: TagVerdict = isChoice ? { kind: 'same' } : tagVerdict(asked.image, pulled);
  return { entry: undefined, relation, pulled, tag: verdict, setAt: undefined };
}
