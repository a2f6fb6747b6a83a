import type { MissingLayer, Stack } from './stack.ts';

/** The names of the missing layers of a stack, each once. */
export function missingNames({ missing = [] }: Pick<Stack, 'missing'>): readonly string[] {
  return [...new Set(missing.flatMap(({ label }) => label ?? []))];
}

/** Such as `1 layer is missing`; `undefined`: all layers are here. */
export function sayMissing(stack: Pick<Stack, 'missing'>): string | undefined {
  const { missing = [] } = stack;
  if (missing.length === 0) return undefined;
  if (missing.some(({ label }) => label === undefined)) return 'not all layers are known';
  const { length } = missingNames(stack);
  return length === 1 ? '1 layer is missing' : `${length} layers are missing`;
}

/** A stack without some of its layers, which are not missing, but taken away. */
export function withoutLayers(stack: Stack, isTaken: (layer: Stack['layers'][number]) => boolean): Stack {
  const { layers, missing } = stack;
  const left = layers.filter(layer => !isTaken(layer));
  if (missing === undefined) return { ...stack, layers: left };
  const moved = missing.map(({ label, weaker }): MissingLayer => {
    return { label, weaker: layers.slice(0, weaker).filter(layer => !isTaken(layer)).length };
  });
  return { ...stack, layers: left, missing: moved };
}
