import type { RunCommand } from '../arguments/command.ts';
import type { lspOptions } from '../arguments/commandOptions.ts';
import { exitCodes, fail } from '../io/io.ts';

export const runLsp: RunCommand<typeof lspOptions> = async ({ operands }, io) => {
  const [operand] = operands;
  if (operand !== undefined) return fail(io, `lsp does not take a file: "${operand}" is not expected`);
  await io.startServer();
  return exitCodes.clean;
};
