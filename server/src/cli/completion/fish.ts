import { programName } from '../io/io.ts';
import {
  firstWords,
  groupsOf,
  type CompletedCommand,
  type CompletedOption,
  type Offer,
} from './completed.ts';

/** The script that fish completes with. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const first = firstWords(commands);
  const names = first.map(({ word }) => word).join(' ');
  const groups = groupsOf(commands);
  const inGroups = [...groups].flatMap(([word, own]) => {
    const seconds = own.map(({ name }) => name.slice(word.length + 1));
    return own.map(({ summary }, index) =>
      line(inGroup(word, seconds), `-a ${seconds[index] ?? ''} -d ${text(summary)}`),
    );
  });
  return [
    `# fish completion of ${programName}: ${programName} completion fish | source`,
    `complete -c ${programName} -f`,
    ...first.map(({ word, summary }) => line('__fish_use_subcommand', `-a ${word} -d ${text(summary)}`)),
    line('__fish_use_subcommand', `-a help -d ${text('Show the help of a command')}`),
    line('__fish_use_subcommand', `-s h -l help -d ${text('show this help')}`),
    line('__fish_use_subcommand', `-s V -l version -d ${text('show the version')}`),
    line('__fish_seen_subcommand_from help', `-a ${text(names)}`),
    ...inGroups,
    ...commands.flatMap(command => commandLines(command, [...groups.keys()])),
    '',
  ].join('\n');
}

function commandLines(
  { name, options, operands }: CompletedCommand,
  groups: readonly string[],
): readonly string[] {
  const seen = name.split(' ').map(word => `__fish_seen_subcommand_from ${word}`);
  // A command of a group may be called as one that is in none.
  const others = groups.filter(group => !name.startsWith(`${group} `));
  const apart = others.map(group => `not __fish_seen_subcommand_from ${group}`);
  const place = [...seen, ...apart].join('; and ');
  const lines = options.map(option => line(place, optionText(option)));
  if (!operands.files && operands.words.length === 0) return lines;
  return [...lines, line(place, offered(operands))];
}

function optionText({ long, short, help, value }: CompletedOption): string {
  const flags = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  return [...flags, `-d ${text(help)}`, ...(value === undefined ? [] : ['-r', offered(value)])].join(' ');
}

function offered({ words, files }: Offer): string {
  const flag = files ? '-F' : '-f';
  return words.length === 0 ? flag : `${flag} -a ${text(words.join(' '))}`;
}

function inGroup(word: string, seconds: readonly string[]): string {
  return `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${seconds.join(' ')}`;
}

function line(place: string, rest: string): string {
  return `complete -c ${programName} -n ${text(place)} ${rest}`;
}

function text(content: string): string {
  return `'${content.replace(/[\\']/g, '\\$&')}'`;
}
