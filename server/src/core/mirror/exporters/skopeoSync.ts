import { splitImage } from '../../image/splitImage.ts';
import { copyPairs, headerLines, isExported, refusedFor, type CopyPair, type Exporter } from './exporter.ts';
import { commonPrefix, groupedBy, hostOf, pathOf } from './places.ts';
import { yamlText } from './yamlText.ts';

/** The file of `skopeo sync`, which knows two layouts only: `PREFIX/{registry}/{path}` and `PREFIX/{name}`. */
export const skopeoSync: Exporter = {
  name: 'skopeo-sync',
  summary: 'the YAML file of skopeo sync',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const scoped = commonPrefix(pairs, ({ source }) => splitImage(source).repository);
    const flat = commonPrefix(pairs, ({ source }) => nameOf(source));
    if ('others' in scoped && 'others' in flat)
      return refusedFor(scoped.others.map(({ source, target }) => refusal(source, target)));
    const prefix = 'prefix' in scoped ? scoped.prefix : 'prefix' in flat ? flat.prefix : '';
    const scopedFlag = 'prefix' in scoped ? '--scoped ' : '';
    const header = [
      ...headerLines(plan),
      `skopeo sync ${flags(platform)} --keep-going ${scopedFlag}--src yaml --dest docker FILE ${prefix}`,
      'Log in with "skopeo login". Not on a host with mirrors in its registries.conf: skopeo may copy the mirror onto itself.',
    ];
    const registries = [...groupedBy(pairs, ({ source }) => hostOf(source))];
    return {
      kind: 'written',
      text: yamlText(
        header,
        Object.fromEntries(registries.map(([registry, group]) => [registry, { images: imagesOf(group) }])),
      ),
    };
  },
};

function imagesOf(group: readonly CopyPair[]): { readonly [path: string]: readonly string[] } {
  const images = new Map<string, string[]>();
  for (const { source } of group) {
    const { tag, digest } = splitImage(source);
    const path = pathOf(source);
    const tags = images.get(path) ?? [];
    images.set(path, [...new Set([...tags, digest ?? tag ?? 'latest'])]);
  }
  return Object.fromEntries(images);
}

function nameOf(source: string): string {
  const path = pathOf(source);
  return path.slice(path.lastIndexOf('/') + 1);
}

function refusal(source: string, target: string): string {
  return `${source} becomes ${target}: skopeo sync can only keep the whole name after a prefix, or its last part: use skopeo`;
}

function flags(platform: string | undefined): string {
  if (platform === undefined) return '--all --preserve-digests';
  const [os = '', architecture = '', variant] = platform.split('/');
  const chosen = `--override-os ${os} --override-arch ${architecture}`;
  return variant === undefined ? chosen : `${chosen} --override-variant ${variant}`;
}
