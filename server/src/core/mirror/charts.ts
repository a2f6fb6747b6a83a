import type { StackView } from '../analysis/stackView.ts';
import type { Component } from '../catalog/types.ts';
import { ownValue } from '../text/ownValue.ts';
import type { ChartCopy } from './types.ts';

/** The Helm charts that Argo CD fetches for a stack, each once; those within the generator are not fetched. */
export function chartCopies(
  { catalog, effective, policy }: StackView,
  isWanted: (component: Component | undefined) => boolean,
): readonly ChartCopy[] {
  const copies = new Map<string, ChartCopy>();
  for (const { path, component } of catalog.catalog.charts) {
    if (!isWanted(catalog.componentAt(component))) continue;
    const [name, version, repository] = ['name', 'version', 'repository'].map(key => {
      const value = effective.value(`${path}.${key}`);
      return typeof value === 'string' ? value : '';
    });
    if (!name || !version || !repository || !/^(?:https?|oci):\/\//.test(repository)) continue;
    const key = `${repository} ${name} ${version}`;
    const target = ownValue(policy?.charts ?? {}, repository) ?? undefined;
    const known = copies.get(key);
    copies.set(key, { name, version, repository, target, paths: [...(known?.paths ?? []), path] });
  }
  return [...copies.values()];
}
