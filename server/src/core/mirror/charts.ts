import { chartOrigin } from '../analysis/chartOrigins.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Component } from '../catalog/types.ts';
import type { ChartCopy } from './types.ts';

/** The Helm charts that Argo CD fetches for a stack, each once; those within the generator are not fetched. */
export function chartCopies(
  view: StackView,
  isWanted: (component: Component | undefined) => boolean,
): readonly ChartCopy[] {
  const { catalog, effective } = view;
  const copies = new Map<string, ChartCopy>();
  for (const { path, component } of catalog.catalog.charts) {
    if (!isWanted(catalog.componentAt(component))) continue;
    const [name, version, fetched] = ['name', 'version', 'repository'].map(key => {
      const value = effective.value(`${path}.${key}`);
      return typeof value === 'string' ? value : '';
    });
    if (!name || !version || !fetched || !/^(?:https?|oci):\/\//.test(fetched)) continue;
    const { source: repository, target } = chartOrigin(view, path, fetched);
    const key = `${repository} ${name} ${version} ${target ?? ''}`;
    const known = copies.get(key);
    copies.set(key, { name, version, repository, target, paths: [...(known?.paths ?? []), path] });
  }
  return [...copies.values()];
}
