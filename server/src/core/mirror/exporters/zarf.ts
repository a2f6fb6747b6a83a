import { splitImage } from '../../image/splitImage.ts';
import {
  copyPairs,
  headerLines,
  isExported,
  refused,
  refusedFor,
  type CopyPair,
  type Exporter,
} from './exporter.ts';
import { groupedBy, pathOf, prefixBefore } from './places.ts';
import { yamlText } from './yamlText.ts';

/** `zarf.yaml`, a document for each place: Zarf drops the host of the source and puts all images of a package below one prefix. */
export const zarf: Exporter = {
  name: 'zarf',
  summary: 'zarf.yaml, a package for each place of the mirror',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const [os, architecture, variant] = platform?.split('/') ?? [];
    if ((os !== undefined && os !== 'linux') || variant !== undefined)
      return refused(`Zarf knows architectures of Linux only, such as linux/amd64, not ${platform ?? ''}`);
    const others = pairs.filter(pair => prefixOf(pair) === undefined);
    if (others.length > 0) return refusedFor(others.map(refusal));
    const packages = [...groupedBy(pairs, pair => prefixOf(pair) ?? '')];
    const texts = packages.map(([prefix, group], index) => {
      const header = [
        ...(index === 0 ? headerLines(plan) : []),
        ...(packages.length > 1
          ? [`Package ${index + 1} of ${packages.length}: zarf.yaml in a folder of its own.`]
          : []),
        `zarf package create${architecture === undefined ? ' -a ARCHITECTURE' : ''}`,
        `zarf package mirror-resources FILE --images --registry-url ${prefix} --no-img-checksum`,
        'Without --no-img-checksum each tag gets a suffix. One package has one architecture.',
      ];
      return yamlText(header, document(plan.release, index + 1, architecture, group));
    });
    const note = `${packages.length} packages: each document is the zarf.yaml of a folder of its own`;
    return { kind: 'written', text: texts.join('---\n'), ...(packages.length > 1 && { notes: [note] }) };
  },
};

function document(
  version: string,
  number: number,
  architecture: string | undefined,
  group: readonly CopyPair[],
): Parameters<typeof yamlText>[1] {
  const images = [...new Set(group.map(({ source }) => source))];
  return {
    kind: 'ZarfPackageConfig',
    apiVersion: 'zarf.dev/v1alpha1',
    metadata: {
      name: `deploykf-images-${number}`,
      version,
      ...(architecture !== undefined && { architecture }),
    },
    components: [{ name: 'images', required: true, images }],
  };
}

function prefixOf({ source, target }: CopyPair): string | undefined {
  return prefixBefore(splitImage(target).repository, pathOf(source));
}

function refusal({ source, target }: CopyPair): string {
  return `${source} becomes ${target}: Zarf keeps the path after a prefix and cannot rename`;
}
