import { formatText } from '../yaml/format.ts';

/** A part of a block of lines that is written with a suggestion. */
export type Body =
  /** The cursor, on a line of its own. */
  | { readonly kind: 'open' }
  | Field
  /** A scalar that stays as it is, as YAML has it. */
  | { readonly kind: 'fixed'; readonly text: string }
  /** A text of several lines, which hold a body. */
  | { readonly kind: 'literal'; readonly body: Body }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [key: string, body: Body])[] }
  | { readonly kind: 'list'; readonly item: Body }
  /** A list of several items. */
  | { readonly kind: 'items'; readonly items: readonly Body[] };

/** A scalar that is filled in. */
export interface Field {
  readonly kind: 'field';
  /** As YAML has them. The first is written; empty: nothing is known. */
  readonly choices: readonly string[];
}

/** The lines of a pair in the syntax of snippets; the first has no indentation, the others are relative to it. */
export function pairSnippet(key: string, body: Body, step: number): readonly string[] {
  return new SnippetWriter(step).pair(key, body);
}

/** The same of a body without a key. */
export function bodySnippet(body: Body, step: number): readonly string[] {
  return new SnippetWriter(step).lines(body);
}

class SnippetWriter {
  readonly #indent: string;
  #fields = 0;

  constructor(step: number) {
    this.#indent = ' '.repeat(step);
  }

  pair(key: string, body: Body): readonly string[] {
    const name = escapeSnippet(formatText(key));
    if (body.kind === 'field') return [`${name}: ${this.#field(body)}`];
    if (body.kind === 'fixed') return [`${name}: ${escapeSnippet(body.text)}`];
    if (body.kind === 'literal')
      return [`${name}: |`, ...this.lines(body.body).map(line => this.#indent + line)];
    return [`${name}:`, ...this.lines(body).map(line => this.#indent + line)];
  }

  lines(body: Body): readonly string[] {
    switch (body.kind) {
      case 'open':
        return ['$0'];
      case 'field':
        return [this.#field(body)];
      case 'fixed':
        return [escapeSnippet(body.text)];
      case 'literal':
        return ['|', ...this.lines(body.body).map(line => this.#indent + line)];
      case 'map':
        return body.pairs.flatMap(([key, below]) => this.pair(key, below));
      case 'list':
        return this.#item(body.item);
      case 'items':
        return body.items.flatMap(item => this.#item(item));
    }
  }

  #item(body: Body): readonly string[] {
    return this.lines(body).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
  }

  #field({ choices }: Field): string {
    this.#fields++;
    const [first, ...others] = choices;
    if (first === undefined) return `$${this.#fields}`;
    if (others.length === 0) return `\${${this.#fields}:${escapeSnippet(first)}}`;
    const all = choices.map(choice => escapeSnippet(choice).replace(/[,|]/g, '\\$&'));
    return `\${${this.#fields}|${all.join(',')}|}`;
  }
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
