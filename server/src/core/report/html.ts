import { printable } from '../text/printable.ts';

/** Markup that is safe as it is; every other text is escaped. */
export interface Markup {
  readonly html: string;
}

type Content = string | number | null | undefined | Markup | readonly Markup[];

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

/** A table with a heading, or a sentence where it has no rows. */
export function htmlTable(
  heading: readonly string[],
  rows: readonly (readonly Content[])[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p>${empty}</p>`;
  const head = heading.map(text => html`<th scope="col">${text}</th>`);
  const body = rows.map(
    cells =>
      html`<tr>
        ${cells.map(cell => html`<td>${cell}</td>`)}
      </tr> `,
  );
  return html`<table>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}
