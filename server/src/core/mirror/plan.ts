import { whyOpen } from '../analysis/whyOpen.ts';
import { vouchedRetired, type ImageEntry } from '../analysis/images.ts';
import { kindsAtEnd, sayKindAtEnd } from '../analysis/endingKinds.ts';
import type { StackView } from '../analysis/stackView.ts';
import { upstreamFinder } from '../analysis/upstreams.ts';
import type { Component, HiddenImage } from '../catalog/types.ts';
import { normalizeReference, printReference, printRepository } from '../image/reference.ts';
import { splitImage } from '../image/splitImage.ts';
import { isEcr, policyProblems, targetProblems, type Mapping } from '../policy/problems.ts';
import { rewriteReference, type ReferenceRewrite } from '../policy/rewrite.ts';
import { isKyvernoEnabled } from '../pullSecrets/namespaces.ts';
import { chartCopies } from './charts.ts';
import { lockedImage, type MirrorLock } from './lock.ts';
import { pushedTo } from './pushTo.ts';
import type { CopyClass, HiddenCopy, ImageCopy, MirrorPlan, PluginCopy, UnresolvedImage } from './types.ts';

export interface PlanOptions {
  /** How the stack is called; empty when it has no name. */
  readonly stack: string;
  /** Also what components that are off would pull. */
  readonly all: boolean;
  /** `undefined`: there is none. */
  readonly lock?: MirrorLock | undefined;
}

/** Everything that the cluster will pull for a stack, from where and to where. */
export function mirrorPlan(view: StackView, options: PlanOptions): MirrorPlan {
  const isWanted = wantedBy(view, options);
  const draft = new PlanDraft(view, options.lock);
  for (const entry of view.images) if (isWanted(entry.component)) draft.addEntry(entry);
  for (const image of hiddenImages(view, options)) draft.addHidden(image);
  for (const { reference, where } of view.catalog.catalog.pluginImages)
    draft.add(reference, {
      class: 'plugin',
      component: '',
      paths: [],
      isHidden: true,
      choices: [],
      reason: where,
    });
  const { copies, unresolved } = draft;
  const accepted = [...draft.accepted];
  return {
    stack: options.stack,
    release: view.catalog.release,
    copies,
    charts: chartCopies(view, isWanted),
    plugin: pluginCopies(view, copies),
    hidden: hiddenCopies(view, options),
    kyvernoNotes: kyvernoNotes(view),
    accepted,
    files: [`deploykf-${view.catalog.release}-generator.zip`],
    unresolved,
    refused: refusals(view, copies),
  };
}

/** Only what no value can change, with where the policy puts it; much sooner made than a plan. */
export function hiddenCopies(view: StackView, options: Pick<PlanOptions, 'all'>): readonly HiddenCopy[] {
  return hiddenImages(view, options)
    .filter(({ deployed }) => deployed !== 'not-run')
    .map(image => ({ reference: canonical(image.reference), target: hiddenTarget(view, image) }));
}

/** Where the policy puts an image that no value can change; `undefined` where it stays public. */
export function hiddenTarget(view: StackView, image: HiddenImage): string | undefined {
  const draft = new PlanDraft(view, undefined);
  draft.addHidden(image);
  return draft.copies[0]?.target;
}

export function hiddenClass({ deployed }: HiddenImage): CopyClass {
  return deployed === 'not-run' ? 'opt-in' : deployed;
}

function hiddenImages(view: StackView, options: Pick<PlanOptions, 'all'>): readonly HiddenImage[] {
  const isWanted = wantedBy(view, options);
  return view.catalog.catalog.hiddenImages.filter(({ component }) =>
    isWanted(view.catalog.componentAt(component)),
  );
}

function wantedBy(
  view: StackView,
  { all }: Pick<PlanOptions, 'all'>,
): (component: Component | undefined) => boolean {
  return component => component !== undefined && (all || view.isEnabled(component));
}

/** The plan of a stack by its own name, of what is on. */
export function planOfStack(view: StackView): MirrorPlan {
  return view.memo(makePlan);
}

function makePlan(view: StackView): MirrorPlan {
  return mirrorPlan(view, { stack: view.stack.name, all: false });
}

type Use = Pick<ImageCopy, 'class' | 'component' | 'paths' | 'isHidden' | 'choices' | 'reason'>;

class PlanDraft {
  readonly #view: StackView;
  readonly #lock: MirrorLock | undefined;
  readonly #copies = new Map<string, ImageCopy>();
  readonly unresolved: UnresolvedImage[] = [];
  readonly accepted = new Set<string>();

  constructor(view: StackView, lock: MirrorLock | undefined) {
    this.#view = view;
    this.#lock = lock;
  }

  get copies(): readonly ImageCopy[] {
    return [...this.#copies.values()];
  }

  addEntry(entry: ImageEntry): void {
    const { resolved, rendered, path, component, repository = '' } = entry;
    const paths = [path];
    const unresolved = (reference: string, reason: string): void => {
      this.unresolved.push({ reference, reason, paths });
    };
    if (entry.templated) unresolved(repository, whyOpen(entry));
    else if (resolved.kind === 'unknown') unresolved(repository, 'its tag is not known');
    else if (rendered === undefined || rendered === '') return;
    else if (resolved.kind === 'literal') unresolved(rendered, 'it has no usable tag');
    else
      this.add(rendered, {
        class: 'deployed',
        component: component.path,
        paths,
        isHidden: false,
        choices: [],
        reason: reasonOf(entry),
      });
  }

  addHidden(image: HiddenImage): void {
    const { reference, component, where, choices = [], changedBy } = image;
    this.add(reference, {
      class: hiddenClass(image),
      component,
      paths: [],
      isHidden: true,
      choices,
      reason: changedBy === undefined ? where : `${where}; only ${changedBy} changes it`,
    });
  }

  /** What is pulled already from a private place is copied from where it comes from. */
  add(pulled: string, use: Use): void {
    const { reference } = normalizeReference(pulled);
    if (reference === undefined) {
      this.unresolved.push({ reference: pulled, reason: 'it is not a valid reference', paths: use.paths });
      return;
    }
    const canonical = printReference(reference);
    const repository = printRepository(reference);
    const target = this.#targetOf(canonical);
    if (target.kind === 'accepted') {
      this.accepted.add(canonical);
      return;
    }
    if (target.kind !== 'private') {
      this.#put(canonical, undefined, use);
      return;
    }
    const upstream = this.#view.memo(upstreamFinder)(repository);
    if (upstream !== undefined) {
      this.#put(upstream + canonical.slice(repository.length), canonical, use);
      return;
    }
    const reason = 'it is private, and the policy does not say where it comes from';
    this.unresolved.push({ reference: canonical, reason, paths: use.paths });
  }

  /** A lock of another source is of no use. */
  #lockedOf(source: string, target: string | undefined): ImageCopy['locked'] {
    if (this.#lock === undefined || target === undefined) return undefined;
    const locked = lockedImage(this.#lock, source, target);
    if (locked === undefined) return undefined;
    const { digest, platforms, manifests, isUpstream } = locked;
    return { digest, platforms, manifests, isUpstream };
  }

  #targetOf(reference: string): ReferenceRewrite | { readonly kind: 'none' } {
    const { policy } = this.#view;
    return policy === undefined ? { kind: 'none' } : rewriteReference(policy, reference);
  }

  /** `pulled`: what Pods pull already; `undefined`: what the policy makes of the image, or of what takes its place. */
  #put(wanted: string, pulled: string | undefined, use: Use): void {
    const { repository, tag, digest } = splitImage(wanted);
    const gone = vouchedRetired(this.#view, repository, tag ?? digest);
    const isReplaced = gone?.replacement !== undefined && gone.sameTag;
    const source = isReplaced ? gone.replacement + wanted.slice(repository.length) : wanted;
    const rewrite = this.#targetOf(source);
    const target = pulled ?? (rewrite.kind === 'rewritten' ? rewrite.reference : undefined);
    const key = `${source} ${target ?? ''}`;
    const known = this.#copies.get(key);
    if (known !== undefined) {
      const paths = [...known.paths, ...use.paths];
      this.#copies.set(key, { ...known, paths, class: stronger(known.class, use.class) });
      return;
    }
    this.#copies.set(key, {
      ...use,
      source,
      target,
      pushTarget: target && pushedTo(this.#view.policy, target),
      locked: this.#lockedOf(source, target),
      retired:
        gone === undefined || isReplaced ? undefined : `${gone.entry.status} since ${gone.entry.since}`,
      replaces: isReplaced ? wanted : undefined,
    });
  }
}

const classes: readonly CopyClass[] = ['deployed', 'runtime', 'example', 'opt-in', 'plugin'];

function stronger(left: CopyClass, right: CopyClass): CopyClass {
  return classes.indexOf(left) <= classes.indexOf(right) ? left : right;
}

function reasonOf({ resolved, tag, form, keys, value }: ImageEntry): string {
  const said = form === 'map' ? keys.tag : value;
  if (tag !== undefined)
    return said?.winner.layer.file === undefined ? 'the default of the release' : 'set by the values';
  const parts = resolved.parts.map(({ path }) => path);
  return parts.length === 0 ? 'built into the release' : `by ${parts.join(' and ')}`;
}

function kyvernoNotes(view: StackView): readonly string[] {
  if (!isKyvernoEnabled(view))
    return ["deployKF's Kyverno is off: the policy needs another one in the cluster"];
  return view
    .memo(kindsAtEnd)
    .filter(({ kind }) => kind === 'ClusterPolicy')
    .map(sayKindAtEnd);
}

function pluginCopies(
  { catalog: { catalog } }: StackView,
  copies: readonly ImageCopy[],
): readonly PluginCopy[] {
  return catalog.pluginImages.map(({ reference: written, variant }) => {
    const reference = canonical(written);
    const copy = copies.find(({ source, replaces }) => (replaces ?? source) === reference);
    return { written, variant, target: copy?.target };
  });
}

function canonical(written: string): string {
  const { reference } = normalizeReference(written);
  return reference === undefined ? written : printReference(reference);
}

/** Why no export can be written. What a registry cannot fetch by itself can be pushed to it in Amazon ECR. */
function refusals({ policy }: StackView, copies: readonly ImageCopy[]): readonly string[] {
  if (policy === undefined) return [];
  const repositories = copies.map(({ source }) => splitImage(source).repository);
  const others = copies.filter(copy => copy.class !== 'plugin');
  const isOfPlugin = (repository: string): boolean =>
    !others.some(({ source }) => splitImage(source).repository === repository);
  const problems = policyProblems(policy, repositories).filter(
    ({ kind, target }) => kind !== 'unsupported' || !isEcr(target),
  );
  // Where copies go may be one place for several targets.
  const pushed = new Map<string, Mapping>();
  for (const { source, target, pushTarget } of copies) {
    if (pushTarget === undefined || pushTarget === target) continue;
    const mapping = { source: splitImage(source).repository, target: splitImage(pushTarget).repository };
    pushed.set(`${mapping.source} ${mapping.target}`, mapping);
  }
  return [...problems, ...targetProblems([...pushed.values()])].map(({ message, sources }) =>
    sources.every(isOfPlugin) ? `${message} (only the ArgoCD plugin uses them)` : message,
  );
}
