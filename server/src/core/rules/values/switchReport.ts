import type { StackView } from '../../analysis/stackView.ts';
import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import { toBool } from '../../go/toBool.ts';
import { isTrue } from '../../go/truth.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { replaceValue } from '../../yaml/write.ts';
import { withoutCredentials } from '../../redaction/redact.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { holdsEverywhere } from '../image/everywhere.ts';
import { locationOfKey } from './locationOfKey.ts';

/** A value that all places read as what it says: where a component is switched, and where a template asks `conv.ToBool`. */
export function isSwitch({ value, source }: YamlScalar): boolean {
  if (typeof value === 'boolean') return true;
  return toBool(value) === meantBy(source) && isTrue(value) === meantBy(source);
}

/** What a word is to deployKF that should be `true` or `false`. */
export function switchReport(view: StackView, key: WrittenKey, node: YamlScalar): Report {
  const wanted = meantBy(node.source);
  const kind = node.type === 'string' ? `${quoted(node)} is a string` : `${node.source} is a number`;
  const reading = `${kind} to deployKF${effectOf(view, key, node)}`;
  const message = `${reading}: write ${wanted ?? 'true or false'}`;
  const isRight = isSwitchEverywhere(view, key);
  const fixes = wanted === undefined || !isRight ? [] : [writeSwitch(key, wanted)];
  return { ...locationOfKey(key), message, fixes };
}

/** Whether all places that show the value, by anchor and alias, are switches. */
function isSwitchEverywhere(view: StackView, { layer, pair: { value: node } }: WrittenKey): boolean {
  return holdsEverywhere(view, { layer, node }, path => typeof view.catalog.defaultAt(path) === 'boolean');
}

function quoted({ source }: YamlScalar): string {
  if (source.length > 40 || source.includes('\n')) return 'the value';
  return `"${withoutCredentials(source)}"`;
}

/** What the place makes of a value, where that is not what every place would. */
function effectOf({ catalog }: StackView, { path }: WrittenKey, { value }: YamlScalar): string {
  if (toBool(value)) return '';
  const isComponent = path.at(-1) === 'enabled' && catalog.componentAt(path.slice(0, -1)) !== undefined;
  if (!isComponent) return ', which counts as false here';
  return isTrue(value) ? ', which counts as true here' : '';
}

function writeSwitch(key: WrittenKey, wanted: boolean): Fix {
  return {
    title: `Write ${wanted}`,
    applies: 'choice',
    changes: () => {
      const { layer, pair } = key;
      if (layer.file === undefined || pair.value.kind !== 'scalar') return [];
      // Quotes go: a quoted boolean is the text that this is about.
      const plain = { ...pair, value: { ...pair.value, style: 'plain' as const } };
      const edit = replaceValue(plain, wanted, layer.file.source);
      if (edit === undefined) return [];
      return [{ kind: 'edit', uri: key.uri, edits: [edit] }];
    },
  };
}

function meantBy(word: string): boolean | undefined {
  if (/^(?:true|yes|on|y|1|enabled)$/i.test(word)) return true;
  if (!/^(?:false|no|off|n|0|disabled)$/i.test(word)) return undefined;
  return false;
}
