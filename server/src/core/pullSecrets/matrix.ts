import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsBlock, type Credential } from './block.ts';
import { imagesToCover, type PrivateImage } from './privateImages.ts';
import { imageReach, type NamespacePull } from './reach.ts';
import { coversAny, hasHosts, secretSources } from './sources.ts';

/**
 * What a Secret does for the Pods of a namespace. `open`: it is copied there, and it is not known for which registries it has
 * credentials. `late`: for some Pods, which start before the policy. `handed`: the charts get a Secret without the policy.
 */
export type SecretCover = 'covered' | 'open' | 'late' | 'excluded' | 'wrongKey' | 'missing' | 'handed';

export interface MatrixRow {
  readonly namespace: string;
  /** How many images that need credentials are pulled there. */
  readonly images: number;
  /** Whether some Pods are not reached by the policy, and the charts of all of these get a Secret. */
  readonly isHanded: boolean;
  /** One for each Secret. */
  readonly covers: readonly SecretCover[];
}

/** The namespaces that pull images that need credentials, and the Secrets of the policy. */
export interface SecretMatrix {
  /** `namespace/name` of what is copied. */
  readonly secrets: readonly string[];
  readonly rows: readonly MatrixRow[];
}

interface NeedingPull extends NamespacePull {
  readonly image: PrivateImage;
  readonly isSupplied: boolean;
}

export function secretMatrix(view: StackView): SecretMatrix {
  const credentials = pullSecretsBlock(view).credentials.filter(({ secretName }) => secretName !== undefined);
  const rows = [...pullsByNamespace(view)].map(([namespace, pulls]) => ({
    namespace,
    images: pulls.length,
    isHanded: isHanded(pulls),
    covers: credentials.map(credential => coverOf(view, credential, pulls)),
  }));
  const secrets = credentials.map(
    ({ secretName = '', secretNamespace }) => `${secretNamespace}/${secretName}`,
  );
  return { secrets, rows };
}

function pullsByNamespace(view: StackView): ReadonlyMap<string, readonly NeedingPull[]> {
  const needed = new Map(imagesToCover(view).map(image => [image.entry.path, image]));
  const pulls = new Map<string, NeedingPull[]>();
  for (const { entry, supplied, pulls: own } of imageReach(view)) {
    const image = needed.get(entry.path);
    if (image === undefined) continue;
    for (const pull of own) {
      const list = pulls.get(pull.namespace) ?? [];
      pulls.set(pull.namespace, list);
      list.push({ ...pull, image, isSupplied: supplied === 'yes' });
    }
  }
  return pulls;
}

function coverOf(view: StackView, credential: Credential, pulls: readonly NeedingPull[]): SecretCover {
  const source = secretSources(view)(credential);
  const isKnown = source.kind === 'found' && source.secrets.every(hasHosts);
  // Nobody keeps a Secret beside the values: that it is not here says nothing about the cluster.
  const isOpen = source.kind === 'unknown' || source.kind === 'missing';
  if (source.kind !== 'found' && !isOpen) return 'missing';
  const own = isKnown ? pulls.filter(({ image }) => coversAny(source.secrets, image.repository)) : pulls;
  if (own.length === 0) return 'wrongKey';
  if (isHanded(own)) return 'handed';
  const open = own.filter(({ verdict, isSupplied }) => verdict !== 'receives' && !isSupplied);
  if (open.some(({ verdict }) => verdict !== 'early')) return 'excluded';
  if (open.length > 0) return 'late';
  return isKnown ? 'covered' : 'open';
}

function isHanded(pulls: readonly NeedingPull[]): boolean {
  const unreached = pulls.filter(({ verdict }) => verdict !== 'receives');
  return unreached.length > 0 && unreached.every(({ isSupplied }) => isSupplied);
}
