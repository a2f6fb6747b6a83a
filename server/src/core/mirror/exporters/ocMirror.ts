import { splitImage } from '../../image/splitImage.ts';
import { copyPairs, headerLines, isExported, refused, type Exporter } from './exporter.ts';
import { onlyHost, pathOf } from './places.ts';
import { yamlText } from './yamlText.ts';

/** The `ImageSetConfiguration` of oc-mirror 2, whose targets are below one host. */
export const ocMirror: Exporter = {
  name: 'oc-mirror',
  summary: 'the ImageSetConfiguration of oc-mirror 2 (OpenShift)',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const host = onlyHost(pairs);
    if (host === undefined)
      return refused('the targets have several hosts: oc-mirror fills one registry per file');
    const [os, architecture, variant] = platform?.split('/') ?? [];
    if (variant !== undefined)
      return refused(`oc-mirror does not know variants such as that of ${platform ?? ''}`);
    const header = [
      ...headerLines(plan),
      `oc-mirror --v2 -c FILE --workspace file://WORKSPACE docker://${host}`,
      'targetRepo, targetTag and platforms need a version of oc-mirror that has them.',
    ];
    const platforms = os === undefined ? undefined : [{ os, architecture: architecture ?? '' }];
    const additionalImages = pairs.map(({ source, target }) => {
      const { tag } = splitImage(target);
      return {
        name: source,
        targetRepo: pathOf(target),
        ...(tag !== undefined && { targetTag: tag }),
        ...(platforms !== undefined && { platforms }),
      };
    });
    const document = {
      apiVersion: 'mirror.openshift.io/v2alpha1',
      kind: 'ImageSetConfiguration',
      mirror: { additionalImages },
    };
    return { kind: 'written', text: yamlText(header, document) };
  },
};
