import { brokenOverrides, type BrokenOverride } from '../../analysis/brokenOverrides.ts';
import { withReadOverrides } from '../../analysis/chartOverrides.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Report } from '../../findings/finding.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';

/** What `valuesOverrides` have in place of what the charts of images read, each once. */
export function overrideReports(view: StackView): readonly Report[] {
  const found = new Map<string, BrokenOverride>();
  for (const { image, enabled } of view.images) {
    const read = enabled ? withReadOverrides(view.catalog, image, view.effective) : 'opaque';
    if (read === 'opaque') continue;
    for (const broken of brokenOverrides(view.catalog, image, read)) found.set(broken.path, broken);
  }
  return [...found.values()].flatMap(broken =>
    reportAt(writtenLocation(view, broken.value), {
      message: messageOf(broken),
      path: broken.path,
      severity: broken.kind === 'null' && broken.isDependency ? 'warning' : 'error',
    }),
  );
}

function messageOf({ path, kind, isDependency }: BrokenOverride): string {
  if (kind === 'other') return `${path} must be a map, its chart reads keys of it: Helm stops with an error`;
  if (isDependency)
    return `${path} is null, which removes what deployKF hands to the chart, so that the chart's own default counts: remove the line`;
  return `${path} is null, which removes what the chart reads: Helm stops with an error, remove the line`;
}
