import type { StackView } from '../analysis/stackView.ts';
import { planOfStack } from '../mirror/plan.ts';
import { compareWithPlan, type ComparedImage } from '../rendered/compare.ts';
import { readManifest, withInjectedProxy } from '../rendered/readManifest.ts';
import { ManifestSplitter, type ManifestPart } from '../rendered/splitManifests.ts';
import type { RenderedImage } from '../rendered/types.ts';
import type { StackPlan } from '../stack/plan.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** An image of an open manifest, and where the text names it. */
export interface ManifestImage {
  readonly found: RenderedImage;
  readonly offset: number;
}

/** The images of a manifest beside the plan of the stack that it seems to be of. */
export interface ManifestReport {
  readonly view: StackView;
  readonly images: readonly (ComparedImage & Pick<ManifestImage, 'offset'>)[];
}

/** Work in pieces: whoever does it may let others have their turn at each step. */
export type Pieces<T> = Generator<undefined, T>;

/** In UTF-16 code units. */
const pieceLength = 2 ** 16;

/** How much of a line before a word is looked at for the mark of a comment. */
const longestLead = 200;

/** Whether a text may be a manifest that names images. Does not parse it. */
export function mayBeManifest(text: string): boolean {
  return /^[ \t{]*["']?kind["']?[ \t]*:/m.test(text) && /image/i.test(text);
}

/** The images that a text of manifests names, in the order of the text. */
export function* readManifestImages(text: string): Pieces<readonly ManifestImage[]> {
  const splitter = new ManifestSplitter();
  const places = new Places(text);
  const images: ManifestImage[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    for (const part of splitter.push(text.slice(at, at + pieceLength))) {
      images.push(...imagesOf(part, places));
      yield;
    }
    yield;
  }
  for (const part of splitter.end()) images.push(...imagesOf(part, places));
  const founds = withInjectedProxy(images.map(({ found }) => found));
  return images.map((image, index) => ({ ...image, found: founds[index] ?? image.found }));
}

/** The stack that has most of the images; `undefined` where none has a single one, since the manifest is not deployKF's. */
export function* compareManifest(
  snapshot: Snapshot,
  images: readonly ManifestImage[],
): Pieces<ManifestReport | undefined> {
  const found = images.map(image => image.found);
  let best: ManifestReport | undefined;
  let most = 0;
  for (const plan of found.length === 0 ? [] : plansByChoice(snapshot)) {
    const view = snapshot.view(plan);
    yield;
    if (view === undefined) continue;
    const compared = compareWithPlan(found, planOfStack(view)).images;
    const known = compared.filter(isKnown).length;
    if (known > most) {
      most = known;
      best = {
        view,
        images: compared.map((image, index) => ({ ...image, offset: images[index]?.offset ?? 0 })),
      };
    }
    yield;
  }
  return best;
}

/** Of stacks that have equally many images, the one that the user chose counts. */
function plansByChoice({ plans, state: { active = [] } }: Snapshot): readonly StackPlan[] {
  const chosen = plans.filter(({ id }) => active.includes(id));
  chosen.sort((a, b) => active.indexOf(a.id) - active.indexOf(b.id));
  return [...new Set([...chosen, ...plans])];
}

/** What Istio puts in is in every manifest of a mesh. */
function isKnown({ state, found }: ComparedImage): boolean {
  return found.image !== undefined && (state === 'same' || state === 'public');
}

/** `12 images, 3 not in the plan of prod`. */
export function summarizeManifest({ view, images }: ManifestReport): string {
  const states = new Map(images.map(({ found, state }) => [found.image ?? found.written, state]));
  const countOf = (state: ComparedImage['state']): number =>
    [...states.values()].filter(other => other === state).length;
  const { name } = view.stack;
  const plan = name === '' ? 'the plan' : `the plan of ${name}`;
  const parts: string[] = [];
  if (countOf('missing') > 0) parts.push(`${countOf('missing')} not in ${plan}`);
  if (countOf('other-tag') > 0) parts.push(`${countOf('other-tag')} with another tag than in ${plan}`);
  if (countOf('unknown') > 0) parts.push(`${countOf('unknown')} not filled in yet`);
  if (countOf('public') > 0) parts.push(`${countOf('public')} from public registries`);
  if (parts.length === 0) parts.push(states.size === 1 ? `in ${plan}` : `all in ${plan}`);
  return `${states.size} ${states.size === 1 ? 'image' : 'images'}, ${parts.join(', ')}`;
}

/** Most objects do not name an image, and need not be parsed; definitions of resources are long, and do not name any. */
function imagesOf(part: ManifestPart, places: Places): readonly ManifestImage[] {
  if (!/image/i.test(part.text) || /^kind:[ \t]*CustomResourceDefinition/m.test(part.text)) return [];
  return readManifest(part).images.map(found => ({ found, offset: places.next(found.written, part.line) }));
}

/** Finds texts in their order, each after the one before it. */
class Places {
  readonly #text: string;
  readonly #next = new Map<string, number>();
  #line = 1;
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of a word from a 1-based line on; that of the line where the word is written otherwise. */
  next(word: string, line: number): number {
    while (this.#line < line) {
      const end = this.#text.indexOf('\n', this.#start);
      if (end < 0) break;
      this.#start = end + 1;
      this.#line++;
    }
    let at = this.#text.indexOf(word, Math.max(this.#start, this.#next.get(word) ?? 0));
    while (at >= 0 && !this.#isWhole(at, word)) at = this.#text.indexOf(word, at + 1);
    if (at < 0) return this.#start;
    this.#next.set(word, at + word.length);
    return at;
  }

  #isWhole(at: number, word: string): boolean {
    const [before = ' ', after = ' '] = [this.#text[at - 1], this.#text[at + word.length]];
    if (/[\w./@-]/.test(before) || /[\w:./@-]/.test(after)) return false;
    const line = this.#text.slice(Math.max(this.#text.lastIndexOf('\n', at) + 1, at - longestLead), at);
    return !/(?:^|\s)#/.test(line);
  }
}
