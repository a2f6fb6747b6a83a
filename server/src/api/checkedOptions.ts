import { suggestion } from '../cli/arguments/parseArguments.ts';
import type { checkOptions } from '../cli/arguments/commandOptions.ts';
import type { Given, inputOptions } from '../cli/arguments/options.ts';

/** The options of the library: some of the command line's, and what it has operands and standard input for. */
export type LibraryOptions = Partial<
  Pick<Given<typeof checkOptions>, keyof typeof inputOptions | 'baseline'>
> & {
  readonly cwd?: string;
  readonly files?: readonly string[];
  readonly text?: string;
};

type Kind = 'text' | 'texts';

const inputKinds: Readonly<Record<string, Kind>> = {
  cwd: 'text',
  files: 'texts',
  text: 'text',
  values: 'texts',
  stack: 'text',
  release: 'text',
  generator: 'text',
  config: 'text',
};

const kinds = {
  check: new Map(Object.entries<Kind>({ ...inputKinds, baseline: 'text' })),
  images: new Map(Object.entries(inputKinds)),
};

const expected: Readonly<Record<Kind, string>> = { text: 'a string', texts: 'an array of strings' };

/** The options that are given. Throws where JavaScript has passed what the types do not allow. */
export function checkedOptions(command: keyof typeof kinds, options: LibraryOptions): LibraryOptions {
  const given = Object.entries<unknown>({ ...options }).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const kind = kinds[command].get(name);
    if (kind === undefined) {
      const hint = suggestion(name, [...kinds[command].keys()]);
      throw new TypeError(`unknown option "${name}" of ${command}${hint}`);
    }
    if (!isOfKind(value, kind)) throw new TypeError(`${name} has to be ${expected[kind]}`);
  }
  return Object.fromEntries(given);
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'text') return typeof value === 'string';
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
