import { typeOf, type ValueType } from '../../catalog/catalogIndex.ts';
import { isTrue } from '../../go/truth.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { hasTemplate } from '../../stack/templated.ts';
import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import { withoutCredentials } from '../../redaction/redact.ts';
import { toBool } from '../../go/toBool.ts';
import type { YamlNode, YamlScalar } from '../../yaml/nodes.ts';
import type { Value } from '../../yaml/value.ts';
import { replaceValue } from '../../yaml/write.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A value of another type than the release's default. */
export const valueType: StackRule = {
  subject: 'stack',
  code: 'value-type',
  severity: 'warning',
  doc: {
    summary: 'A value with a different type than the release expects',
    why: [
      'A string or list instead of a section makes generation fail, and a section instead of a string is',
      'printed as Go prints maps. A switch must be `true` or `false`: `no`, `off` and `"false"` are',
      'strings to deployKF, and where it decides what to generate, every string but the empty one counts',
      'as true.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  katib:\n    enabled: no\n',
    good: 'kubeflow_tools:\n  katib:\n    enabled: false\n',
    fix: 'Writes the boolean that the word means.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  return view.written.flatMap(key => {
    if (key.expected === undefined || key.image !== undefined || isLeftAlone(key)) return [];
    if (key.printed.startsWith('deploykf_dependencies.kyverno.clusterPolicies')) return [];
    const found = key.isOpen ? listReport(key, key.expected) : reportType(view, key, typeOf(key.expected));
    if (found.length > 0 && isUsed(view, key)) return found;
    return [];
  });
}

/** What a stronger layer replaces does no harm. */
function isUsed({ effective }: StackView, { path, pair }: WrittenKey): boolean {
  return effective.at(path)?.parts.some(part => part.pair === pair) === true;
}

/** An open section takes a map or a text, and which of them only its templates know; only lists are sure. */
function listReport(key: WrittenKey, expected: Value): readonly Report[] {
  const node = key.pair.value;
  if (!Array.isArray(expected) || node.kind === 'seq') return [];
  return [{ ...placeOf(key), message: `"${key.printed}" must be a list, not ${described(node)}` }];
}

function reportType(view: StackView, key: WrittenKey, expected: ValueType): readonly Report[] {
  const node = key.pair.value;
  if (expected === 'null') return [];
  if (expected === 'map')
    return node.kind === 'map'
      ? []
      : [
          {
            ...placeOf(key),
            message: `"${key.printed}" is a section, not ${kindOf(node)}: generation fails`,
          },
        ];
  if (node.kind !== 'scalar')
    return [
      { ...placeOf(key), message: `"${key.printed}" must be ${article(expected)}, not ${described(node)}` },
    ];
  if (expected === 'boolean' && !isSwitch(node)) return [switchReport(view, key, node)];
  return [];
}

/** A value that all places read as what it says: where a component is switched, and where a template asks `conv.ToBool`. */
function isSwitch({ value, source }: YamlScalar): boolean {
  return (
    typeof value === 'boolean' || (toBool(value) === meantBy(source) && isTrue(value) === meantBy(source))
  );
}

function switchReport({ catalog }: StackView, key: WrittenKey, node: YamlScalar): Report {
  const isComponent =
    catalog.componentAt(key.path.slice(0, -1)) !== undefined && key.path.at(-1) === 'enabled';
  const wanted = meantBy(node.source);
  const reading =
    node.type === 'string'
      ? `"${node.source}" is a string to deployKF`
      : `${node.source} is a number to deployKF`;
  const effect = isComponent
    ? isTrue(node.value)
      ? ', which counts as true here'
      : ''
    : ', which counts as false here';
  const todo = wanted === undefined ? 'write true or false' : `write ${wanted}`;
  return {
    ...placeOf(key),
    message: `${reading}${toBool(node.value) ? '' : effect}: ${todo}`,
    fixes: wanted === undefined ? [] : [writeSwitch(key, wanted)],
  };
}

function writeSwitch(key: WrittenKey, wanted: boolean): Fix {
  return {
    title: `Write ${wanted}`,
    applies: 'choice',
    changes: () => {
      const { layer, pair } = key;
      // Quotes go: a quoted boolean is the text that this is about.
      const plain = { ...pair, value: { ...pair.value, style: 'plain' as const } };
      const edit =
        layer.file && pair.value.kind === 'scalar'
          ? replaceValue(plain, wanted, layer.file.source)
          : undefined;
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

/** Aliases, nulls (which have a rule of their own) and what another tool fills in. */
function isLeftAlone({ layer, pair: { value } }: WrittenKey): boolean {
  if (value.kind === 'alias') return true;
  if (value.kind === 'map') return value.flow && layer.file?.text.startsWith('{{', value.span.start) === true;
  return value.kind === 'scalar' && (value.type === 'null' || hasTemplate(value.source));
}

function placeOf(key: WrittenKey): Pick<Report, 'uri' | 'span' | 'path'> {
  const { key: name, value } = key.pair;
  const isShort = value.kind === 'scalar' && value.style !== 'literal' && value.style !== 'folded';
  return { uri: key.uri, span: isShort ? value.span : name.span, path: key.printed };
}

/** What should be a section may hold a credential, whatever it is called: it is not quoted. */
function kindOf(node: YamlNode): string {
  if (node.kind === 'scalar' && typeof node.value !== 'string') return described(node);
  return node.kind === 'scalar' ? 'a text' : described(node);
}

function described(node: YamlNode): string {
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'map') return 'a section';
  if (node.kind === 'scalar' && node.source.length <= 40 && !node.source.includes('\n'))
    return `"${withoutCredentials(node.source)}"`;
  return 'a string';
}

function article(type: ValueType): string {
  const names = {
    boolean: 'true or false',
    number: 'a number',
    string: 'a string',
    list: 'a list',
    map: 'a section',
    null: 'a value',
  };
  return names[type];
}
