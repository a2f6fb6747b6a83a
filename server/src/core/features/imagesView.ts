import { imageCounts } from '../analysis/imageCounts.ts';
import { sayOff } from '../analysis/sayOff.ts';
import { shownReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainComponent } from '../analysis/uncertainImages.ts';
import type { Component, HiddenImage } from '../catalog/types.ts';
import { canonicalRepository, registryOf } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { expandNamespaces, namespaceOf } from '../pullSecrets/namespaces.ts';
import { count } from '../report/style.ts';
import { imageLabel } from '../rules/image/rewriteChanges.ts';
import { sayMissing } from '../stack/missingLayer.ts';
import type { StackPlan } from '../stack/plan.ts';
import { labelOf } from '../stack/uri.ts';
import { printable } from '../text/printable.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { hiddenMarks, imageMarks, type ImageMark } from './imageMarks.ts';

/** What of the view is wanted; what is left out does not matter. */
export interface ImagesFilter {
  readonly onlyProblems?: boolean | undefined;
  readonly registry?: string | undefined;
  /** One that Pods of the image are in. */
  readonly namespace?: string | undefined;
  /** A part of a name, a path or a reference, in upper or lower case. */
  readonly text?: string | undefined;
}

/** An image in the view. */
export interface ImageLeaf {
  /** Unique in its stack: the value path, or the reference of an image that no value can change. */
  readonly id: string;
  readonly label: string;
  /** What is pulled. */
  readonly reference: string;
  /** At least one; what matters most is first. */
  readonly marks: readonly ImageMark[];
  readonly isHidden: boolean;
  /** `undefined`: not known. */
  readonly registry: string | undefined;
  readonly namespaces: readonly string[];
}

/** A component in the view; one without images is left out. */
export interface ComponentBranch {
  readonly path: string;
  readonly title: string;
  readonly isDeployed: boolean;
  /** How many images there are, and how they are. */
  readonly summary: string;
  readonly images: readonly ImageLeaf[];
}

/** A stack in the view. */
export interface StackBranch {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** How many of its images, filtered or not, have something to do about. */
  readonly problems: number;
  /** The file that changes belong in; `undefined`: it has none. */
  readonly file: string | undefined;
  readonly hasPolicy: boolean;
  readonly components: readonly ComponentBranch[];
}

/** A stack with the images that are wanted; `undefined` where none is, or its release is not known. */
export function stackBranch(
  snapshot: Snapshot,
  plan: StackPlan,
  filter: ImagesFilter,
): StackBranch | undefined {
  const view = snapshot.view(plan);
  if (view === undefined) return undefined;
  const all = view.memo(componentBranches);
  const isOfStack = holdsText(filter, [labelOfPlan(plan)]);
  const components = all.flatMap(branch => filtered(branch, isOfStack ? withoutText(filter) : filter) ?? []);
  if (components.length === 0) return undefined;
  return {
    id: plan.id,
    label: labelOfPlan(plan),
    summary: `${printable(view.stack.release)} · ${summaryOf(view)}`,
    problems: all.reduce((sum, { images }) => sum + images.filter(isProblem).length, 0),
    file: view.ownLayer?.file?.locate({ start: 0, end: 0 }).uri,
    hasPolicy: view.policy !== undefined,
    components,
  };
}

/** How many images of a stack have something to do about. */
export function problemsOf(view: StackView): number {
  return view
    .memo(componentBranches)
    .flatMap(({ images }) => images)
    .filter(isProblem).length;
}

/** What there is to filter by. */
export function filterChoices(
  views: readonly StackView[],
): Record<'registries' | 'namespaces', readonly string[]> {
  const images = views.flatMap(view => view.memo(componentBranches)).flatMap(branch => branch.images);
  const registries = new Set(images.flatMap(({ registry }) => registry ?? []));
  const namespaces = new Set(images.flatMap(image => image.namespaces));
  return { registries: [...registries].sort(), namespaces: [...namespaces].sort() };
}

function labelOfPlan({ name, folder, uris }: StackPlan): string {
  return printable(name === '' ? labelOf(folder, uris[0] ?? '') : name);
}

function isProblem({ marks }: ImageLeaf): boolean {
  return marks.some(mark => mark.isProblem);
}

/** `66 images, 12 private, 5 gone`: what is deployed. */
function summaryOf(view: StackView): string {
  const { images, gone } = view.memo(imageCounts);
  const parts = [count(images, 'image')];
  if (view.policy !== undefined) {
    const deployed = view.images.filter(({ enabled, state }) => enabled && state === 'private');
    parts.push(`${deployed.length} private`);
  }
  if (gone > 0) parts.push(`${gone} gone`);
  const missing = sayMissing(view.stack);
  return missing === undefined ? parts.join(', ') : `${parts.join(', ')} as far as is known, ${missing}`;
}

function componentBranches(view: StackView): readonly ComponentBranch[] {
  const branches: ComponentBranch[] = [];
  for (const component of view.catalog.catalog.components) {
    const own = view.imagesOf(component).map(entry => imageLeaf(view, entry));
    const hidden = view.catalog.catalog.hiddenImages
      .filter(image => image.component === component.path)
      .map(image => hiddenLeaf(view, component, image));
    const images = [...own, ...hidden];
    if (images.length === 0) continue;
    branches.push({
      path: component.path,
      title: component.title,
      isDeployed: view.isEnabled(component),
      summary: componentSummary(view, component, images),
      images,
    });
  }
  return branches;
}

function componentSummary(view: StackView, component: Component, images: readonly ImageLeaf[]): string {
  const off = sayOff(view, component);
  if (off !== undefined) return off;
  const number = (kind: ImageMark['kind']): number =>
    images.filter(({ isHidden, marks }) => !isHidden && marks.some(mark => mark.kind === kind)).length;
  const own = images.filter(({ isHidden }) => !isHidden).length;
  const hidden = images.filter(({ isHidden, marks }) => isHidden && marks[0]?.kind !== 'off').length;
  const parts: string[] = [];
  if (own > 0) parts.push(count(own, 'image'));
  if (own > 0 && view.policy !== undefined) parts.push(`${number('private')} private`);
  if (number('gone') > 0) parts.push(`${number('gone')} gone`);
  if (hidden > 0) parts.push(`${hidden} hidden`);
  return isUncertainComponent(view, component) ? `${parts.join(', ')} as far as is known` : parts.join(', ');
}

function imageLeaf(view: StackView, entry: ImageEntry): ImageLeaf {
  return {
    id: entry.path,
    label: printable(imageLabel(entry)),
    reference: printable(shownReference(entry)),
    marks: imageMarks(view, entry),
    isHidden: false,
    registry: entry.canonical && registryOf(entry.canonical),
    namespaces: expandNamespaces(view, entry.image.namespaces),
  };
}

function hiddenLeaf(view: StackView, component: Component, image: HiddenImage): ImageLeaf {
  const { reference } = image;
  const { repository } = splitImage(reference);
  return {
    id: reference,
    label: repository.slice(repository.lastIndexOf('/') + 1),
    reference,
    marks: hiddenMarks(view, image),
    isHidden: true,
    registry: registryOf(canonicalRepository(repository) ?? ''),
    namespaces: [namespaceOf(view, component)],
  };
}

/** `undefined`: no image of it is wanted. Who looks for the name of a component wants all of it. */
function filtered(branch: ComponentBranch, filter: ImagesFilter): ComponentBranch | undefined {
  const isWhole = holdsText(filter, [branch.title, branch.path]);
  const wanted = isWhole ? withoutText(filter) : filter;
  const images = branch.images.filter(image => isWanted(image, wanted));
  return images.length === 0 ? undefined : { ...branch, images };
}

function withoutText(filter: ImagesFilter): ImagesFilter {
  return { ...filter, text: undefined };
}

function isWanted(image: ImageLeaf, filter: ImagesFilter): boolean {
  const { onlyProblems = false, registry, namespace, text } = filter;
  if (onlyProblems && !isProblem(image)) return false;
  if (registry !== undefined && image.registry !== registry) return false;
  if (namespace !== undefined && !image.namespaces.includes(namespace)) return false;
  return text === undefined || holdsText(filter, [image.label, image.id, image.reference]);
}

function holdsText({ text }: ImagesFilter, texts: readonly string[]): boolean {
  if (text === undefined) return false;
  return texts.some(candidate => candidate.toLowerCase().includes(text.toLowerCase()));
}
