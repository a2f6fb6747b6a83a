import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { shortDigest } from '../image/digest.ts';
import { planOfStack } from '../mirror/plan.ts';
import { verificationOf } from '../mirror/verification.ts';
import { withoutLogins } from '../text/logins.ts';
import type { VerifiedImage, VerifyState } from '../verify/types.ts';
import { code, mark, plain, type Markdown } from './markdown.ts';

/** What the registry was seen to have of an image; `undefined`: it was not asked, or the plan has changed since. */
export function registryLine(view: StackView, { path }: ImageEntry): Markdown | undefined {
  const verification = verificationOf(view);
  if (verification === undefined) return undefined;
  const { target } = planOfStack(view).copies.find(copy => copy.paths.includes(path)) ?? {};
  const image = target === undefined ? undefined : verification.images.get(target);
  return image && mark`${saysOf(image)}, checked at ${plain(verification.time)}`;
}

const stateTexts: Readonly<Record<Exclude<VerifyState, 'there'>, Markdown>> = {
  missing: mark`is missing in the registry`,
  'missing-or-denied': mark`is missing in the registry, or may not be read`,
  hole: mark`is not complete in the registry`,
  different: mark`has other content in the registry than wanted`,
  'some-platforms': mark`is not in the registry for all platforms`,
  unreachable: mark`could not be looked for in the registry`,
  unchecked: mark`was not looked for in the registry`,
};

function saysOf({ state, target, found, detail }: VerifiedImage): Markdown {
  if (state !== 'there') {
    const why = detail !== '' && mark` (${plain(withoutLogins(detail))})`;
    return mark`⚠ ${code(target)} ${stateTexts[state]}${why}`;
  }
  const platforms = found?.platforms ?? [];
  const digest = found && mark` as ${code(shortDigest(found.digest))}`;
  const where = platforms.length > 0 && mark` for ${plain(platforms.join(', '))}`;
  return mark`In the registry${digest}${where}`;
}
