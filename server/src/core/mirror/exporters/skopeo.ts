import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';
import { shellScript, variantOf, warnOfMirrors } from './script.ts';

/** A shell script with `skopeo copy`: every platform, the same digests. Logins are those of `skopeo login`. */
export const skopeo: Exporter = {
  name: 'skopeo',
  summary: 'a shell script with skopeo copy',
  language: 'shellscript',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    return shellScript({
      program: 'skopeo',
      name: 'skopeo',
      what: 'images',
      header: [...headerLines(plan), 'Log in with "skopeo login" to the registries that need it.'],
      before: skopeoWarning,
      body: [`skopeo copy ${flags(platform)} -- "docker://$1" "docker://$2"`],
      calls: pairs.map(({ pinned, target }) => [pinned, target]),
      variant: variantOf(plan, platform),
    });
  },
};

/** On a host whose registries.conf has a mirror, skopeo would copy the mirror onto itself. */
const skopeoWarning = warnOfMirrors(
  [
    '"${HOME-}/.config/containers/registries.conf"',
    '/etc/containers/registries.conf',
    '/etc/containers/registries.conf.d/*.conf',
  ],
  '^[[:space:]]*(\\[\\[registry\\.mirror\\]\\]|location[[:space:]]*=)',
  'skopeo',
);

function flags(platform: string | undefined): string {
  if (platform === undefined) return '--all --preserve-digests --retry-times 3';
  const [os = '', architecture = '', variant] = platform.split('/');
  const chosen = [`--override-os ${shellWord(os)}`, `--override-arch ${shellWord(architecture)}`];
  if (variant !== undefined) chosen.push(`--override-variant ${shellWord(variant)}`);
  return [...chosen, '--retry-times 3'].join(' ');
}
