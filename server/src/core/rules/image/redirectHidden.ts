import type { StackView } from '../../analysis/stackView.ts';
import type { Change, Fix } from '../../findings/finding.ts';
import { escapeForHelm } from '../../mirror/helmText.ts';
import { extraManifestsPath, hasRefusals, hiddenPolicy } from '../../mirror/hiddenPolicy.ts';
import type { Contribution } from '../../stack/effective.ts';
import { lineWidth } from '../../stack/lineWidth.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import { replaceItem } from '../../yaml/replaceItem.ts';
import { appendItems } from '../../yaml/write.ts';
import { isWritable } from './overrides.ts';
import { isShared, textPath } from './rewriteChanges.ts';

/**
 * Writes the policy of Kyverno that redirects the stack's images which no value can change, or replaces an old one. Empty where there
 * can be none, or the text of the list belongs elsewhere.
 */
export function redirectFixes(view: StackView): readonly Fix[] {
  const { state, wanted, item } = view.memo(hiddenPolicy);
  // A layer that is not to be had may replace the list.
  if (wanted === undefined || state === 'current' || view.stack.missing !== undefined) return [];
  const text = escapeForHelm(wanted);
  const changes = item === undefined ? addition(view, text) : replacement(view, item, text);
  if (changes === undefined) return [];
  const title = titleOf(wanted, item !== undefined);
  const safeChanges = (): readonly Change[] => (view.memo(hasRefusals) ? [] : changes());
  return [{ title, applies: 'named', isManifest: true, changes: safeChanges }];
}

function titleOf(policy: string, isReplaced: boolean): string {
  if (isReplaced) return 'Replace the outdated Kyverno policy';
  const count = policy.match(/path: \/spec\/containers\//g)?.length ?? 0;
  return `Redirect ${count === 1 ? '1 such image' : `${count} such images`} with a Kyverno policy`;
}

function addition(view: StackView, text: string): Fix['changes'] | undefined {
  const value = view.effective.at(extraManifestsPath);
  if (isTemplated(value)) return undefined;
  const say = value?.winner;
  if (say === undefined || isEmptyList(say.node)) return newList(view, say, text);
  const { node } = say;
  if (node.kind !== 'seq' || !isOwn(say)) return undefined;
  const { file } = say.layer;
  return () =>
    file === undefined
      ? []
      : [{ kind: 'edit', uri: file.uri, edits: [appendItems(file.source, node, [text], lineWidth(file))] }];
}

/** In the layer that has an empty one, else in the strongest. */
function newList(
  { ownLayer }: StackView,
  say: Contribution | undefined,
  text: string,
): Fix['changes'] | undefined {
  const isSaid = say?.layer.file !== undefined;
  if (isSaid && (say.inherited || say.written.kind === 'alias' || say.node.anchor !== undefined))
    return undefined;
  const layer = isSaid ? say.layer : ownLayer;
  const path = textPath(extraManifestsPath);
  if (layer === undefined || !isWritable(layer) || isShared(layer, path)) return undefined;
  return () => [{ kind: 'set', layer, path, value: [text] }];
}

function isEmptyList(node: YamlNode): boolean {
  if (node.kind === 'seq') return node.items.length === 0;
  return node.kind === 'scalar' && node.type === 'null';
}

function replacement(view: StackView, item: YamlNode, text: string): Fix['changes'] | undefined {
  const say = view.effective.at(extraManifestsPath)?.winner;
  const list = say?.node;
  if (say === undefined || list?.kind !== 'seq' || !isOwn(say)) return undefined;
  if (item.kind !== 'scalar' || item.anchor !== undefined || item.tag !== undefined) return undefined;
  const { file } = say.layer;
  return (): readonly Change[] => {
    const edit = file && replaceItem(file.source, list, item, text);
    return edit === undefined ? [] : [{ kind: 'edit', uri: file?.uri ?? '', edits: [edit] }];
  };
}

/** Whether the list is in the user's file, once. */
function isOwn({ layer, written, node, inherited }: Contribution): boolean {
  if (layer.file === undefined || inherited || written.kind === 'alias' || node.anchor !== undefined)
    return false;
  return !isShared(layer, textPath(extraManifestsPath));
}
