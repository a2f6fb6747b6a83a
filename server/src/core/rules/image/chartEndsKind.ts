import type { StackView } from '../../analysis/stackView.ts';
import { kindsAtEnd, sayKindAtEnd, type KindAtEnd } from '../../analysis/endingKinds.ts';
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
    const own = view.memo(kindsAtEnd).filter(({ chart }) => chart.path.startsWith(`${component.path}.`));
    return own.flatMap(found => report(view, found));
  },
};

function report(view: StackView, found: KindAtEnd): readonly Report[] {
  const { path } = found.chart;
  const message = `${sayKindAtEnd(found)}: deployKF writes policies of this kind`;
  return reportAt(writtenLocation(view, view.effective.at(path)), { message, path });
}
