import { splitImage } from '../../image/splitImage.ts';
import { copyPairs, headerLines, isExported, type Exporter } from './exporter.ts';
import { groupedBy } from './places.ts';
import { yamlText } from './yamlText.ts';

/** The file `images.yaml` of image-syncer. */
export const imageSyncer: Exporter = {
  name: 'image-syncer',
  summary: 'the file images.yaml of image-syncer',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const [os, architecture] = platform?.split('/') ?? [];
    const flags = os === undefined ? '' : ` --os ${os} --arch ${architecture ?? ''}`;
    const header = [
      ...headerLines(plan),
      `image-syncer --images FILE --auth auth.yaml${flags}`,
      'auth.yaml has the logins by registry, which may be variables of the environment: {username: "${USER}", password: "${PASSWORD}"}.',
    ];
    const images = [...groupedBy(pairs, ({ source }) => tagged(source))].map(([source, group]) => {
      const targets = group.map(({ target }) => target);
      const [first = ''] = targets;
      return [source, targets.length === 1 ? first : targets] as const;
    });
    const variant = platform?.split('/')[2];
    const notes = variant === undefined ? [] : [`image-syncer copies all variants of ${architecture ?? ''}`];
    return { kind: 'written', text: yamlText(header, Object.fromEntries(images)), notes };
  },
};

/** Without a tag it would copy all tags. */
function tagged(source: string): string {
  const { tag, digest } = splitImage(source);
  return tag === undefined && digest === undefined ? `${source}:latest` : source;
}
