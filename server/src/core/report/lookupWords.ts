import type { FoundInStack } from '../lookup/lookUp.ts';
import type { ImageUse, UseRelation } from '../lookup/imageUses.ts';
import type { AskedImage } from '../lookup/pastedImages.ts';
import type { PodSecret } from '../lookup/podSecret.ts';
import type { TagVerdict } from '../lookup/tagVerdict.ts';
import { shortDigest } from '../image/digest.ts';
import { printable } from '../text/printable.ts';
import { retiredSentence } from './imagesJson.ts';
import { listed } from './style.ts';

/** The image, with the namespace and the trouble of its Pod where they are known. */
export function askedText({ image, namespace, trouble }: AskedImage): string {
  let text = image;
  if (namespace !== undefined) text += ` in ${namespace}`;
  if (trouble !== undefined) text += `, not pulled: ${trouble}`;
  return printable(text);
}

/** What an image of a stack is called: its value path, or where it is instead. */
export function titleOf({ kind, path, where = '' }: ImageUse): string {
  if (path !== undefined) return printable(path);
  if (kind === 'plugin') return `ArgoCD plugin: ${where}`;
  return `no value can change it: ${where}`;
}

/** How the asked image stands to what the stack pulls, in words; empty where it is just that. */
export function relationText({ relation, pulled, kind }: ImageUse): string {
  if (relation === 'pulled') return '';
  const other = printable(pulled ?? 'an image that is not known');
  if (relation === 'target' && kind !== 'value') return `where the policy puts ${other}`;
  return relationTexts[relation](other);
}

const relationTexts: Readonly<Record<Exclude<UseRelation, 'pulled'>, (pulled: string) => string>> = {
  target: pulled => `where the policy puts it, but the stack still pulls ${pulled}`,
  upstream: pulled => `what ${pulled} is a copy of, which the stack pulls`,
  replacement: pulled => `the replacement of ${pulled}, which the stack pulls`,
  default: pulled => `the default of the release, but the stack pulls ${pulled}`,
};

export function tagText(verdict: TagVerdict): string {
  switch (verdict.kind) {
    case 'same':
      return 'the one that the stack pulls now';
    case 'unknown':
      return 'what the stack pulls is not known';
    case 'untagged':
      return `none is named, the stack pulls ${shown(verdict.pulled)}`;
    case 'by-tag':
      return `the stack pulls the tag ${shown(verdict.pulled)}, which a digest cannot be compared with`;
    case 'other-tag':
      return `differs: the stack pulls ${shown(verdict.pulled)}`;
    case 'other-digest':
      return `differs: the stack pulls ${shown(verdict.pulled)}`;
  }
}

function shown(tag: string): string {
  return printable(tag.startsWith('sha256:') ? shortDigest(tag) : tag);
}

export function secretText({ namespace, state, secrets, reason }: PodSecret): string {
  const names = printable(listed(secrets));
  const pods = `Pods of ${printable(namespace)}`;
  switch (state) {
    case 'covered':
      return `${pods} get ${names}, with credentials for it`;
    case 'open':
      if (names === '') return `not known for ${pods}: ${reason}`;
      return `${pods} get ${names}, and ${reason}`;
    case 'uncovered':
      return `${pods} get none: ${printable(reason)}`;
    case 'unknown':
      return `not known for ${pods}: ${reason}`;
  }
}

/** Why no Pod pulls it; empty where one does. */
export function deployedText({ isDeployed, offBy }: ImageUse): string {
  if (isDeployed) return '';
  return offBy === undefined ? 'never pulled, as far as known' : `no, ${offBy} is off`;
}

/** What happened to the repository; empty where it is there, as far as is known. */
export function goneText({ retired }: FoundInStack): string {
  return retired === undefined ? '' : retiredSentence(retired.repository, retired.finding);
}

/** `not an image of this stack; by its name, the nearest is …`. */
export function missingText({ nearest }: FoundInStack): string {
  const lack = 'not an image of this stack';
  const [first, ...others] = nearest.map(
    ({ path, reference }) => `${path ?? 'one that no value can change'} (${reference})`,
  );
  if (first === undefined) return `${lack}, and none has a name like it`;
  return printable(`${lack}; by its name, the nearest is ${[first, ...others].join(' or ')}`);
}
