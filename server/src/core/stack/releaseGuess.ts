/**
 * `stacks`: they differ, the newest of those that have the file. `output`: deployKF's own output near the files. `generator`: the defaults of a generator near them. `name`: a file's name.
 * `script`: a command whose values files are known only when it is run. `keys`: only that release has all of the keys.
 */
export type ReleaseGuess = 'stacks' | 'output' | 'generator' | 'name' | 'script' | 'keys' | 'newest';

const reasons: Readonly<Record<ReleaseGuess, string>> = {
  stacks: 'the newest release of the stacks that it is a layer of',
  output: "as deployKF's own output nearby says",
  generator: 'the generator nearby',
  name: "as the file's name says",
  script: 'as a script nearby says',
  keys: 'the newest release that has these keys',
  newest: 'the newest release that is known',
};

/** Why a stack is taken for a release that nobody names: a phrase to put after the release. */
export function reasonOfGuess(guess: ReleaseGuess, guessedBy?: string): string {
  return guessedBy === undefined ? reasons[guess] : `as ${guessedBy} says`;
}

interface TakenRelease {
  readonly release: string;
  /** `undefined`: somebody names the release. */
  readonly guess?: ReleaseGuess;
  /** What says so. */
  readonly guessedBy?: string;
  /** Where the generator is, for `generator`. */
  readonly generator?: string;
}

/** A line that says which release a stack is taken for where nobody names one, and how to; empty where somebody does. */
export function guessNote({ release, guess, guessedBy, generator }: TakenRelease): string {
  if (guess === undefined) return '';
  if (guess === 'generator')
    return `Taken to be over the generator in ${placeOf(generator ?? release)}, the nearest one: ${howToSetGenerator}\n`;
  return `Taken for deployKF ${release}, ${reasonOfGuess(guess, guessedBy)}: ${howToSetRelease}\n`;
}

function placeOf(path: string): string {
  return path === '.' ? 'this folder' : path;
}

/** How to say which generator it is, or that it is a release. */
const howToSetGenerator = 'set "release:" in .deploykf-values.yaml, --release or --generator';

/** How to say which release it is where there is no command line. */
export const howToNameRelease = 'set "release:" in .deploykf-values.yaml';

/** How to say it. */
export const howToSetRelease = `${howToNameRelease}, or --release`;
