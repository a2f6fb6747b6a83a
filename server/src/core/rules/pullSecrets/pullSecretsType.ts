import { isUnset } from '../../go/print.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  blockValue,
  configuredBlock,
  credentialKeys,
  pullSecretsPath,
  type BlockItem,
  type Credential,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { show } from '../../pullSecrets/explain.ts';
import { secretNameProblem } from '../../secrets/names.ts';
import { toBool } from '../../go/toBool.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { formatFlow, formatText } from '../../yaml/format.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { removeItem } from '../../yaml/remove.ts';
import { isRecord, type Value } from '../../yaml/value.ts';
import { replaceValue } from '../../yaml/write.ts';
import { reportAt, effectiveLocation } from '../../findings/location.ts';
import { misformedSecrets } from './chartSecretForm.ts';
import { editFix, itemPlace, wrapInList } from './pullSecretChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A part of the pull-secret block, or a Secret that a chart is handed, of the wrong type. */
export const pullSecretsType: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-type',
  severity: 'error',
  doc: {
    summary: 'Part of the pull-secret block, or of what charts get for it, has the wrong type',
    why: [
      'The template appends to `excludeNamespaces` and iterates over `registryCredentials`: anything but',
      'a list, and an entry that is not a map, stops Helm with an error as soon as the policy is on.',
      '`enabled` can be `true`, `"true"`, `"yes"`, `"t"` or 1; other words, such as `on`, silently count',
      'as false.',
      '',
      'Secrets that `valuesOverrides` hand to charts have the form that each chart takes: cert-manager and',
      'Kyverno a list of maps with `name`, Istio a list of names, the charts of deployKF one name. In another',
      'form no Pod gets the Secret.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: on\n        excludeNamespaces: argocd\n        registryCredentials:\n          - my-docker-config\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        excludeNamespaces: [argocd]\n        registryCredentials:\n          - existingSecret: my-docker-config\n',
    fix: 'Writes the boolean, list, map, name or quoted string that is meant.',
  },
  check: view => [...checkBlock(view), ...[...misformedSecrets(view).values()].flat()],
};

function checkBlock(view: StackView): readonly Report[] {
  const section = brokenSection(view);
  const block = configuredBlock(view);
  if (section !== undefined || block === undefined) return section ?? [];
  const isOn = toBool(blockValue(view, 'enabled')) && !isUnset(blockValue(view, 'registryCredentials'));
  const stop = isOn ? stopsNow : stopsLater;
  return [
    ...checkEnabled(view, block),
    ...checkExcludes(view, block, stop),
    ...block.patterns.flatMap(item => checkPattern(item, block)),
    ...checkCredentials(view, block, stop),
    ...block.entries.flatMap(entry => checkEntry(entry, block, stop)),
    ...block.credentials.flatMap(checkNames),
  ];
}

/** How bad a value is that Helm cannot read. */
interface Stop {
  readonly severity: 'error' | 'warning';
  readonly effect: string;
}

const stopsNow: Stop = { severity: 'error', effect: 'Helm stops with an error' };
const stopsLater: Stop = {
  severity: 'warning',
  effect: 'Helm stops with an error as soon as the policy is on',
};

/** Null is reported by value-null-section. */
function brokenSection({ effective, catalog }: StackView): readonly Report[] | undefined {
  if (!catalog.catalog.pullSecretPolicy) return undefined;
  for (const path of [pullSecretsPath.slice(0, pullSecretsPath.lastIndexOf('.')), pullSecretsPath]) {
    const at = effective.at(path);
    const value = effective.value(path) ?? null;
    if (at === undefined || value === null || isRecord(value) || isTemplated(at)) continue;
    const name = path.slice(path.lastIndexOf('.') + 1);
    const message = `"${name}" must be a map, not ${show(value)}: deployKF stops with an error`;
    return reportAt(effectiveLocation(at), { message, path });
  }
  return undefined;
}

function checkEnabled(view: StackView, { enabled }: PullSecretsBlock): readonly Report[] {
  const value = blockValue(view, 'enabled');
  const isClear = typeof value === 'boolean' || isUnset(value) || toBool(value);
  if (enabled === undefined || isClear || isTemplated(enabled)) return [];
  const word = typeof value === 'string' ? value.trim() : '';
  if (/^(?:false|no|off|n|f|0|disabled?|none|never)$/i.test(word)) return [];
  const isMeantTrue = /^(?:true|yes|on|y|1|enabled?|active|always)$/i.test(word);
  return reportAt(effectiveLocation(enabled), {
    severity: 'warning',
    message: `"enabled" is ${show(value)}, which counts as false: write true`,
    path: `${pullSecretsPath}.enabled`,
    fixes: replaceWith(enabled, true, { title: 'Write true', applies: isMeantTrue ? 'all' : 'choice' }),
  });
}

function checkExcludes(
  view: StackView,
  { excludeNamespaces: at }: PullSecretsBlock,
  stop: Stop,
): readonly Report[] {
  const value = blockValue(view, 'excludeNamespaces');
  if (at === undefined || Array.isArray(value) || isTemplated(at)) return [];
  return reportAt(effectiveLocation(at), {
    severity: stop.severity,
    message: `"excludeNamespaces" must be a list, not ${show(value)}: ${stop.effect}`,
    path: `${pullSecretsPath}.excludeNamespaces`,
    fixes: excludesFixes(at, value),
  });
}

function excludesFixes(at: EffectiveValue, value: Value): readonly Fix[] {
  if (typeof value === 'string') {
    const names = value.split(/[\s,]+/).filter(name => name !== '');
    if (names.length === 0) return [];
    return replaceWith(at, names, { title: `Write ${formatFlow(names)}`, applies: 'all' });
  }
  const { layer, inherited } = at.winner;
  if (value !== null || inherited) return [];
  const path = [...pullSecretsPath.split('.'), 'excludeNamespaces'];
  return [
    {
      title: 'Remove the key, so that the default list applies',
      applies: 'choice',
      changes: () => [{ kind: 'remove', layer, path }],
    },
    ...replaceWith(at, [], { title: 'Write []', applies: 'choice' }),
  ];
}

function checkPattern(
  { index, effective: at, value }: BlockItem,
  { excludeNamespaces }: PullSecretsBlock,
): readonly Report[] {
  const { node } = at.winner;
  if (typeof value === 'string' && (node.kind !== 'scalar' || node.type === 'string')) return [];
  if (isTemplated(at)) return [];
  const list = excludeNamespaces?.winner.node;
  const found = typeof value === 'string' ? 'a date' : show(value);
  const remove = editFix(
    excludeNamespaces?.winner,
    { title: 'Remove the item', applies: 'choice' },
    ({ source }) => {
      if (list?.kind !== 'seq') return [];
      return [removeItem(source, list, index)];
    },
  );
  return reportAt(effectiveLocation(at) ?? itemPlace({ index, effective: at, value }), {
    message: `A namespace must be a string, not ${found}: Kyverno refuses the policy`,
    path: `${pullSecretsPath}.excludeNamespaces[${index}]`,
    fixes: node.kind === 'scalar' && node.type !== 'null' ? quote(at, node) : remove,
  });
}

function checkCredentials(
  view: StackView,
  { registryCredentials: at }: PullSecretsBlock,
  stop: Stop,
): readonly Report[] {
  const value = blockValue(view, 'registryCredentials');
  if (at === undefined || value === null || Array.isArray(value) || isTemplated(at)) return [];
  const problem = isUnset(value)
    ? `is ${show(value)}, which counts as no credentials: write a list`
    : `must be a list, not ${show(value)}: ${stop.effect}`;
  return reportAt(effectiveLocation(at), {
    severity: stop.severity,
    message: `"registryCredentials" ${problem}`,
    path: `${pullSecretsPath}.registryCredentials`,
    fixes: credentialsFixes(at, value),
  });
}

function credentialsFixes(at: EffectiveValue, value: Value): readonly Fix[] {
  const title = 'Make it a list with one entry';
  if (typeof value === 'string') {
    if (secretNameProblem(value) !== undefined) return [];
    return replaceWith(at, [{ existingSecret: value }], { title, applies: 'all' });
  }
  const { node, written } = at.winner;
  const isEntry = isRecord(value) && credentialKeys.some(key => Object.hasOwn(value, key));
  if (!isEntry || node.kind !== 'map' || written !== node || at.parts.length > 1) return [];
  return editFix(at.winner, { title, applies: 'all' }, file => wrapInList(file, node));
}

function checkEntry(
  entry: BlockItem,
  { registryCredentials }: PullSecretsBlock,
  stop: Stop,
): readonly Report[] {
  const { index, effective: at, value } = entry;
  if (at.winner.node.kind === 'map' || isTemplated(at)) return [];
  const list = registryCredentials?.winner.node;
  const style = list?.kind === 'seq' && list.flow ? 'flow' : 'block';
  return reportAt(effectiveLocation(at), {
    severity: stop.severity,
    message: `An entry must be a map with "existingSecret", not ${show(value)}: ${stop.effect}`,
    path: `${pullSecretsPath}.registryCredentials[${index}]`,
    fixes: entryFixes(at, value, style),
  });
}

function entryFixes(at: EffectiveValue, name: Value, style: 'flow' | 'block'): readonly Fix[] {
  const { node } = at.winner;
  if (typeof name !== 'string' || secretNameProblem(name) !== undefined) return [];
  if (node.kind !== 'scalar' || isBlockScalar(node)) return [];
  let newText = `existingSecret: ${formatText(name)}`;
  if (style === 'flow')
    newText = formatFlow({ existingSecret: name }, node.style === 'double' ? 'json' : 'plain');
  return editFix(at.winner, { title: `Write ${newText}`, applies: 'all' }, () => [
    { span: node.span, newText },
  ]);
}

function checkNames({ index, name, namespace }: Credential): readonly Report[] {
  const path = `${pullSecretsPath}.registryCredentials[${index}]`;
  return [
    ...checkName(name, `${path}.existingSecret`),
    ...checkName(namespace, `${path}.existingSecretNamespace`),
  ];
}

/** A number or date counts as its text, which is another one than written for `1.10`. */
function checkName(at: EffectiveValue | undefined, path: string): readonly Report[] {
  const node = at?.winner.node;
  if (at === undefined || node === undefined || isTemplated(at)) return [];
  if (node.kind !== 'scalar') {
    const kind = node.kind === 'map' ? 'map' : 'list';
    return reportAt(effectiveLocation(at), { message: `A name must be a string, not a ${kind}`, path });
  }
  if (node.type === 'string' || node.type === 'null' || String(node.value) === node.source) return [];
  const kind = node.type === 'timestamp' ? 'a date' : show(node.value);
  const message = `YAML reads this name as ${kind}: quote it`;
  return reportAt(effectiveLocation(at), { message, path, fixes: quote(at, node) });
}

function quote(at: EffectiveValue, node: YamlScalar): readonly Fix[] {
  const newText = `"${node.source}"`;
  return editFix(at.winner, { title: `Write ${newText}`, applies: 'all' }, () => [
    { span: node.span, newText },
  ]);
}

function replaceWith(
  at: EffectiveValue,
  value: Value,
  title: Pick<Fix, 'title' | 'applies'>,
): readonly Fix[] {
  const { pair } = at.winner;
  return editFix(at.winner, title, ({ source }) => [pair && replaceValue(pair, value, source)]);
}

function isBlockScalar({ style }: YamlScalar): boolean {
  return style === 'literal' || style === 'folded';
}
