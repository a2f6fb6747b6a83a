import type { StackView } from '../../analysis/stackView.ts';
import type { Chart } from '../../catalog/types.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import { printAsGo } from '../../go/print.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { isChartRepository } from '../../policy/chartTarget.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import type { ComponentRule } from '../rule.ts';
import { holdsEverywhere } from './everywhere.ts';
import { isShared, rewriteWritten, textPath } from './rewriteChanges.ts';

/** The name, version or repository of a Helm chart that Helm can make nothing of. */
export const chartReferenceInvalid: ComponentRule = {
  subject: 'component',
  code: 'chart-reference-invalid',
  severity: 'error',
  doc: {
    summary: 'The name, version or repository of a Helm chart is empty, or is not what Helm takes',
    why: [
      'deployKF writes the three values into the `dependencies` of a `Chart.yaml`, null as the text `nil`. Argo CD',
      'then runs `helm dependency build`, which stops: Helm takes a version, or a range of them, never an empty text',
      'or a word such as `latest`. It takes a repository by its address with the scheme, `https://` or `oci://`, or as',
      '`@name`, never as `charts.example.com`. The component cannot be rendered then, and all that waits for it is not deployed.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  istio:\n    charts:\n      istioDaemon:\n        version: ""\n',
    good: 'deploykf_dependencies:\n  istio:\n    charts:\n      istioDaemon:\n        version: 1.17.8\n',
    fix: 'Removes the line, so that the value of a weaker layer or of the release applies again. Offers to write a scheme.',
  },
  check: (component, view) => {
    if (view.catalog.catalog.derived === true || !view.isEnabled(component)) return [];
    const charts = view.catalog.catalog.charts.filter(chart => chart.component === component.path);
    return charts.flatMap(chart => keys.flatMap(key => checkKey(view, chart, key, component.title)));
  },
};

const keys = ['name', 'version', 'repository'] as const;

type Key = (typeof keys)[number];

function checkKey(view: StackView, { path }: Chart, key: Key, title: string): readonly Report[] {
  const at = `${path}.${key}`;
  const value = view.effective.at(at);
  if (value === undefined || isTemplated(value) || isUsable(key, value.winner.node)) return [];
  // A chart in a folder is found by that alone.
  const repository = view.effective.value(`${path}.repository`);
  if (key === 'name' && typeof repository === 'string' && repository.startsWith('file:')) return [];
  const { node } = value.winner;
  if (node.kind !== 'scalar') return [];
  const name = path.slice(path.lastIndexOf('.') + 1);
  let problem = `${JSON.stringify(printAsGo(node.value))} is not a ${key} of a chart`;
  if (node.value === '') problem = `the ${key} of the chart is empty`;
  if (node.type === 'null') problem = `null becomes the ${key} "nil"`;
  const text = node.value;
  if (key === 'repository' && typeof text === 'string' && text !== '') {
    const message = `${name}: "${text}" has no scheme, Helm stops with an error and Argo CD cannot render ${title}: ${addressOf(text)}`;
    return reportAt(writtenLocation(view, value), { message, path: at, fixes: schemes(view, value, text) });
  }
  const fixes = removal(value, at, key);
  const todo = fixes.length > 0 ? 'remove the line or write one' : 'write one';
  const message = `${name}: ${problem}, Helm stops with an error and Argo CD cannot render ${title}: ${todo}`;
  return reportAt(writtenLocation(view, value), { message, path: at, fixes });
}

/** Every range of versions has a digit or a wildcard in it. */
function isUsable(key: Key, node: YamlNode): boolean {
  if (node.kind !== 'scalar' || node.type === 'null' || node.value === '') return node.kind !== 'scalar';
  if (key === 'repository') return isChartRepository(printAsGo(node.value));
  return key !== 'version' || /[\dxX*]/.test(printAsGo(node.value));
}

/** Whether a text begins with what may be the host of an address. */
function hasHost(text: string): boolean {
  return /^[a-z\d-]+(?:\.[a-z\d-]+)*(?:\.[a-z\d-]+|:\d+)(?:\/|$)/i.test(text);
}

function addressOf(text: string): string {
  if (hasHost(text)) return `write https:// or oci:// before it`;
  return 'write the whole address, or "@" and the name that Argo CD has for it';
}

function schemes(view: StackView, { winner }: EffectiveValue, text: string): readonly Fix[] {
  const isChart = (path: string): boolean =>
    view.catalog.catalog.charts.some(chart => path === `${chart.path}.repository`);
  if (!hasHost(text) || !holdsEverywhere(view, winner, isChart)) return [];
  return ['https', 'oci'].flatMap(scheme => {
    const change = rewriteWritten(winner, `${scheme}://${text}`);
    if (change === undefined) return [];
    return [{ title: `Write ${scheme}://${text}`, applies: 'choice', changes: () => [change] }];
  });
}

/** Only where a weaker layer, or the release, has what Helm takes. */
function removal({ all }: EffectiveValue, at: string, key: Key): readonly Fix[] {
  const right = all.findIndex(({ node }) => node.kind === 'scalar' && isUsable(key, node));
  const lines = all.slice(0, Math.max(0, right));
  const path = textPath(at);
  const isElsewhere = lines.some(
    ({ layer, pair, inherited, written }) =>
      pair === undefined || inherited || written.anchor !== undefined || isShared(layer, path),
  );
  if (lines.length === 0 || isElsewhere) return [];
  const changes = lines.map(({ layer }): Change => ({ kind: 'remove', layer, path }));
  const kept = all[right]?.layer;
  const applies = kept?.file === undefined ? 'all' : 'choice';
  return [
    {
      title: `Remove the line: ${kept?.label ?? ''} ${kept?.file === undefined ? 'have' : 'has'} one`,
      applies,
      changes: () => changes,
    },
  ];
}
