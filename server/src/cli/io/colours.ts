import { randomUUID } from 'node:crypto';
import type { Colour } from '../../core/report/style.ts';
import { printableLines } from '../../core/text/printable.ts';

const codes: Readonly<Record<Colour, string>> = {
  red: '31',
  yellow: '33',
  blue: '34',
  cyan: '36',
  green: '32',
  dim: '2',
  bold: '1',
};

/** What paints a text, and what makes such a text fit for a terminal. */
export interface Colours {
  /** Puts marks around a text that only this very object knows, so that no file can hold them. */
  readonly paint: (text: string, colour: Colour) => string;
  /** Makes escape codes of the marks; of all else that a terminal would obey, nothing is left. */
  readonly show: (text: string) => string;
}

export function makeColours(): Colours {
  const mark = `<${randomUUID()}:`;
  return {
    paint(text, colour) {
      if (text === '') return '';
      return `${mark}${codes[colour]}>${text}${mark}0>`;
    },
    show(text) {
      const [first = '', ...marked] = text.split(mark);
      const parts = marked.map(part => {
        const end = part.indexOf('>');
        return `\u001B[${part.slice(0, end)}m${printableLines(part.slice(end + 1))}`;
      });
      return printableLines(first) + parts.join('');
    },
  };
}
