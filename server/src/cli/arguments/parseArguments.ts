import { nearestName } from '../../core/catalog/nearestName.ts';

interface FlagBase {
  /** Without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  readonly help: string;
}

export type Flag =
  | (FlagBase & { readonly kind: 'switch' })
  | (FlagBase & { readonly kind: 'value'; readonly placeholder: string; readonly choices?: readonly string[] })
  /** Takes one word, and can be repeated; commas separate, too. */
  | (FlagBase & { readonly kind: 'values'; readonly placeholder: string })
  /** Takes all words up to the next flag, and can be repeated; commas separate, too. */
  | (FlagBase & { readonly kind: 'list'; readonly placeholder: string });

/** The words of a command line by their meaning. */
export interface Arguments {
  readonly operands: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

export type ParsedArguments =
  { readonly kind: 'arguments'; readonly args: Arguments } | { readonly kind: 'wrong'; readonly message: string };

/** Reads the words behind the command. `-` is an operand, `--` ends the flags. */
export function parseArguments(flags: readonly Flag[], words: readonly string[]): ParsedArguments {
  const reader = new ArgumentReader(flags, words);
  const message = reader.readAll();
  return message === undefined ? { kind: 'arguments', args: reader } : { kind: 'wrong', message };
}

class ArgumentReader implements Arguments {
  readonly operands: string[] = [];
  readonly switches = new Set<string>();
  readonly values = new Map<string, string>();
  readonly lists = new Map<string, string[]>();
  readonly #flags: readonly Flag[];
  readonly #words: string[];

  constructor(flags: readonly Flag[], words: readonly string[]) {
    this.#flags = flags;
    this.#words = [...words];
  }

  /** The first mistake; `undefined` when there is none. */
  readAll(): string | undefined {
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      if (word === '--') {
        this.operands.push(...this.#words.splice(0));
      } else if (isFlag(word)) {
        const problem = this.#readFlag(word);
        if (problem !== undefined) return problem;
      } else this.operands.push(word);
    }
    return undefined;
  }

  #readFlag(word: string): string | undefined {
    const at = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = at < 0 ? word : word.slice(0, at);
    const inline = at < 0 ? undefined : word.slice(at + 1);
    const flag = this.#flags.find(
      known => name === `--${known.name}` || (known.short !== undefined && name === `-${known.short}`),
    );
    if (flag === undefined) return unknownFlag(name, this.#flags);
    if (flag.kind === 'switch') {
      if (inline !== undefined) return `${name} takes no value`;
      this.switches.add(flag.name);
      return undefined;
    }
    return flag.kind === 'list' ? this.#readList(flag.name, name, inline) : this.#readValue(flag, name, inline);
  }

  #readValue(
    flag: Flag & { readonly kind: 'value' | 'values' },
    name: string,
    inline: string | undefined,
  ): string | undefined {
    const next = this.#words[0];
    const value = inline ?? (next === undefined || isFlag(next) ? undefined : this.#words.shift());
    if (value === undefined || value === '') return `${name} needs a value: ${name} ${flag.placeholder}`;
    if (flag.kind === 'values') {
      this.#addToList(flag.name, [value]);
      return undefined;
    }
    if (flag.choices !== undefined && !flag.choices.includes(value)) {
      return `${name} cannot be "${value}"${suggestion(value, flag.choices) || `: use ${flag.choices.join(', ')}`}`;
    }
    this.values.set(flag.name, value);
    return undefined;
  }

  #readList(key: string, name: string, inline: string | undefined): string | undefined {
    const words = inline === undefined ? [] : [inline];
    while (inline === undefined && this.#words[0] !== undefined && !isFlag(this.#words[0]) && this.#words[0] !== '--') {
      words.push(this.#words.shift() ?? '');
    }
    return this.#addToList(key, words) === 0 ? `${name} needs at least one file` : undefined;
  }

  /** How many there were. */
  #addToList(key: string, words: readonly string[]): number {
    const items = words.flatMap(word => word.split(',')).filter(item => item !== '');
    if (items.length > 0) this.lists.set(key, [...(this.lists.get(key) ?? []), ...items]);
    return items.length;
  }
}

function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-' && word !== '--';
}

function unknownFlag(name: string, flags: readonly Flag[]): string {
  const names = flags.map(flag => `--${flag.name}`);
  return `unknown option "${name}"${suggestion(name, names)}`;
}

/** `, did you mean "…"?`, or nothing. */
export function suggestion(text: string, known: readonly string[]): string {
  const near = nearestName(text, known);
  return near === undefined ? '' : `, did you mean "${near}"?`;
}
