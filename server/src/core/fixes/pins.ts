import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { knowsOverrides } from '../findings/location.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { uriOf } from './changes.ts';

/** What one stack would have written for one image. */
export interface Pin {
  /** What tells the place from others. */
  readonly at: string;
  readonly change: Change;
  /** What is written; `undefined`: it is not known for this stack, so that no other one may write it either. */
  readonly text: string | undefined;
}

/** `undefined`: the image has no place for it, or needs none. */
export type PinOf = (view: StackView, entry: ImageEntry) => Pin | undefined;

/**
 * The changes that pin the images of a file, and of values in it: only what is known for sure, since the release is named and each
 * layer can be read, and only where all stacks of the file agree.
 */
export function pinsIn(snapshot: Snapshot, uri: string, pinOf: PinOf): readonly Change[] {
  const texts = [uri, ...snapshot.hostedIn(uri).map(text => text.uri)];
  return texts.flatMap(text => agreedPins(certainViews(snapshot, text), text, pinOf));
}

function agreedPins(views: readonly StackView[], uri: string, pinOf: PinOf): readonly Change[] {
  const pins = new Map<string, Pin>();
  const refused = new Set<string>();
  for (const view of views) {
    for (const entry of view.images) {
      const pin = pinOf(view, entry);
      if (pin === undefined || uriOf(pin.change) !== uri) continue;
      const known = pins.get(pin.at);
      if (pin.text === undefined || (known !== undefined && known.text !== pin.text)) refused.add(pin.at);
      pins.set(pin.at, pin);
    }
  }
  return [...pins].filter(([at]) => !refused.has(at)).map(([, { change }]) => change);
}

/** The stacks of a text, if what each of them pulls follows from what is written, and not from what is guessed or missing; else none. */
function certainViews(snapshot: Snapshot, uri: string): readonly StackView[] {
  const views = snapshot.viewsOf(uri);
  // A stack of a release that is not known might have any tag.
  if (views.length !== snapshot.plansOf(uri).length || !views.every(isCertain)) return [];
  return views;
}

function isCertain(view: StackView): boolean {
  return view.stack.guess === undefined && knowsOverrides(view);
}
