import type { RunCommand } from '../arguments/command.ts';
import { imagesJson } from '../../core/report/imagesJson.ts';
import { imagesText } from '../../core/report/imagesText.ts';
import { exitCodes } from '../io/io.ts';
import { chosenStyle, isJson } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import { openView } from '../inputs/openView.ts';
import { pathsFrom } from '../io/paths.ts';

export const runImages: RunCommand = async (args, io) => {
  const opened = await openView(io, args);
  if (opened === undefined) return exitCodes.failed;
  const { view, name } = opened;
  const pathOf = pathsFrom(io.cwd);
  if (isJson(args)) writeJson(io, imagesJson(view, name, pathOf));
  else io.stdout.write(imagesText(view, { style: chosenStyle(io, args), pathOf, stack: name }));
  return exitCodes.clean;
};
