import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';
import { shellScript, variantOf } from './script.ts';

/** A shell script with `crane copy`, which copies all platforms where none is chosen. */
export const crane: Exporter = {
  name: 'crane',
  summary: 'a shell script with crane copy',
  language: 'shellscript',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const flag = platform === undefined ? '' : ` --platform ${shellWord(platform)}`;
    return shellScript({
      program: 'crane',
      name: 'crane',
      what: 'images',
      header: [...headerLines(plan), 'Log in with "crane auth login" to the registries that need it.'],
      before: [],
      body: [`crane copy${flag} "$1" "$2"`],
      calls: pairs.map(({ pinned, target }) => [pinned, target]),
      variant: variantOf(plan, platform),
    });
  },
};
