import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };
import type { Command } from '../../src/cli/arguments/command.ts';
import { flagOf, type Option } from '../../src/cli/arguments/options.ts';
import { commands } from '../../src/cli/commands.ts';
import { programName } from '../../src/cli/io/io.ts';

/** The manual page of the command line, in the language of man(7). */
export function manualPage(): string {
  const lines = [
    `.TH DEPLOYKF\\-VALUES 1 "" "${programName} ${manifest.version}"`,
    '.SH NAME',
    roff(`${programName} - check, fix and list the container images in deployKF values files`),
    '.SH SYNOPSIS',
    `.B ${roff(programName)}`,
    '.I COMMAND',
    roff('[options]'),
    '.SH DESCRIPTION',
    roff(`${texts.description}. Without files, commands look at the stacks of the project file`),
    roff('.deploykf-values.yaml, else at the values files in the working directory.'),
    ...commands.flatMap(commandLines),
    '.SH ENVIRONMENT',
    ...item('NO_COLOR', 'No colours, unless --color or FORCE_COLOR asks for them'),
    ...item('FORCE_COLOR', 'Colours also where no terminal is; 0 is none at all'),
    '.SH EXIT STATUS',
    ...item('0', 'Clean'),
    ...item('1', 'Findings, or a part could not be read'),
    ...item('2', 'It could not run, or could not write everything'),
  ];
  return lines.map(line => `${line}\n`).join('');
}

function commandLines({ name, usage, summary, about, options, examples }: Command): readonly string[] {
  return [
    `.SH ${roff(name.toUpperCase())}`,
    `.B ${roff(`${programName} ${name}`)}`,
    roff(usage),
    '.PP',
    roff(`${summary}.`),
    ...about.map(roff),
    ...Object.entries(options).flatMap(([key, option]) => item(flagsOf(key, option), option.help)),
    '.PP',
    'Examples:',
    ...examples.flatMap(({ line, does }) => item(`${programName} ${line}`, does)),
  ];
}

function flagsOf(key: string, option: Option): string {
  const flags = [...(option.short === undefined ? [] : [`-${option.short}`]), flagOf(key)].join(', ');
  return option.kind === 'switch' ? flags : `${flags} ${option.placeholder}`;
}

function item(term: string, text: string): readonly string[] {
  return ['.TP', `.B ${roff(term)}`, roff(text)];
}

/** A text that nothing in it is a request of roff. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq');
  return escaped.replace(/’/g, '\\(cq').replace(/^[.']/, '\\&$&');
}
