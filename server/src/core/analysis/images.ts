import { retiredImage, type RetiredFinding } from '../catalog/retired.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage, Component, Retired } from '../catalog/types.ts';
import { withoutLogins } from '../text/logins.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { normalizeReference, printReference } from '../image/reference.ts';
import type { Effective } from '../stack/effective.ts';
import { effectiveDefaults } from '../stack/effectiveDefaults.ts';
import type { ImageValues } from './chartOverrides.ts';
import { draftsOf, type ImageDraft } from './imageDraft.ts';
import { namesRegistryTwice } from './registryTwice.ts';
import { rewriteRepository, type Rewrite } from '../policy/rewrite.ts';
import { stateOf, type ImageState } from './imageState.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import { workingRewrite, type WorkingRewrite } from './workingRewrite.ts';

/** One image of a stack, as it is deployed. The items of a list are images of their own. */
export interface ImageEntry extends ImageDraft {
  readonly component: Component;
  readonly enabled: boolean;
  readonly state: ImageState;
  /** What the policy makes of it, so that it can be pulled; `undefined` without a policy or a valid repository. */
  readonly rewrite: Rewrite | undefined;
  /** The replacement that the target of `rewrite` is that of; `undefined`: it is that of the image's own repository. */
  readonly rewrittenFrom: string | undefined;
  readonly retired: RetiredFinding | undefined;
  /** A chart puts a registry before a repository that is meant to have its own: nothing good can be pulled from there. */
  readonly hasRegistryTwice: boolean;
}

/** What the images of a stack are made of; a `StackView` is one. */
export interface ImageContext {
  readonly catalog: CatalogIndex;
  readonly effective: Effective;
  readonly policy: RegistryPolicy | undefined;
  readonly retired: readonly Retired[];
  isEnabled(component: Component): boolean;
}

/** Every image value of the view's release, items of lists one by one, in the catalog's order. */
export function imageEntries(view: ImageContext): readonly ImageEntry[] {
  const { catalog, effective } = view;
  const known = catalog.memo(defaultDrafts);
  return catalog.catalog.images.flatMap(image => {
    const component = catalog.componentAt(image.component);
    if (component === undefined) return [];
    const kept = known.get(image);
    const isKept = kept !== undefined && isUntouched(kept, effective);
    const drafts = isKept ? kept.drafts : draftsOf(catalog, image, effective);
    return drafts.map(draft => finish(view, component, draft));
  });
}

interface DefaultDrafts {
  readonly drafts: readonly ImageDraft[];
  /** The section that all `paths` are in, "" for the root: few images have to be looked at path by path. */
  readonly section: string;
  /** The value paths that were looked at, without those below others: where a stack leaves them alone, it has these drafts. */
  readonly paths: readonly string[];
}

/** The images as the release has them: most are so in most stacks, and there are many stacks. */
function defaultDrafts(catalog: CatalogIndex): ReadonlyMap<CatalogImage, DefaultDrafts> {
  const effective = catalog.memo(effectiveDefaults);
  return new Map(
    catalog.catalog.images.map(image => {
      const paths = new Set<string>();
      const recorded: ImageValues = {
        at: path => effective.at((paths.add(path), path)),
        value: path => effective.value((paths.add(path), path)),
      };
      const drafts = draftsOf(catalog, image, recorded);
      const highest = [...paths].filter(path => !isBelow(path, paths));
      return [image, { drafts, section: sectionOf(highest), paths: highest }];
    }),
  );
}

function isUntouched({ section, paths }: DefaultDrafts, effective: Effective): boolean {
  return (section !== '' && effective.isBase(section)) || paths.every(path => effective.isBase(path));
}

/** The deepest map that holds all these paths, cut at a `.`. */
function sectionOf(paths: readonly string[]): string {
  let section = cutLast(paths[0] ?? '');
  while (section !== '' && !paths.every(path => path.startsWith(`${section}.`))) section = cutLast(section);
  return section;
}

function cutLast(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function isBelow(path: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some(other => path.startsWith(other) && /^[.[]/.test(path.slice(other.length)));
}

function finish(view: ImageContext, component: Component, draft: ImageDraft): ImageEntry {
  const { resolved, templated } = draft;
  const hasRegistryTwice = namesRegistryTwice(draft, view.policy);
  const canonical = hasRegistryTwice ? undefined : draft.canonical;
  let working: WorkingRewrite | undefined;
  let retired: RetiredFinding | undefined;
  if (canonical !== undefined) {
    const tag = resolved.kind === 'known' && !templated ? resolved.tag : undefined;
    retired = vouchedRetired(view, canonical, tag);
    working = workingRewrite(view, canonical, retired, draft.rendered);
  }
  const rewrite = working?.rewrite;
  // Field by field: a spread makes objects that are slow and ten times as large, and there are many.
  return {
    path: draft.path,
    form: draft.form,
    image: draft.image,
    value: draft.value,
    keys: draft.keys,
    override: draft.override,
    repository: draft.repository,
    tag: draft.tag,
    resolved,
    rendered: draft.rendered,
    templated,
    hasBrokenOverrides: draft.hasBrokenOverrides,
    isRepositoryTemplated: draft.isRepositoryTemplated,
    isTagMisread: draft.isTagMisread,
    canonical,
    component,
    enabled: view.isEnabled(component),
    rewrite,
    rewrittenFrom: working?.instead,
    state: stateOf(rewrite ?? rewriteOfStart(view.policy, draft)),
    retired,
    hasRegistryTwice,
  };
}

/** What the policy says of a repository that is wrong only in that it holds a tag or a digest. */
function rewriteOfStart(
  policy: RegistryPolicy | undefined,
  { repository, isRepositoryTemplated }: ImageDraft,
): Rewrite | undefined {
  if (policy === undefined || repository === undefined || isRepositoryTemplated) return undefined;
  const start = splitImage(repository).repository;
  return start === repository ? undefined : rewriteRepository(policy, start);
}

/** What is known of a repository that is gone, as far as it is known of the tag: nobody vouches for tags that no release has. */
export function vouchedRetired(
  { catalog, retired: list }: Pick<ImageContext, 'catalog' | 'retired'>,
  canonical: string,
  tag: string | undefined,
): RetiredFinding | undefined {
  const retired = retiredImage(list, canonical, tag);
  if (retired?.sameTag !== true) return retired;
  const isVouched = tag !== undefined && catalog.memo(releaseTags).get(canonical)?.has(tag) === true;
  if (isVouched) return retired;
  return { ...retired, sameTag: false };
}

/** The tags that a release itself pulls, by canonical repository. */
function releaseTags(catalog: CatalogIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const tags = new Map<string, Set<string>>();
  const add = (repository: string, tag: string): void => {
    tags.set(repository, (tags.get(repository) ?? new Set()).add(tag));
  };
  for (const { drafts } of catalog.memo(defaultDrafts).values()) {
    for (const { canonical, resolved } of drafts)
      if (canonical !== undefined && resolved.kind === 'known') add(canonical, resolved.tag);
  }
  const { hiddenImages, pluginImages } = catalog.catalog;
  for (const { reference } of [...hiddenImages, ...pluginImages]) {
    const { repository, tag } = splitImage(reference);
    if (tag !== undefined) add(canonicalRepository(repository) ?? repository, tag);
  }
  return tags;
}

/**
 * What is pulled, canonical where it is valid: `docker.io/library/mysql:8.0.37`; logins are hidden. `undefined`:
 * nothing, or unknown.
 */
export function pulledReference(entry: ImageEntry): string | undefined {
  if (entry.rendered === undefined) return undefined;
  const { reference } = normalizeReference(entry.rendered);
  if (reference === undefined) return withoutLogins(entry.rendered, 'whole');
  return printReference(reference);
}

/** Whether a value path is that of the image or within it; `override`: of what `valuesOverrides` have instead. */
export function holdsPath(entry: ImageEntry, path: string, where: 'path' | 'override'): boolean {
  const root = entry[where];
  return root !== undefined && (path === root || path.startsWith(`${root}.`));
}

/** The effective repository as it may be shown, without a login; `undefined` when nothing usable is there. */
export function shownRepository({ repository }: ImageEntry): string | undefined {
  if (repository === undefined) return undefined;
  return withoutLogins(repository, 'whole');
}

/** An image as it may be shown even where it is not known whole: with `?` for an unknown tag. */
export function shownReference(entry: ImageEntry): string {
  const { templated, repository, canonical, resolved } = entry;
  const reference = templated ? undefined : pulledReference(entry);
  if (reference !== undefined) return reference || '(empty)';
  if (repository?.startsWith('ENC[') === true) return '(encrypted)';
  if (repository !== undefined) return `${canonical ?? shownRepository(entry) ?? ''}:?`;
  return resolved.kind === 'literal' ? '(none)' : '?';
}
