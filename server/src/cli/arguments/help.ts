import type { Command } from './command.ts';
import { programName } from '../io/io.ts';
import type { Flag } from './parseArguments.ts';
import { alignedRows } from '../../core/report/table.ts';

export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [[name], [summary]] as const);
  return lines([
    `${programName} checks, fixes and lists the container images in deployKF values files.`,
    '',
    `Usage: ${programName} COMMAND [options]`,
    '',
    'Commands',
    ...alignedRows(rows, '  '),
    '',
    'Options',
    ...alignedRows(
      [
        [['-h, --help'], ['shows this, or the help of a command']],
        [['-V, --version'], ['shows the version']],
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
    `Usage: ${programName} ${command.name} ${command.usage}`,
    '',
    `${command.summary.slice(0, 1).toUpperCase()}${command.summary.slice(1)}.`,
    ...command.about,
    '',
    'Options',
    ...alignedRows(command.flags.map(flagRow), '  '),
    '',
    'Examples',
    ...alignedRows(examples, '  '),
    '',
    exitCodesHelp,
  ]);
}

const exitCodesHelp =
  'Exit codes: 0 clean, 1 findings or a part could not be read, 2 could not run or not write everything.';

function flagRow(flag: Flag): readonly [readonly [string], readonly [string]] {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const value = flag.kind === 'switch' ? '' : ` ${flag.placeholder}`;
  return [[`${short}--${flag.name}${value}`], [flag.help]];
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `${text}\n`).join('');
}
