import type { Command } from '../arguments/command.ts';
import { flagOf, type Option } from '../arguments/options.ts';

/** What a shell offers at a place: files, words, both, or nothing. */
export interface Offer {
  readonly words: readonly string[];
  readonly files: boolean;
}

export interface CompletedOption {
  readonly long: string;
  /** With its dash. */
  readonly short: string | undefined;
  readonly help: string;
  readonly placeholder: string;
  /** `undefined`: it takes no value. */
  readonly value: Offer | undefined;
  readonly isRepeated: boolean;
}

/** What shells know about a command. */
export interface CompletedCommand {
  /** One word, or two of a group. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly operands: Offer;
}

export interface KnownWords {
  /** Those of options that do not say themselves which they take, by the key of the option. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Those that a command takes before files, by its name. */
  readonly operands: Readonly<Record<string, readonly string[]>>;
}

export function completedCommands(
  commands: readonly Command[],
  known: KnownWords,
): readonly CompletedCommand[] {
  return commands.map(({ name, summary, usage, options, operands }) => ({
    name,
    summary,
    options: Object.entries(options).map(([key, option]) => completedOption(key, option, known.options[key])),
    operands: { words: operands ?? known.operands[name] ?? [], files: usage.includes('FILE') },
  }));
}

function completedOption(key: string, option: Option, words: readonly string[] | undefined): CompletedOption {
  const { short, help } = option;
  const common = { long: flagOf(key), short: short && `-${short}`, help };
  if (option.kind === 'switch') return { ...common, placeholder: '', value: undefined, isRepeated: false };
  const { kind, placeholder } = option;
  const choices = kind === 'value' ? option.choices : undefined;
  const fixed = words ?? choices;
  const value = { words: fixed ?? [], files: fixed === undefined && /FILE|PATH/.test(placeholder) };
  return { ...common, placeholder, value, isRepeated: kind !== 'value' };
}

/** The first words of commands, each once, with what they do; of a group, what its commands have in common. */
export function firstWords(
  commands: readonly CompletedCommand[],
): readonly { readonly word: string; readonly summary: string }[] {
  const words = new Map<string, string>();
  for (const { name, summary } of commands) {
    const [first = name, second] = name.split(' ');
    const inGroup = commands.filter(other => other.name.startsWith(`${first} `));
    const rest = inGroup.map(other => other.name.slice(first.length + 1)).join(', ');
    words.set(first, second === undefined ? summary : `Image pull Secrets: ${rest}`);
  }
  return [...words].map(([word, summary]) => ({ word, summary }));
}

/** The commands of groups, by the word of their group. */
export function groupsOf(
  commands: readonly CompletedCommand[],
): ReadonlyMap<string, readonly CompletedCommand[]> {
  const groups = new Map<string, CompletedCommand[]>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    if (second !== undefined) groups.set(first, [...(groups.get(first) ?? []), command]);
  }
  return groups;
}

/** A text in single quotes, as all shells take it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
