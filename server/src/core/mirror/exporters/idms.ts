import type { Exporter } from './exporter.ts';
import { mirrorSetText } from './mirrorSets.ts';

/** An `ImageDigestMirrorSet`, which does nothing for images with tags. */
export const idms: Exporter = {
  name: 'idms',
  summary: 'an ImageDigestMirrorSet of OpenShift, for images with digests',
  language: 'yaml',
  isWhole: true,
  write: plan =>
    mirrorSetText(plan, {
      kind: 'ImageDigestMirrorSet',
      key: 'imageDigestMirrors',
      header: [
        'For images that are pulled by digest. deployKF pulls by tag, for which this alone does nothing: apply an ImageTagMirrorSet (itms).',
      ],
      notes: ['an ImageDigestMirrorSet alone does nothing for images with tags, use itms for them'],
    }),
};
