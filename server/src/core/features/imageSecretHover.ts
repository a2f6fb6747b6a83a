import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsBlock } from '../pullSecrets/block.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { privateImages } from '../pullSecrets/privateImages.ts';
import { imageReach, type ImageReach, type NamespacePull } from '../pullSecrets/reach.ts';
import { coveringSecrets } from '../pullSecrets/sources.ts';
import { code, joined, listed, mark, plain, type Markdown } from './markdown.ts';

export interface SecretLines {
  /** Where the image is pulled, in case that is more than one namespace. */
  readonly where: Markdown | undefined;
  /**
   * Whether the policy's pull secrets reach its Pods; `undefined` for a public image,
   * and where the stack configures no credentials.
   */
  readonly secret: Markdown | undefined;
}

export function secretLines(view: StackView, entry: ImageEntry): SecretLines {
  const reach = imageReach(view).find(image => image.entry === entry);
  if (reach === undefined) return { where: undefined, secret: undefined };
  const names = reach.pulls.map(({ namespace }) => code(namespace));
  return {
    where: names.length < 2 ? undefined : mark`Pulled by Pods of ${listed(names, 5)}`,
    secret: secretLine(view, reach),
  };
}

function secretLine(view: StackView, reach: ImageReach): Markdown | undefined {
  const image = privateImages(view).find(({ entry }) => entry === reach.entry);
  if (image === undefined) return undefined;
  const block = pullSecretsBlock(view);
  if (block.templated || block.credentials.length === 0) return undefined;
  const explanation = explainPullSecrets(view);
  const own = reach.supplied === 'yes' && mark`; ${code('valuesOverrides')} name one for it`;
  const obstacle = explanation.reason ?? explanation.refused;
  if (obstacle !== undefined)
    return mark`Pull secret: no policy, so no Pod gets a secret: ${plain(obstacle)}${own}`;
  const covering = coveringSecrets(view, block.credentials, image.repository);
  if (covering.length === 0)
    return mark`Pull secret: no Secret of the policy has credentials for ${code(image.registry)}${own}`;
  return mark`Pull secret: ${reachText(covering, reach)}${own}`;
}

function reachText(names: readonly string[], { pulls }: ImageReach): Markdown {
  const secrets = names.map(code);
  const isOne = secrets.length === 1;
  const shown = listed(secrets, 3);
  const missed = pulls.filter(pull => pull.verdict !== 'receives').map(missedText);
  const [only] = pulls;
  const reach = mark`${shown} ${isOne ? mark`reaches` : mark`reach`}`;
  if (pulls.length === 1 && only !== undefined) {
    if (missed.length === 0) return mark`${reach} ${code(only.namespace)}`;
    return mark`${shown} ${isOne ? mark`does` : mark`do`} not reach ${joined(missed, '')}`;
  }
  if (missed.length === 0) return mark`${reach} all of them`;
  if (missed.length === pulls.length) return mark`${reach} none of them: ${listed(missed, 3)}`;
  return mark`${reach} all of them but ${listed(missed, 3)}`;
}

function missedText({ namespace, verdict, by = '' }: NamespacePull): Markdown {
  let reason = plain(by);
  if (verdict === 'early') reason = mark`starts before the policy`;
  if (verdict === 'excluded') reason = mark`excluded by ${code(by)}`;
  return mark`**${plain(namespace)}** (${reason})`;
}
