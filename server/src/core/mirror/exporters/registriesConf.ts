import { comments, copyPairs, isExported, type Exporter } from './exporter.ts';
import { nodeMappings } from './nodeMappings.ts';
import { tomlString } from './tomlString.ts';

/** A `registries.conf` of version 2, for nodes with CRI-O, and for podman, buildah and skopeo. */
export const registriesConf: Exporter = {
  name: 'registries-conf',
  summary: 'a registries.conf for CRI-O and podman',
  language: 'ini',
  isWhole: true,
  write: plan => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const mappings = nodeMappings(plan, pairs);
    if ('kind' in mappings) return mappings;
    const header = comments([
      'For nodes: /etc/containers/registries.conf.d/deploykf.conf. Registries are replaced, they are not asked any more.',
      'Never on the host that copies the images: skopeo would copy the mirror onto itself.',
    ]);
    const tables = mappings.flatMap(({ from, to }) => [
      '',
      '[[registry]]',
      `prefix = ${tomlString(from)}`,
      `location = ${tomlString(to)}`,
    ]);
    return { kind: 'written', text: [...header, ...tables].map(line => `${line}\n`).join('') };
  },
};
