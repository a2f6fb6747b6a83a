import { nearestName } from '../../core/catalog/nearestName.ts';
import { flagOf, type Given, type Option, type Options } from './options.ts';

export type ParsedArguments<T extends Options> =
  { readonly kind: 'given'; readonly given: Given<T> } | { readonly kind: 'wrong'; readonly message: string };

/** Reads the words after the command. `-` is an operand, `--` ends the options. */
export function parseArguments<T extends Options>(options: T, words: readonly string[]): ParsedArguments<T> {
  const reader = new ArgumentReader(options, words);
  const message = reader.readAll();
  if (message !== undefined) return { kind: 'wrong', message };
  // The reader has put a value of its kind in for each option.
  return { kind: 'given', given: reader.given as Given<T> };
}

type AnyValue = boolean | string | undefined | readonly string[];

class ArgumentReader {
  readonly given: Record<string, AnyValue> & { operands: string[] };
  readonly #options: ReadonlyMap<string, Option>;
  readonly #words: string[];

  constructor(options: Options, words: readonly string[]) {
    this.#options = new Map(Object.entries(options));
    this.#words = [...words];
    this.given = { operands: [] };
    for (const [key, { kind }] of this.#options) this.given[key] = absentValue(kind);
  }

  /** The first mistake; `undefined` when there is none. */
  readAll(): string | undefined {
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      if (word === '--') {
        this.given.operands.push(...this.#words.splice(0));
      } else if (isFlag(word)) {
        const problem = this.#readOption(word);
        if (problem !== undefined) return problem;
      } else this.given.operands.push(word);
    }
    return undefined;
  }

  #readOption(word: string): string | undefined {
    const [flag, inline] = splitFlag(word);
    const found = [...this.#options].find(
      ([key, { short }]) => flag === flagOf(key) || flag === `-${short ?? '-'}`,
    );
    if (found === undefined) return unknownOption(flag, [...this.#options.keys()]);
    const [key, option] = found;
    if (option.kind === 'switch') {
      if (inline !== undefined) return `${flag} takes no value`;
      this.given[key] = true;
      return undefined;
    }
    if (option.kind === 'list') return this.#readList(key, flag, inline);
    return this.#readValue([key, option], flag, inline);
  }

  #readValue(
    [key, option]: readonly [string, Option & { readonly kind: 'value' | 'values' }],
    flag: string,
    inline: string | undefined,
  ): string | undefined {
    const next = this.#words[0];
    let value = inline;
    if (inline === undefined && next !== undefined && !isFlag(next)) value = this.#words.shift();
    if (value === undefined || value === '') return `${flag} needs a value: ${flag} ${option.placeholder}`;
    if (option.kind === 'values') {
      this.#addToList(key, [value]);
      return undefined;
    }
    if (option.choices !== undefined && !option.choices.includes(value)) {
      const hint = suggestion(value, option.choices) || `: use ${option.choices.join(', ')}`;
      return `${flag} cannot be "${value}"${hint}`;
    }
    const before = this.given[key];
    if (before !== undefined && before !== value) return `${flag} is given twice, and takes one value`;
    this.given[key] = value;
    return undefined;
  }

  #readList(key: string, flag: string, inline: string | undefined): string | undefined {
    const words = inline === undefined ? this.#takeFiles() : [inline];
    if (this.#addToList(key, words) !== 0) return undefined;
    return `${flag} needs at least one file`;
  }

  /** The words up to the next option. */
  #takeFiles(): readonly string[] {
    const end = this.#words.findIndex(word => isFlag(word) || word === '--');
    if (end < 0) return this.#words.splice(0);
    return this.#words.splice(0, end);
  }

  /** How many there were. */
  #addToList(key: string, words: readonly string[]): number {
    const items = words.flatMap(word => word.split(',')).filter(item => item !== '');
    const before = this.given[key];
    this.given[key] = [...(Array.isArray(before) ? (before as readonly string[]) : []), ...items];
    return items.length;
  }
}

function absentValue(kind: Option['kind']): AnyValue {
  if (kind === 'switch') return false;
  if (kind !== 'value') return [];
  return undefined;
}

/** `--flag=value`, or a flag alone. */
function splitFlag(word: string): readonly [flag: string, value?: string] {
  const equals = word.indexOf('=');
  if (!word.startsWith('--') || equals < 0) return [word];
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-' && word !== '--';
}

function unknownOption(flag: string, keys: readonly string[]): string {
  return `unknown option "${flag}"${suggestion(flag, keys.map(flagOf))}`;
}

/** `, did you mean "…"?`, or nothing. */
export function suggestion(text: string, known: readonly string[]): string {
  const near = nearestName(text, known);
  if (near === undefined) return '';
  return `, did you mean "${near}"?`;
}
