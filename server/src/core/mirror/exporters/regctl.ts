import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';
import { shellScript, variantOf, warnOfMirrors } from './script.ts';

/** A shell script with `regctl image copy`, with signatures and attestations. */
export const regctl: Exporter = {
  name: 'regctl',
  summary: 'a shell script with regctl image copy',
  language: 'shellscript',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const flags = platform === undefined ? '--digest-tags --referrers' : `--platform ${shellWord(platform)}`;
    return shellScript({
      program: 'regctl',
      name: 'regctl',
      what: 'images',
      header: [
        ...headerLines(plan),
        'Log in with "regctl registry login" to the registries that need it.',
        'Where layers or platforms were deleted in the mirror, add --force-recursive and remove the state file.',
      ],
      before: warnOfMirrors(['"${HOME-}/.regctl/config.json"'], '"mirrors"', 'regctl'),
      body: [`regctl image copy ${flags} "$1" "$2"`],
      calls: pairs.map(({ pinned, target }) => [pinned, target]),
      variant: variantOf(plan, platform),
    });
  },
};
