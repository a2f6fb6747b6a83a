import type { StackView } from '../analysis/stackView.ts';
import { argoNamespace, podNamespaces } from '../pullSecrets/namespaces.ts';
import type { ComparedImage } from '../rendered/compare.ts';
import type { RenderedFile } from './renderedJson.ts';

export interface WithoutForeign {
  readonly files: readonly RenderedFile[];
  /** The namespaces whose Pods were left out, sorted. */
  readonly foreign: readonly string[];
}

/**
 * Leaves out what runs in namespaces that the stack does not use: a cluster has Pods of others, too. An image of the plan counts
 * wherever it runs.
 */
export function withoutForeign(view: StackView, files: readonly RenderedFile[]): WithoutForeign {
  const used = podNamespaces(view).filter(({ components, profile }) => components.length > 0 || profile);
  // Its plugin is of the plan, too.
  const names = new Set([argoNamespace(view), ...used.map(({ name }) => name)]);
  const foreign = new Set<string>();
  const isOwn = ({ found, state }: ComparedImage): boolean => {
    const { namespace } = found.object;
    if ((state !== 'missing' && state !== 'unknown') || namespace === undefined || names.has(namespace))
      return true;
    foreign.add(namespace);
    return false;
  };
  const own = files.map(({ file, images }) => ({ file, images: images.filter(isOwn) }));
  return { files: own, foreign: [...foreign].sort() };
}
