import { agreedFixes } from '../fixes/agreed.ts';
import { changesToFileEdits, fixesToFileEdits } from '../fixes/edits.ts';
import { isTemplated } from '../stack/templated.ts';
import type { StackView } from '../analysis/stackView.ts';
import {
  pullSecretsBlock,
  pullSecretsPath,
  type Credential,
  type PullSecretsBlock,
} from '../pullSecrets/block.ts';
import { explainPullSecrets, noPolicyIn, show, type PullSecretsExplanation } from '../pullSecrets/explain.ts';
import type { PullSecret } from '../pullSecrets/create/suggest.ts';
import { toBool } from '../go/toBool.ts';
import { parsesWhole, userSay } from '../findings/location.ts';
import type { Change } from '../findings/finding.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Layer } from '../stack/layer.ts';
import { lineWidth } from '../stack/lineWidth.ts';
import { hostUri, ValuesFile } from '../stack/valuesFile.ts';
import { overrideFixes, pullSecretGaps } from '../rules/pullSecrets/pullSecretGaps.ts';
import { composeEdits } from '../text/composeEdits.ts';
import { applyEdits, type FileEdit } from '../text/edit.ts';
import { isList } from '../yaml/value.ts';
import { appendItems } from '../yaml/write.ts';

export type AddedPullSecret =
  | {
      readonly kind: 'edits';
      readonly edits: readonly FileEdit[];
      /** What the policy does once they are made. */
      readonly explanation: PullSecretsExplanation;
      /** The stack once they are made, without what is handed to charts. */
      readonly view: StackView;
    }
  /** The stack has it already. */
  | { readonly kind: 'present'; readonly explanation: PullSecretsExplanation; readonly view: StackView }
  | { readonly kind: 'refused'; readonly reason: string };

/** What is said wherever no edit does it; the parts of the block to write are in the README. */
const byHand = 'write it by hand';

export interface AddOptions {
  readonly secret: Pick<PullSecret, 'name' | 'namespace'>;
  /**
   * The file to write into where no layer says anything yet; without it, and if it is not a layer, the
   * strongest one.
   */
  readonly uri?: string;
  /** Also hand it to the charts of Pods that the policy does not reach. */
  readonly isHanded?: boolean;
}

/**
 * Puts a Secret into `registryCredentials` and switches the policy on where it is off. A list is added
 * to where it is: one in a stronger layer would replace it.
 */
export function addPullSecret(
  snapshot: Snapshot,
  view: StackView,
  { secret, uri, isHanded = false }: AddOptions,
): AddedPullSecret {
  const layers = view.stack.layers.filter(({ file }) => file !== undefined);
  const target = layers.findLast(({ file }) => hostUri(file?.uri ?? '') === uri) ?? layers.at(-1);
  if (target === undefined) return refused('The stack has no values file to write into');
  const block = pullSecretsBlock(view);
  const obstacle = obstacleOf(view, block);
  if (obstacle !== undefined) return refused(obstacle);
  const changes = [...enableChanges(block, target, view), ...credentialChanges(view, block, secret, target)];
  const edits = changesToFileEdits(snapshot, changes);
  const world = withEdits(snapshot, edits);
  const after = world?.viewById(view.stack.id);
  // Read back: what is after an alias, a merge key or a template cannot be changed by such edits.
  const isThere =
    after !== undefined &&
    isOn(after) &&
    pullSecretsBlock(after).credentials.some(entry => isSame(entry, secret));
  if (world === undefined || !isThere)
    return refused(`"${pullSecretsPath}" cannot be changed safely: ${byHand}`);
  const handed = isHanded ? handedEdits(world, after) : [];
  const all = composed([edits, handed]);
  const explanation = explainPullSecrets(after);
  if (all.length === 0) return { kind: 'present', explanation, view: after };
  return { kind: 'edits', edits: all, explanation, view: after };
}

/** The edits that pass the Secrets to the charts that the policy does not reach; none where they cannot all be made. */
function handedEdits(snapshot: Snapshot, view: StackView): readonly FileEdit[] {
  const fixes = pullSecretGaps(view).flatMap(gap => overrideFixes(view, gap).map(fix => fix.changes()));
  const edits = fixesToFileEdits(snapshot, agreedFixes(snapshot, fixes));
  return withEdits(snapshot, edits) === undefined ? [] : edits;
}

function composed(rounds: readonly (readonly FileEdit[])[]): readonly FileEdit[] {
  const uris = new Set(rounds.flat().map(({ uri }) => uri));
  return [...uris].map(uri => ({
    uri,
    edits: composeEdits(rounds.map(round => round.find(edit => edit.uri === uri)?.edits ?? [])),
  }));
}

function refused(reason: string): AddedPullSecret {
  return { kind: 'refused', reason };
}

function obstacleOf(
  view: StackView,
  { templated, registryCredentials }: PullSecretsBlock,
): string | undefined {
  if (!view.catalog.catalog.pullSecretPolicy) {
    return noPolicyIn(view);
  }
  if (!parsesWhole(view)) {
    const remedy = 'correct the YAML, or add it by hand where a template fills in lines';
    return `The values cannot be read completely: ${remedy}`;
  }
  if (templated || isTemplated(registryCredentials))
    return `Another tool fills in "${pullSecretsPath}": ${byHand}`;
  const list = view.effective.value(`${pullSecretsPath}.registryCredentials`) ?? null;
  if (list === null || Array.isArray(list)) return undefined;
  return `"${pullSecretsPath}.registryCredentials" must be a list, not ${show(list)}: correct it first`;
}

function isOn(view: StackView): boolean {
  return toBool(view.effective.value(`${pullSecretsPath}.enabled`) ?? null);
}

function isSame(
  { secretName, secretNamespace }: Credential,
  { name, namespace }: AddOptions['secret'],
): boolean {
  return secretName === name && secretNamespace === namespace;
}

function enableChanges(block: PullSecretsBlock, target: Layer, view: StackView): readonly Change[] {
  if (isOn(view)) return [];
  const layer = userSay(block.enabled)?.layer ?? userSay(block.registryCredentials)?.layer ?? target;
  return [{ kind: 'set', layer, path: [...pullSecretsPath.split('.'), 'enabled'], value: true }];
}

function credentialChanges(
  view: StackView,
  block: PullSecretsBlock,
  secret: AddOptions['secret'],
  target: Layer,
): readonly Change[] {
  if (block.credentials.some(entry => isSame(entry, secret))) return [];
  const entry = { existingSecret: secret.name, existingSecretNamespace: secret.namespace };
  const say = block.registryCredentials?.winner;
  const appended = say && appendChange(say, entry);
  if (appended !== undefined) return [appended];
  const layer = userSay(block.registryCredentials)?.layer ?? userSay(block.enabled)?.layer ?? target;
  const before = view.effective.value(`${pullSecretsPath}.registryCredentials`);
  const value = isList(before) ? [...before, entry] : [entry];
  return [{ kind: 'set', layer, path: [...pullSecretsPath.split('.'), 'registryCredentials'], value }];
}

/** `undefined`: no file of the user has a list of its own. */
function appendChange(
  { layer: { file }, node, written, inherited }: Contribution,
  entry: Readonly<Record<string, string>>,
): Change | undefined {
  const isOwn = !inherited && written.kind !== 'alias' && node.anchor === undefined;
  if (file === undefined || node.kind !== 'seq' || !isOwn) return undefined;
  return { kind: 'edit', uri: file.uri, edits: [appendItems(file.source, node, [entry], lineWidth(file))] };
}

/** The world after the edits; `undefined` when a file would not parse any more. */
function withEdits(snapshot: Snapshot, edits: readonly FileEdit[]): Snapshot | undefined {
  let next = snapshot;
  for (const { uri, edits: own } of edits) {
    const file = next.file(uri);
    const text = file && applyEdits(file.text, own);
    if (file === undefined || text === undefined) return undefined;
    const changed = new ValuesFile(uri, text, { previous: file });
    if (changed.yaml.problems.length > file.yaml.problems.length) return undefined;
    next = next.withFile(uri, changed);
  }
  return next;
}
