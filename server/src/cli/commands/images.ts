import type { RunCommand } from '../arguments/command.ts';
import type { stackOptions } from '../arguments/commandOptions.ts';
import { imagesJson } from '../../core/report/imagesJson.ts';
import { imagesText } from '../../core/report/imagesText.ts';
import { guessNote } from '../../core/stack/releaseGuess.ts';
import { exitCodes } from '../io/io.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import { openView } from '../inputs/openView.ts';
import { pathsFrom } from '../io/paths.ts';

export const runImages: RunCommand<typeof stackOptions> = async (options, io) => {
  const opened = await openView(io, options, { isPartialFine: true });
  if (opened === undefined) return exitCodes.failed;
  const { view, name } = opened;
  const pathOf = pathsFrom(io.cwd);
  if (options.format === 'json') writeJson(io, imagesJson(view, name, pathOf));
  else {
    const text = imagesText(view, { style: chosenStyle(io, options), pathOf, stack: name });
    io.stdout.write(text + guessNote(view.stack));
  }
  return exitCodes.clean;
};
