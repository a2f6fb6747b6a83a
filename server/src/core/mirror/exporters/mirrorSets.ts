import type { MirrorPlan } from '../types.ts';
import { copyPairs, isExported, type Exported } from './exporter.ts';
import { nodeMappings } from './nodeMappings.ts';
import { yamlText } from './yamlText.ts';

/** What is written for the two kinds of OpenShift that say where nodes pull from. */
export interface MirrorSet {
  readonly kind: 'ImageTagMirrorSet' | 'ImageDigestMirrorSet';
  readonly key: 'imageTagMirrors' | 'imageDigestMirrors';
  readonly header: readonly string[];
  readonly notes: readonly string[];
}

export function mirrorSetText(plan: MirrorPlan, { kind, key, header, notes }: MirrorSet): Exported {
  const pairs = copyPairs(plan);
  if (isExported(pairs)) return pairs;
  const mappings = nodeMappings(plan, pairs);
  if ('kind' in mappings) return mappings;
  const document = {
    apiVersion: 'config.openshift.io/v1',
    kind,
    metadata: { name: 'deploykf' },
    spec: {
      [key]: mappings.map(({ from, to }) => ({
        source: from,
        mirrors: [to],
        mirrorSourcePolicy: 'NeverContactSource',
      })),
    },
  };
  return { kind: 'written', text: yamlText(header, document), notes };
}
