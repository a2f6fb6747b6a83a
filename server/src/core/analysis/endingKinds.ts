import type { StackView } from './stackView.ts';
import { isChartWithin } from '../catalog/chartVersions.ts';
import type { EndingKind } from '../catalog/types.ts';

/** A kind of objects that a chart's program is about to stop taking, and the version of the chart that the values set. */
export interface KindAtEnd extends EndingKind {
  readonly version: string;
}

/** Only of components that are enabled, and of exact versions. To be asked as a memo of the view. */
export function kindsAtEnd(view: StackView): readonly KindAtEnd[] {
  const found: KindAtEnd[] = [];
  for (const fact of view.catalog.catalog.endingKinds) {
    const component = view.catalog.catalog.components.find(({ path }) =>
      fact.chart.path.startsWith(`${path}.`),
    );
    if (component === undefined || !view.isEnabled(component)) continue;
    const version = view.effective.value(fact.chart.path);
    if (typeof version === 'string' && isChartWithin(version, fact.chart)) found.push({ ...fact, version });
  }
  return found;
}

/** A sentence without its end. */
export function sayKindAtEnd({ version, program, deprecatedIn, kind, removedIn }: KindAtEnd): string {
  return `Chart ${version} has ${program} ${deprecatedIn} or later, which deprecates ${kind} and is planned to drop it in ${removedIn}`;
}
