export type Colour = 'red' | 'yellow' | 'blue' | 'cyan' | 'green' | 'dim' | 'bold';

/** How text for people is made. */
export interface TextStyle {
  readonly paint: (text: string, colour: Colour) => string;
  /** The columns of the terminal; `undefined` for files and pipes, where nothing is cut. */
  readonly width: number | undefined;
}

export const plainStyle: TextStyle = { paint: text => text, width: undefined };

/** `3 errors`, `1 error`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Texts as a list with `and`. */
export function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
