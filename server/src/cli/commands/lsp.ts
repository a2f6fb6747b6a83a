import type { RunCommand } from '../arguments/command.ts';
import type { lspOptions } from '../arguments/commandOptions.ts';
import { exitCodes } from '../io/io.ts';

export const runLsp: RunCommand<typeof lspOptions> = async (_options, io) => {
  await io.startServer();
  return exitCodes.clean;
};
