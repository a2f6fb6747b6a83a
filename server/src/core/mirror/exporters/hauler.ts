import { splitImage } from '../../image/splitImage.ts';
import { copyPairs, headerLines, isExported, refused, refusedFor, type Exporter } from './exporter.ts';
import { onlyHost, pathOf } from './places.ts';
import { yamlText } from './yamlText.ts';

/** A manifest of Hauler 2: the names that it rewrites have no host, so one file fills one registry. */
export const hauler: Exporter = {
  name: 'hauler',
  summary: 'a manifest of Hauler',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const host = onlyHost(pairs);
    if (host === undefined)
      return refused('the targets have several hosts: Hauler fills one registry per file');
    const untagged = pairs.filter(({ target }) => target.includes('@'));
    if (untagged.length > 0)
      return refusedFor(
        untagged.map(({ source }) => `${source} has a digest alone: Hauler needs a tag for it`),
      );
    const header = [
      ...headerLines(plan),
      `hauler store sync -f FILE && hauler store copy registry://${host}`,
      'Log in with "hauler login" to the registries that need it.',
    ];
    const images = pairs.map(({ source, target }) => ({
      name: source,
      ...(platform !== undefined && { platform }),
      rewrite: `${pathOf(target)}:${splitImage(target).tag ?? 'latest'}`,
    }));
    const document = {
      apiVersion: 'content.hauler.cattle.io/v1',
      kind: 'Images',
      metadata: { name: 'deploykf-images' },
      spec: { images },
    };
    return { kind: 'written', text: yamlText(header, document) };
  },
};
