interface OptionBase {
  /** One letter. */
  readonly short?: string;
  /** An imperative or a noun, without a full stop. */
  readonly help: string;
}

/** An option of a command, as data. Its name is its key with dashes: `failOn` is `--fail-on`. */
export type Option =
  | (OptionBase & { readonly kind: 'switch' })
  | (OptionBase & {
      readonly kind: 'value';
      readonly placeholder: string;
      readonly choices?: readonly string[];
    })
  /** Takes one word, and can be repeated; commas separate, too. */
  | (OptionBase & { readonly kind: 'values'; readonly placeholder: string })
  /** Takes all words up to the next option, and can be repeated; commas separate, too. */
  | (OptionBase & { readonly kind: 'list'; readonly placeholder: string });

export type Options = Readonly<Record<string, Option>>;

/** What a command gets for an option: `undefined`, `false` or an empty list where it is not given. */
export type OptionValue<O extends Option> = O extends { readonly kind: 'switch' }
  ? boolean
  : O extends { readonly kind: 'values' | 'list' }
    ? readonly string[]
    : O extends { readonly choices: readonly (infer Choice)[] }
      ? Choice | undefined
      : string | undefined;

/**
 * The words of a command line by their meaning. An option that a command does not declare does not exist to
 * be asked for.
 */
export type Given<T extends Options> = { readonly [K in keyof T]: OptionValue<T[K]> } & {
  readonly operands: readonly string[];
};

/** What a command is asked about. */
export const inputOptions = {
  values: {
    short: 'f',
    kind: 'list',
    placeholder: 'FILE...',
    help: 'values files of one stack, weakest first, in the order that deployKF takes them',
  },
  stack: {
    kind: 'value',
    placeholder: 'NAME',
    help: 'a stack of the project file, an Application or a script, by name',
  },
  release: {
    kind: 'value',
    placeholder: 'VERSION',
    help: 'the deployKF release, such as 0.1.5 (default: that of the project file, else the newest known)',
  },
  generator: {
    kind: 'value',
    placeholder: 'PATH',
    help: 'the folder or .zip of a generator, such as a fork’s or a later release’s, that the defaults come from',
  },
  config: {
    kind: 'value',
    placeholder: 'FILE',
    help: 'the project file (default: the nearest .deploykf-values.yaml in or above the folder of the files, or the working directory)',
  },
} as const satisfies Options;

export type InputOptions = Given<typeof inputOptions>;

export const formatOption = {
  format: {
    kind: 'value',
    placeholder: 'FORMAT',
    choices: ['text', 'json'],
    help: 'text (for people) or json',
  },
} as const satisfies Options;

/** What `check` prints; other commands have no form for these programs. */
export const reportOptions = {
  format: {
    kind: 'value',
    placeholder: 'FORMAT',
    choices: ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'],
    help: 'text (for people), json, sarif, github (annotations), gitlab (code quality) or junit',
  },
  output: {
    short: 'o',
    kind: 'value',
    placeholder: 'FILE',
    help: 'write the report to a file instead of standard output',
  },
} as const satisfies Options;

export const colorOption = {
  color: {
    kind: 'value',
    placeholder: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'auto, always or never; auto means on a terminal, unless NO_COLOR is set, and everywhere with FORCE_COLOR',
  },
} as const satisfies Options;

export type ColorOption = Given<typeof colorOption>;

export const quietOption = {
  quiet: {
    short: 'q',
    kind: 'switch',
    help: 'show only findings that count, one line each, without a summary',
  },
} as const satisfies Options;

/** The same for what has no findings. */
export const tersenessOption = {
  quiet: {
    short: 'q',
    kind: 'switch',
    help: 'print only the result and what is wrong: no summary, no progress',
  },
} as const satisfies Options;

export const failOnOption = {
  failOn: {
    kind: 'value',
    placeholder: 'SEVERITY',
    choices: ['error', 'warning', 'info', 'hint', 'never'],
    help: 'exit with 1 from this severity up: error, warning (the default), info, hint or never',
  },
} as const satisfies Options;

export type FailOnOption = Given<typeof failOnOption>;

export const helpOption = {
  help: { short: 'h', kind: 'switch', help: 'show this help' },
} as const satisfies Options;

/** As it is written on the command line. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
