import { Catalogs } from '../../host/catalogs.ts';
import { sayOption, type Io } from '../io/io.ts';
import type { InputOptions } from '../arguments/options.ts';
import { readGivenDefaults } from './givenDefaults.ts';
import { failed, type InputsResult, type ReaderOptions } from './inputs.ts';
import { InputsReader } from './inputsReader.ts';
import { readRequest } from './request.ts';

/** Reads what the arguments ask about. `failed`: there is nothing to work on. */
export async function readInputs(
  io: Io,
  options: InputOptions,
  { takes, scope = 'all', hint, confined }: Partial<ReaderOptions> & Pick<ReaderOptions, 'takes'>,
): Promise<InputsResult> {
  const request = readRequest(options, io);
  if (request.kind === 'wrong') return failed(request.message);
  const defaults = readGivenDefaults(io.cwd, options);
  if (defaults.release !== undefined && defaults.generator !== undefined)
    return failed(
      `${sayOption(io, 'release')} and ${sayOption(io, 'generator')} cannot be combined: choose one of them`,
    );
  const reader = new InputsReader(io, new Catalogs(), {
    defaults,
    config: options.config,
    takes,
    scope,
    hint,
    confined,
  });
  return reader.build(request.request);
}
