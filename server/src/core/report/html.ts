import { printable } from '../text/printable.ts';
import type { Colour } from './style.ts';

/** Markup that is safe as it is; every other text is escaped. */
export interface Markup {
  readonly html: string;
}

type Content = string | number | null | undefined | Markup | readonly Markup[];

/** A word of a table in its colour, and what it means. */
export interface LegendEntry {
  readonly word: string;
  readonly colour: Colour;
  readonly meaning: string;
}

/** Makes markup of a template: whatever is put in is text, except for other markup. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const filled = parts.map((part, index) => part + htmlOf(contents[index]));
  return { html: filled.join('') };
}

function htmlOf(content: Content): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return 'html' in content ? content.html : content.map(one => one.html).join('');
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}

/** A text whose long words, such as references and value paths, may go on in the next line where people would break them. */
export function htmlWords(text: string): Markup {
  return { html: escaped(text).replace(/[/@_](?=\w)|\.(?=[a-z]{3})(?!ya?ml\b)/g, '$&<wbr>') };
}

/** A table with a heading, or a sentence where it has no rows. What is wider than the page can be moved aside. */
export function htmlTable(
  heading: readonly string[],
  rows: readonly (readonly Content[])[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p>${empty}</p>`;
  const head = heading.map(text => html`<th scope="col">${htmlWords(text)}</th>`);
  const body = rows.map(
    cells =>
      html`<tr>
        ${cells.map(cell => html`<td>${typeof cell === 'string' ? htmlWords(cell) : cell}</td>`)}
      </tr> `,
  );
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** What the words of a table mean; nothing without words. */
export function htmlLegend(entries: readonly LegendEntry[]): Markup {
  if (entries.length === 0) return html``;
  const lines = entries.map(
    ({ word, colour, meaning }) =>
      html`<dt><span class="${colour}">${word}</span></dt>
        <dd>${meaning}</dd> `,
  );
  return html`<dl>${lines}</dl>`;
}
