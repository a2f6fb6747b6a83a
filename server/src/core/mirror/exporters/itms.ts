import type { Exporter } from './exporter.ts';
import { mirrorSetText } from './mirrorSets.ts';

/** An `ImageTagMirrorSet`: what deployKF needs, since its images have tags. */
export const itms: Exporter = {
  name: 'itms',
  summary: 'an ImageTagMirrorSet of OpenShift, for images with tags',
  language: 'yaml',
  isWhole: true,
  write: plan =>
    mirrorSetText(plan, {
      kind: 'ImageTagMirrorSet',
      key: 'imageTagMirrors',
      header: [
        'For images that are pulled by tag, as nearly all of deployKF are; those by digest need an ImageDigestMirrorSet (idms).',
        'Applying it drains the nodes of the cluster one after the other.',
      ],
      notes: ['applying an ImageTagMirrorSet drains the nodes of the cluster one after the other'],
    }),
};
