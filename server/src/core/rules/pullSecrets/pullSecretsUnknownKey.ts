import type { StackView } from '../../analysis/stackView.ts';
import { hasTemplate } from '../../stack/templated.ts';
import {
  configuredBlock,
  credentialKeys,
  pullSecretsPath,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { meantKey } from '../../pullSecrets/keyNames.ts';
import type { Contribution } from '../../stack/effective.ts';
import { isRecord } from '../../yaml/value.ts';
import { isMergeKey, keysOf } from '../../yaml/lookup.ts';
import { keyText, type YamlPair } from '../../yaml/nodes.ts';
import { renameKey } from '../../yaml/write.ts';
import { editFix } from './pullSecretChanges.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A key of the pull-secret block that means nothing. */
export const pullSecretsUnknownKey: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-unknown-key',
  severity: 'warning',
  doc: {
    summary: 'A key that the pull-secret policy does not know',
    why: 'deployKF merges unknown keys and silently ignores them. A misspelled `existingSecret` leaves an entry without a name, which Kyverno refuses.',
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - existingSecrt: my-docker-config\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - existingSecret: my-docker-config\n',
    fix: 'Renames the key to the one that is meant.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  const defaults = view.catalog.defaultAt(pullSecretsPath);
  if (block === undefined || !isRecord(defaults)) return [];
  const known = Object.keys(defaults);
  const layers = block.effective?.all ?? [];
  return [
    ...layers.flatMap(say => unknownKeys(say, { known, path: pullSecretsPath })),
    ...entrySays(block).flatMap(({ say, path }) => unknownKeys(say, { known: credentialKeys, path })),
  ];
}

function entrySays({
  entries,
}: PullSecretsBlock): readonly { readonly say: Contribution; readonly path: string }[] {
  return entries.map(({ effective: at, index }) => ({
    say: at.winner,
    path: `${pullSecretsPath}.registryCredentials[${index}]`,
  }));
}

interface Section {
  readonly known: readonly string[];
  readonly path: string;
}

function unknownKeys(say: Contribution, section: Section): readonly Report[] {
  const { node, layer, inherited } = say;
  if (node.kind !== 'map' || layer.file === undefined || inherited || say.written.kind === 'alias') return [];
  if (node.flow && layer.file.text.startsWith('{{', node.span.start)) return [];
  const present = keysOf(node, layer.anchors);
  return node.pairs
    .filter(
      ({ key }) => !isMergeKey(key) && !hasTemplate(key.source) && !section.known.includes(keyText(key)),
    )
    .map(pair => reportKey(say, section, { pair, present, uri: layer.file?.uri ?? '' }));
}

interface Unknown {
  readonly pair: YamlPair;
  readonly present: readonly string[];
  readonly uri: string;
}

function reportKey(say: Contribution, { known, path }: Section, { pair, present, uri }: Unknown): Report {
  const name = keyText(pair.key);
  const free = known.filter(key => !present.includes(key));
  const meant = meantKey(name, free);
  const place = { uri, span: pair.key.span, path: `${path}.${name}` };
  const problem = `deployKF ignores the key "${name}" here`;
  if (meant === undefined)
    return { ...place, message: `${problem}, it knows only ${known.join(', ')}`, fixes: [] };
  const title = `Rename to ${meant.key}`;
  const applies = meant.misspelled ? 'all' : 'choice';
  const fixes = editFix(say, { title, applies }, () => [renameKey(pair.key, meant.key)]);
  return { ...place, message: `${problem}, did you mean "${meant.key}"?`, fixes };
}
