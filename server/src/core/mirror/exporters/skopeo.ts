import { shellWord } from '../../text/shellWord.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';

/**
 * A shell script with `skopeo copy`: every platform, the same digests. It goes on after errors and can be run again: what was copied is
 * kept in a state file. Logins are those of `skopeo login`.
 */
export const skopeo: Exporter = {
  name: 'skopeo',
  summary: 'a shell script with skopeo copy, which can be run again',
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const lines = [
      '#!/bin/sh',
      ...headerLines(plan).map(line => `# ${line}`),
      '# Log in with "skopeo login" to the registries that need it. What was copied is written to a state file and not copied again.',
      'set -u',
      'state=${STATE:-mirror.state}',
      'failed=0',
      'touch -- "$state" || exit 1',
      ...mirrorWarning,
      'copy() {',
      '  if grep -qxF -- "$1 $2" "$state"; then return; fi',
      '  printf \'%s\\n\' "$1 -> $2"',
      `  if skopeo copy ${flags(platform)} -- "docker://$1" "docker://$2"; then`,
      '    printf \'%s %s\\n\' "$1" "$2" >> "$state"',
      '  else',
      '    failed=$((failed + 1))',
      '    printf \'failed: %s\\n\' "$1" >&2',
      '  fi',
      '}',
      ...pairs.map(({ source, target }) => `copy ${shellWord(source)} ${shellWord(target)}`),
      'if [ "$failed" -gt 0 ]; then',
      '  printf \'%s of %s images could not be copied: run this again\\n\' "$failed" ' +
        `${pairs.length} >&2`,
      '  exit 1',
      'fi',
    ];
    return { kind: 'written', text: lines.map(line => `${line}\n`).join('') };
  },
};

/** On a host whose registries.conf has a mirror, skopeo would copy the mirror onto itself. */
const mirrorWarning = [
  'for conf in "$HOME/.config/containers/registries.conf" /etc/containers/registries.conf /etc/containers/registries.conf.d/*.conf; do',
  '  if [ -f "$conf" ] && grep -Eq \'^[[:space:]]*(\\[\\[registry\\.mirror\\]\\]|location[[:space:]]*=)\' "$conf"; then',
  '    printf \'%s has mirrors: skopeo may copy the mirror onto itself\\n\' "$conf" >&2',
  '  fi',
  'done',
];

function flags(platform: string | undefined): string {
  if (platform === undefined) return '--all --preserve-digests --retry-times 3';
  const [os = '', architecture = '', variant] = platform.split('/');
  const chosen = [`--override-os ${shellWord(os)}`, `--override-arch ${shellWord(architecture)}`];
  if (variant !== undefined) chosen.push(`--override-variant ${shellWord(variant)}`);
  return [...chosen, '--retry-times 3'].join(' ');
}
