import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { keyText, type YamlMap, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';

/** What tells an item of a list from the others, in deployKF's own lists and those of Kubernetes; the best first. */
const identifyingKeys = [
  'name',
  'id',
  'email',
  'user',
  'group',
  'existingSecret',
  'displayName',
  'uiName',
  'text',
  'key',
  'configKey',
  'groupKey',
];

/** The scalar that an item of a list is called by; `undefined`: only its index tells it from others. */
export function identityOf(item: YamlNode): YamlScalar | undefined {
  if (item.kind === 'scalar') return item.source.trim() === '' ? undefined : item;
  if (item.kind !== 'map') return undefined;
  for (const key of identifyingKeys) {
    const value = textAt(item, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What a document is called where a file has several: the kind and name of its object in Kubernetes. */
export function documentName(root: YamlNode | undefined): string | undefined {
  if (root?.kind !== 'map') return undefined;
  const metadata = valueAt(root, 'metadata');
  const name = metadata?.kind === 'map' ? textAt(metadata, 'name') : undefined;
  const words = [textAt(root, 'kind'), name].flatMap(word => word?.source ?? []);
  return words.length === 0 ? undefined : shownText(words.join(' '));
}

/** The longest text that an outline has room for. */
const longest = 100;

/** A text of the user on one line of an outline; never empty. */
export function shownText(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? '';
  const shown = printable(withoutLogins(line.slice(0, 10 * longest)));
  return shown === '' ? '""' : shortened(shown, longest);
}

function textAt(map: YamlMap, key: string): YamlScalar | undefined {
  const value = valueAt(map, key);
  return value?.kind === 'scalar' && value.source.trim() !== '' ? value : undefined;
}

function valueAt(map: YamlMap, key: string): YamlNode | undefined {
  return map.pairs.find(pair => keyText(pair.key) === key)?.value;
}
