import type { ImageEntry } from '../policy/images.ts';
import { isSharedRegistry } from '../policy/privacy.ts';
import { splitRepository } from '../policy/target.ts';
import type { StackView } from '../policy/view.ts';

/** An image that Pods pull from a private registry, and that registry. */
export interface PrivateImage {
  readonly entry: ImageEntry;
  /** The canonical repository. */
  readonly repository: string;
  /** Its host, with the port. */
  readonly registry: string;
}

/**
 * The images of enabled components that come from a private registry: by the registry policy, else from a host that is
 * none of the public registries. Illegal, unknown and templated ones are left out.
 */
export function privateImages(view: StackView): readonly PrivateImage[] {
  return view.images.flatMap(entry => {
    const { canonical: repository } = entry;
    if (!entry.enabled || repository === undefined) return [];
    const { registry } = splitRepository(repository);
    const isPrivate = view.policy === undefined ? !isSharedRegistry(registry) : entry.state === 'private';
    return isPrivate ? [{ entry, repository, registry }] : [];
  });
}
