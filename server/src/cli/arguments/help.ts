import type { Command } from './command.ts';
import { programName } from '../io/io.ts';
import { flagOf, type Option } from './options.ts';
import { alignedRows } from '../../core/report/table.ts';

export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [[name], [summary]] as const);
  return lines([
    `${programName} checks, fixes and lists the container images in deployKF values files.`,
    '',
    `Usage: ${programName} COMMAND [options]`,
    '',
    'To begin with',
    ...alignedRows(
      [
        [[`${programName} check`], ['what is wrong with the values files here']],
        [[`${programName} init`], ['write a project file: stacks, release and private registry']],
        [[`${programName} fix --diff`], ['what would be changed']],
        [[`${programName} images --stack prod`], ['every image of a stack, with its real tag']],
        [[`${programName} mirror --stack prod`], ['what the private registry must hold']],
      ],
      '  ',
    ),
    '',
    'Commands',
    ...alignedRows(rows, '  '),
    '',
    'Options',
    ...alignedRows(
      [
        [['-h, --help'], ['show this help, or that of a command']],
        [['-V, --version'], ['show the version']],
      ],
      '  ',
    ),
    '',
    exitCodesHelp,
    `More: ${programName} COMMAND --help`,
  ]);
}

export function commandHelp(command: Command): string {
  const examples = command.examples.map(({ line, does }) => [[`${programName} ${line}`], [does]] as const);
  return lines([
    `Usage: ${programName} ${command.name} ${command.usage}`.trimEnd(),
    '',
    `${command.summary}.`,
    ...command.about,
    '',
    'Options',
    ...alignedRows(Object.entries(command.options).map(optionRow), '  '),
    '',
    'Examples',
    ...alignedRows(examples, '  '),
    '',
    exitCodesHelp,
  ]);
}

const exitCodesHelp =
  'Exit codes: 0 clean, 1 findings or something could not be read, 2 could not run or could not write everything.';

function optionRow([key, option]: readonly [string, Option]): readonly [
  readonly [string],
  readonly [string],
] {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.kind === 'switch' ? '' : ` ${option.placeholder}`;
  return [[`${short}${flagOf(key)}${value}`], [option.help]];
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `${text}\n`).join('');
}
