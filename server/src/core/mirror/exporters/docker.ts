import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, refusedFor, type Exporter } from './exporter.ts';
import { shellScript, variantOf, warnOfMirrors } from './script.ts';

const warning =
  'docker copies one architecture only, and the digests become others: use skopeo, crane or regctl where they can be had';

/** A shell script with `docker pull`, `tag` and `push`, for where nothing else is installed. */
export const docker: Exporter = {
  name: 'docker',
  summary: 'a shell script with docker pull and push, of one architecture',
  language: 'shellscript',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const untagged = pairs.filter(({ target }) => target.includes('@'));
    if (untagged.length > 0)
      return refusedFor(
        untagged.map(({ source }) => `${source} has a digest alone: docker pushes tags only`),
      );
    const flag = platform === undefined ? '' : ` --platform ${shellWord(platform)}`;
    return shellScript({
      program: 'docker',
      name: 'docker',
      what: 'images',
      header: [
        ...headerLines(plan),
        `Warning: ${warning}.`,
        'Log in with "docker login" to the registries that need it.',
      ],
      before: [
        `printf '%s\\n' ${shellWord(warning)} >&2`,
        ...warnOfMirrors(['/etc/docker/daemon.json'], '"registry-mirrors"', 'docker'),
      ],
      body: [`docker pull${flag} "$1" && docker tag "$1" "$2" && docker push "$2"`],
      calls: pairs.map(({ source, target }) => [source, target]),
      variant: variantOf(plan, platform),
      notes: [warning],
    });
  },
};
