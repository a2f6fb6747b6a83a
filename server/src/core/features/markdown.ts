import type { Contribution } from '../stack/effective.ts';
import { atMost } from '../text/list.ts';
import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import type { Value } from '../yaml/value.ts';

/** Text that is Markdown already. Texts of the user become it by `code`, `plain` or `link` alone. */
export class Markdown {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Markdown of ours, with parts in it: a text that is not escaped does not compile.
 * A part that is `false` or `undefined` is left out.
 */
export function mark(
  strings: TemplateStringsArray,
  ...parts: readonly (Markdown | number | false | undefined)[]
): Markdown {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'number') text += String(part);
    else if (part instanceof Markdown) text += part.text;
    text += strings[index + 1] ?? '';
  }
  return new Markdown(text);
}

/** Text as inline code, whatever back-ticks it holds; a login in it is hidden. */
export function code(text: string): Markdown {
  const shown = shownText(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return new Markdown(`${fence}${pad}${shown}${pad}${fence}`);
}

/** Text that Markdown shows as it is: not as a picture, a link, HTML, or anything else that it knows. */
export function plain(text: string): Markdown {
  const escaped = shownText(text).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
  // What looks like an address becomes a link, too.
  return new Markdown(escaped.replace(/:(?=\/\/)|(?<=\bwww)\.|@/gi, '\\$&'));
}

function shownText(text: string): string {
  return printable(withoutLogins(text).replace(/\s+/g, ' '));
}

/** A link to a line of a file, numbered from 0. */
export function link(label: string, uri: string, line: number): Markdown {
  const target = uri.replace(
    /[()<>\s\\]/g,
    character => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return new Markdown(`[${plain(label).text}:${line + 1}](${target}#L${line + 1})`);
}

/** A link to where a layer says it, such as `[prod.yaml:12](…)`; `default` for the release's defaults. */
export function sourceLink({ layer, written, pair }: Contribution): Markdown {
  const span = pair?.key.span ?? written.span;
  if (layer.document !== undefined) {
    const { uri, source } = layer.document;
    return link(layer.label, uri, source.positionAt(span.start).line);
  }
  if (layer.file === undefined) return mark`default`;
  const { uri, start } = layer.file.locate(span);
  return link(layer.label, uri, start.line);
}

/** A value on one line, cut to what a hover can hold. */
export function shortValue(value: Value): Markdown {
  if (value === null) return code('~');
  // Before a cut takes away what tells a login.
  const text = withoutLogins(typeof value === 'string' ? value : JSON.stringify(value));
  if (text === '') return code('""');
  return code(text.length > 80 ? `${text.slice(0, 77)}…` : text);
}

/** Parts with a text of ours between them. */
export function joined(parts: readonly Markdown[], separator: string): Markdown {
  return new Markdown(parts.map(({ text }) => text).join(separator));
}

/** As `atMost` has it. */
export function listed(parts: readonly Markdown[], limit: number): Markdown {
  return new Markdown(
    atMost(
      parts.map(({ text }) => text),
      limit,
    ),
  );
}

/** Lines that stay lines. */
export function lines(parts: readonly (Markdown | undefined)[]): Markdown {
  const said = parts.filter(part => part !== undefined);
  return joined(
    said.filter(({ text }) => text !== ''),
    '  \n',
  );
}
