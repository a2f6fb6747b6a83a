import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsBlock } from '../pullSecrets/block.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { privateImages } from '../pullSecrets/privateImages.ts';
import { imageReach, type ImageReach, type NamespacePull } from '../pullSecrets/reach.ts';
import { coveringSecrets } from '../pullSecrets/sources.ts';
import { atMost } from '../text/list.ts';
import { code, plain } from './markdown.ts';

export interface SecretLines {
  /** Where the image is pulled, in case that is more than one namespace. */
  readonly where: string | undefined;
  /**
   * Whether the policy's pull secrets reach its Pods; `undefined` for a public image, and where the stack configures no
   * credentials.
   */
  readonly secret: string | undefined;
}

export function secretLines(view: StackView, entry: ImageEntry): SecretLines {
  const reach = imageReach(view).find(image => image.entry === entry);
  if (reach === undefined) return { where: undefined, secret: undefined };
  const names = reach.pulls.map(({ namespace }) => code(namespace));
  return {
    where: names.length < 2 ? undefined : `Pulled by Pods of ${atMost(names, 5)}`,
    secret: secretLine(view, reach),
  };
}

function secretLine(view: StackView, reach: ImageReach): string | undefined {
  const image = privateImages(view).find(({ entry }) => entry === reach.entry);
  if (image === undefined) return undefined;
  const block = pullSecretsBlock(view);
  if (block.templated || block.credentials.length === 0) return undefined;
  const explanation = explainPullSecrets(view);
  const own = reach.supplied === 'yes' ? `; ${code('valuesOverrides')} name one for it` : '';
  const obstacle = explanation.reason ?? explanation.refused;
  if (obstacle !== undefined) return `Pull secret: no policy, so no Pod gets a secret: ${plain(obstacle)}${own}`;
  const covering = coveringSecrets(view, block.credentials, image.repository);
  const text =
    covering.length === 0
      ? `no Secret of the policy has credentials for ${code(image.registry)}`
      : reachText(covering, reach);
  return `Pull secret: ${text}${own}`;
}

function reachText(names: readonly string[], { pulls }: ImageReach): string {
  const secrets = names.map(code);
  const isOne = secrets.length === 1;
  const shown = atMost(secrets, 3);
  const missed = pulls.filter(pull => pull.verdict !== 'receives').map(missedText);
  const [only] = pulls;
  if (pulls.length === 1 && only !== undefined)
    return missed.length === 0
      ? `${shown} ${isOne ? 'reaches' : 'reach'} ${code(only.namespace)}`
      : `${shown} ${isOne ? 'does' : 'do'} not reach ${missed.join('')}`;
  const verb = isOne ? 'reaches' : 'reach';
  if (missed.length === 0) return `${shown} ${verb} all of them`;
  if (missed.length === pulls.length) return `${shown} ${verb} none of them: ${atMost(missed, 3)}`;
  return `${shown} ${verb} all of them but ${atMost(missed, 3)}`;
}

function missedText({ namespace, verdict, by = '' }: NamespacePull): string {
  const reasons = { early: 'starts before the policy', excluded: `excluded by ${code(by)}` };
  const reason = verdict === 'early' || verdict === 'excluded' ? reasons[verdict] : plain(by);
  return `**${plain(namespace)}** (${reason})`;
}
