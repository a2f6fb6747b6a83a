import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';
import { shellScript, variantOf } from './script.ts';

/** A shell script with `oras cp`, with signatures and attestations. */
export const oras: Exporter = {
  name: 'oras',
  summary: 'a shell script with oras cp',
  language: 'shellscript',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const flags = platform === undefined ? '-r' : `--platform ${shellWord(platform)}`;
    return shellScript({
      program: 'oras',
      name: 'oras',
      what: 'images',
      header: [...headerLines(plan), 'Log in with "oras login" to the registries that need it.'],
      before: [],
      body: [`oras cp ${flags} "$1" "$2"`],
      calls: pairs.map(({ pinned, target }) => [pinned, target]),
      variant: variantOf(plan, platform),
    });
  },
};
