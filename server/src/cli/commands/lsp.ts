import type { RunCommand } from '../arguments/command.ts';
import { exitCodes } from '../io/io.ts';

export const runLsp: RunCommand = async (_args, io) => {
  await io.startServer();
  return exitCodes.clean;
};
