import type { StackView } from '../analysis/stackView.ts';
import { howToNameRelease, reasonOfGuess } from '../stack/releaseGuess.ts';
import { mark, plain, type Markdown } from './markdown.ts';

/** The release of a stack in hovers; one that nothing names is said to be taken for it, why, and how to name it. */
export function releaseText({ release, guess, guessedBy, isProvisional }: StackView['stack']): Markdown {
  if (isProvisional === true) return mark`deployKF ${plain(release)} as far as the folder is read by now`;
  if (guess === undefined) return mark`deployKF ${plain(release)}`;
  const reason = reasonOfGuess(guess, guessedBy);
  return mark`taken for deployKF ${plain(release)}, ${plain(reason)} (${plain(howToNameRelease)})`;
}
