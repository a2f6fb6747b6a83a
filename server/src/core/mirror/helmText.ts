/** An action of Helm that is only a text, without a quote of its own kind in it. */
const literal = /\{\{[ \t]*(?:"([^"\\\n]*)"|`([^`]*)`)[ \t]*\}\}/g;

/** A text that Helm's `tpl` gives back as this text. Braces side by side go together: one before an action would begin another. */
export function escapeForHelm(text: string): string {
  return text.replace(/[{}]{2,}/g, braces => (/\{\{|\}\}/.test(braces) ? `{{ "${braces}" }}` : braces));
}

/** What Helm's `tpl` makes of a text without other actions; `undefined` where it has some. */
export function unescapeFromHelm(text: string): string | undefined {
  if (text.replace(literal, '').includes('{{')) return undefined;
  return text.replace(literal, (_, quoted?: string, raw?: string) => quoted ?? raw ?? '');
}
