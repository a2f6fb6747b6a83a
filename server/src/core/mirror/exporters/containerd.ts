import { shellWord } from '../../text/shellWord.ts';
import { comments, copyPairs, isExported, refusedFor, type Exported, type Exporter } from './exporter.ts';
import { wholeRegistry } from './nodeMappings.ts';
import { groupedBy, hostOf, pathOf } from './places.ts';
import { tomlString } from './tomlString.ts';
import type { CopyPair } from './exporter.ts';

/**
 * A shell script that writes the `hosts.toml` of each registry. containerd maps a whole registry to a prefix: the path stays as it is.
 */
export const containerd: Exporter = {
  name: 'containerd',
  summary: 'a shell script that writes the hosts.toml of containerd on a node',
  language: 'shellscript',
  isWhole: true,
  write: plan => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const reasons: string[] = [];
    const files: (readonly [string, readonly string[]])[] = [];
    for (const [registry, group] of groupedBy(pairs, ({ source }) => hostOf(source))) {
      const prefix = wholeRegistry(plan, registry, group);
      if (prefix === undefined)
        reasons.push(
          `the images of ${registry} do not all keep their path below one place: containerd maps whole registries`,
        );
      else files.push([folderOf(registry), hostsToml(registry, prefix)]);
    }
    if (reasons.length > 0) return refusedFor(reasons);
    return script(files, goneIn(pairs));
  },
};

function script(
  files: readonly (readonly [folder: string, lines: readonly string[]])[],
  gone: readonly string[],
): Exported {
  const lines = [
    '#!/bin/sh',
    ...comments([
      'Writes where the containerd of a node pulls from: run it on each node. All images of these registries come from the mirror then.',
      'config_path must name the folder, below io.containerd.cri.v1.images (containerd 2) or io.containerd.grpc.v1.cri (containerd 1).',
      'A certificate of your own: add ca = "/path/to/ca.crt" below [host.…] and above it.',
      ...gone,
    ]),
    'set -eu',
    'folder=${CERTS_D:-/etc/containerd/certs.d}',
    ...files.flatMap(([name, toml]) => [
      `mkdir -p -- "$folder"/${shellWord(name)}`,
      `printf '%s\\n' > "$folder"/${shellWord(`${name}/hosts.toml`)} \\`,
      ...toml.map((line, index) => `  ${shellWord(line)}${index === toml.length - 1 ? '' : ' \\'}`),
    ]),
  ];
  return {
    kind: 'written',
    text: lines.map(line => `${line}\n`).join(''),
    ...(gone.length > 0 && { notes: gone }),
  };
}

/** The mirror is the server as well, or nodes would ask the registry itself for what the mirror lacks. */
function hostsToml(registry: string, prefix: string): readonly string[] {
  const slash = prefix.indexOf('/');
  const host = slash < 0 ? prefix : prefix.slice(0, slash);
  const url = tomlString(`https://${host}/v2${slash < 0 ? '' : prefix.slice(slash)}`);
  const common = ['capabilities = ["pull", "resolve"]', 'override_path = true'];
  return [`# ${registry}`, `server = ${url}`, ...common, '', `[host.${url}]`, ...common];
}

/** A form that works on every system: `registry.example.com_5000_` for one with a port. */
function folderOf(registry: string): string {
  const colon = registry.lastIndexOf(':');
  return colon < 0 ? registry : `${registry.slice(0, colon)}_${registry.slice(colon + 1)}_`;
}

function goneIn(pairs: readonly CopyPair[]): readonly string[] {
  return pairs.flatMap(({ pulled, copy }) => {
    if (copy.replaces === undefined || pulled.endsWith(`/${pathOf(copy.replaces)}`)) return [];
    return [`${copy.replaces} is gone, and containerd cannot rename it: ${wayTo(pulled, copy)}`];
  });
}

/** Only a value can be set; what has none is renamed where it is written, or on its way to the cluster. */
function wayTo(pulled: string, { class: kind, paths }: CopyPair['copy']): string {
  if (kind === 'plugin') return `write ${pulled} into the files of the ArgoCD plugin, see --export plugin`;
  if (paths.length === 0) return `redirect it to ${pulled}, see --export kyverno`;
  return `set its value to ${pulled}`;
}
