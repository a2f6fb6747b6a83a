import { retiredChart } from '../catalog/retired.ts';
import type { Retired } from '../catalog/types.ts';
import { chartSources, chartTarget, plainRepository } from '../policy/chartTarget.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import type { StackView } from './stackView.ts';

/** Where a chart is copied from, and where it is to be fetched from. */
export interface ChartOrigin {
  readonly source: string;
  /** By the policy's `charts`; `undefined` when it does not map the source. */
  readonly target: string | undefined;
}

/** Where the charts of a repository are to come from: what takes its place counts where only that is mapped. */
export function mappedChart(
  { policy, retired }: { readonly policy: RegistryPolicy | undefined; readonly retired: readonly Retired[] },
  repository: string,
): ChartOrigin {
  const target = chartTarget(policy, repository);
  if (target !== undefined) return { source: repository, target: target ?? undefined };
  const found = retiredChart(retired, repository);
  if (found?.replacement === undefined || !found.sameTag) return { source: repository, target: undefined };
  const other = chartTarget(policy, found.replacement);
  if (typeof other === 'string') return { source: found.replacement, target: other };
  return { source: repository, target: undefined };
}

/** The place of a chart of a release; what is fetched from the policy's place already is copied from where it comes from. */
export function chartOrigin(view: StackView, path: string, repository: string): ChartOrigin {
  const mapped = mappedChart(view, repository);
  const sources = chartSources(view.policy, repository);
  if (mapped.target !== undefined || sources.length === 0) return mapped;
  const usual = view.catalog.defaultAt(`${path}.repository`);
  if (typeof usual === 'string') {
    const place = mappedChart(view, usual);
    if (place.target !== undefined && plainRepository(place.target) === plainRepository(repository))
      return { source: place.source, target: repository };
  }
  const [only, ...others] = sources;
  if (only === undefined || others.length > 0) return mapped;
  return { source: only, target: repository };
}

/** The version of a chart at a place: Helm does not find `v1.2.3` in an OCI registry, and charts are pushed without it. */
export function chartVersionAt(target: string, version: string): string {
  return target.startsWith('oci://') ? version.replace(/^v(?=\d)/, '') : version;
}
