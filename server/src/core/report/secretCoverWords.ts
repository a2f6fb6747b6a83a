import type { MatrixRow, SecretCover, SecretMatrix } from '../pullSecrets/matrix.ts';
import type { Colour } from './style.ts';

/** What a report calls the use of a Secret in a namespace, and what that means. */
export interface CoverWords {
  readonly cover: SecretCover;
  readonly text: string;
  readonly colour: Colour;
  readonly meaning: string;
}

const allWords: Readonly<Record<SecretCover, Omit<CoverWords, 'cover'>>> = {
  covered: {
    text: 'covered',
    colour: 'green',
    meaning: 'the policy copies the Secret there, and it has credentials for a registry that is pulled from',
  },
  open: {
    text: 'copied',
    colour: 'blue',
    meaning: 'the policy copies the Secret there; it is not here, so that its registries are not known',
  },
  handed: {
    text: 'by the chart',
    colour: 'green',
    meaning:
      'the charts get a Secret by valuesOverrides where the policy does not reach; it has to be in their namespaces',
  },
  late: {
    text: 'too late',
    colour: 'red',
    meaning: 'some Pods start before the policy exists: the namespace needs a Secret of its own',
  },
  excluded: {
    text: 'excluded',
    colour: 'red',
    meaning: 'there is no policy for the namespace: it needs a Secret of its own, or must not be left out',
  },
  wrongKey: {
    text: 'wrong key',
    colour: 'yellow',
    meaning: 'the Secret does not have credentials for any registry that is pulled from there',
  },
  missing: {
    text: 'missing',
    colour: 'red',
    meaning: 'the Secret that is to be copied is not where the policy looks for it',
  },
};

const order: readonly SecretCover[] = [
  'covered',
  'open',
  'handed',
  'late',
  'excluded',
  'wrongKey',
  'missing',
];

export function coverWords(cover: SecretCover): CoverWords {
  return { cover, ...allWords[cover] };
}

/** What a namespace has where no policy copies any Secret. */
export function withoutPolicy({ isHanded }: MatrixRow): Pick<CoverWords, 'text' | 'colour'> {
  return isHanded ? allWords.handed : { text: 'uncovered', colour: 'red' };
}

/** The words that a table needs, from good to bad. */
export function usedCoverWords({ rows }: SecretMatrix): readonly CoverWords[] {
  const used = new Set(rows.flatMap(({ covers }) => covers));
  return order.filter(cover => used.has(cover)).map(coverWords);
}
