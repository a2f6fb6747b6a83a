import type { StackView } from '../../analysis/stackView.ts';
import { isChartWithin } from '../../catalog/chartVersions.ts';
import type { EndingKind } from '../../catalog/types.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** Charts whose program is about to stop taking what deployKF's templates write for it. */
export const chartEndsKind: ComponentRule = {
  subject: 'component',
  code: 'chart-ends-kind',
  severity: 'info',
  doc: {
    summary: 'The version of a chart brings a program that deprecates what deployKF writes for it',
    why: [
      'Every release of deployKF brings Kyverno 1.10 and writes policies of the kind `ClusterPolicy` for it,',
      'such as the one that copies pull secrets. Kyverno 1.17 deprecates that kind and is planned to take it',
      'no longer from 1.20 on. Policies that `mirror --export kyverno` writes are of that kind, too. Only',
      'exact versions are looked at.',
    ].join('\n'),
    bad: [
      'deploykf_dependencies:',
      '  kyverno:',
      '    charts:',
      '      kyverno:',
      '        version: 3.9.0',
      '',
    ].join('\n'),
    good: [
      'deploykf_dependencies:',
      '  kyverno:',
      '    charts:',
      '      kyverno:',
      '        version: 3.6.4',
      '',
    ].join('\n'),
  },
  check: (component, view) => {
    if (!view.isEnabled(component)) return [];
    return view.catalog.catalog.endingKinds
      .filter(({ chart }) => chart.path.startsWith(`${component.path}.`))
      .flatMap(fact => checkVersion(view, fact));
  },
};

function checkVersion(view: StackView, fact: EndingKind): readonly Report[] {
  const { chart, kind, program, deprecatedIn, removedIn } = fact;
  const version = view.effective.value(chart.path);
  if (typeof version !== 'string' || !isChartWithin(version, chart)) return [];
  const message = `Chart ${version} has ${program} ${deprecatedIn} or later, which deprecates ${kind} and is planned to drop it in ${removedIn}: deployKF ${view.catalog.release} has policies of this kind`;
  return reportAt(writtenLocation(view.effective.at(chart.path)), { message, path: chart.path });
}
