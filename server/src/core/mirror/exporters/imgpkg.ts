import { splitImage } from '../../image/splitImage.ts';
import { headerLines, refused, refusedFor, upstreamDigest, type Exporter } from './exporter.ts';
import { yamlText } from './yamlText.ts';

/** An `ImagesLock` of Carvel's imgpkg, which stops at an image without a digest. */
export const imgpkg: Exporter = {
  name: 'imgpkg',
  summary: 'an ImagesLock of imgpkg, from digests alone',
  language: 'yaml',
  write: plan => {
    if (plan.copies.length === 0) return refused('the stack pulls no image that could be copied');
    const images = new Map<string, string>();
    const unknown: string[] = [];
    for (const copy of plan.copies) {
      const { source } = copy;
      const digest = upstreamDigest(copy);
      if (digest === undefined) unknown.push(source);
      else images.set(`${splitImage(source).repository}@${digest}`, source);
    }
    if (unknown.length > 0)
      return refusedFor(
        unknown.map(
          source =>
            `the digest that ${source} has at its source is not known, and imgpkg takes no tags: write mirror.lock with verify --source --lock`,
        ),
      );
    const document = {
      apiVersion: 'imgpkg.carvel.dev/v1alpha1',
      kind: 'ImagesLock',
      images: [...images].map(([image, source]) => ({ image, annotations: { source } })),
    };
    return { kind: 'written', text: yamlText(headerLines(plan), document) };
  },
};
