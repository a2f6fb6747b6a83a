import { typeOf, type ValueType } from '../../catalog/catalogIndex.ts';
import { isTrue } from '../../go/truth.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { CatalogImage } from '../../catalog/types.ts';
import { referenceProblems } from '../../image/referenceProblems.ts';
import { splitImage } from '../../image/splitImage.ts';
import { formatFlow } from '../../yaml/format.ts';
import { hasTemplate } from '../../stack/templated.ts';
import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import { withoutCredentials } from '../../redaction/redact.ts';
import { toBool } from '../../go/toBool.ts';
import { keyText, type YamlNode, type YamlScalar } from '../../yaml/nodes.ts';
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
    if (key.expected === undefined || isLeftAlone(key)) return [];
    const found = reportKey(view, key, key.expected);
    if (found.length > 0 && isUsed(view, key)) return found;
    return [];
  });
}

function reportKey(view: StackView, key: WrittenKey, expected: Value): readonly Report[] {
  if (key.image !== undefined) return imageReport(key, key.image);
  if (key.printed.startsWith('deploykf_dependencies.kyverno.clusterPolicies')) return [];
  if (key.isOpen) return listReport(key, expected);
  return reportType(view, key, typeOf(expected));
}

/** What stands for an image: a map, a string or a list of strings, and strings below a map. */
function imageReport(key: WrittenKey, image: CatalogImage): readonly Report[] {
  const node = key.pair.value;
  const place = { ...placeOf(key), severity: 'error' as const };
  if (key.printed !== image.path) {
    const isName = key.printed === `${image.path}.repository`;
    // Numbers as tags have a rule of their own.
    const isFine = node.kind === 'scalar' && (!isName || node.type === 'string');
    if (image.form !== 'map' || isFine) return [];
    const message = `"${key.printed}" must be a string, not ${described(node)}: no valid image is deployed`;
    return [{ ...place, message }];
  }
  const wanted = { map: 'map', string: 'scalar', list: 'seq' } as const;
  if (node.kind === wanted[image.form]) return [];
  switch (image.form) {
    case 'map': {
      const message = `"${key.printed}" is a map of repository and tag, not ${described(node)}: generation fails`;
      return [{ ...place, message, fixes: splitFix(key) }];
    }
    case 'string':
      return [
        {
          ...place,
          message: `"${key.printed}" must be one string, repository:tag, not ${described(node)}: no valid image is deployed`,
          fixes: joinFix(key),
        },
      ];
    case 'list':
      return [
        { ...place, message: `"${key.printed}" must be a list of images, not ${described(node)}`, fixes: [] },
      ];
  }
}

/** A string with repository and tag as the map that it should be; none where it says nothing of a tag. */
function splitFix({ layer, pair: { value }, path }: WrittenKey): readonly Fix[] {
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || referenceProblems(value.value).length > 0)
    return [];
  const { repository, repositoryEnd } = splitImage(value.value);
  const tag = value.value.slice(repositoryEnd + 1);
  if (tag === '' || value.value[repositoryEnd] !== ':') return [];
  return [
    {
      title: 'Split into repository and tag',
      applies: 'all',
      changes: () => [{ kind: 'set', layer, path, value: { repository, tag } }],
    },
  ];
}

/** A map of a repository and a tag as the one string that it should be. */
function joinFix({ layer, pair, uri }: WrittenKey): readonly Fix[] {
  const { value } = pair;
  if (value.kind !== 'map' || layer.file === undefined) return [];
  const texts = new Map(value.pairs.map(({ key, value: part }) => [keyText(key), stringOf(part)]));
  const [repository, tag] = [texts.get('repository'), texts.get('tag')];
  if (!value.flow || repository === undefined || tag === undefined || texts.size !== 2) return [];
  const text = `${repository}:${tag}`;
  if (referenceProblems(text).length > 0) return [];
  return [
    {
      title: `Write ${text}`,
      applies: 'choice',
      changes: () => [{ kind: 'edit', uri, edits: [{ span: value.span, newText: formatFlow(text) }] }],
    },
  ];
}

function stringOf(node: YamlNode): string | undefined {
  if (node.kind === 'scalar' && node.type === 'string') return node.source;
  return undefined;
}

/** What a stronger layer replaces does no harm. */
function isUsed({ effective }: StackView, { path, pair }: WrittenKey): boolean {
  return effective.at(path)?.parts.some(part => part.pair === pair) === true;
}

/** An open section takes a map or a text, and which of them only its templates know; only lists are sure. */
function listReport(key: WrittenKey, expected: Value): readonly Report[] {
  const node = key.pair.value;
  if (!Array.isArray(expected) || node.kind === 'seq') return [];
  // To templates, an empty map is as false as an empty list.
  if (node.kind === 'map' && node.pairs.length === 0) return [];
  return [{ ...placeOf(key), message: `"${key.printed}" must be a list, not ${described(node)}` }];
}

function reportType(view: StackView, key: WrittenKey, expected: ValueType): readonly Report[] {
  const node = key.pair.value;
  if (expected === 'null') return [];
  if (expected === 'map') {
    if (node.kind === 'map') return [];
    const message = `"${key.printed}" is a section, not ${kindOf(node)}: generation fails`;
    return [{ ...placeOf(key), message, severity: 'error' }];
  }
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

function switchReport(view: StackView, key: WrittenKey, node: YamlScalar): Report {
  const kind = node.type === 'string' ? `"${node.source}" is a string` : `${node.source} is a number`;
  const reading = `${kind} to deployKF${effectOf(view, key, node)}`;
  const wanted = meantBy(node.source);
  if (wanted === undefined) return { ...placeOf(key), message: `${reading}: write true or false`, fixes: [] };
  const fixes = [writeSwitch(key, wanted)];
  return { ...placeOf(key), message: `${reading}: write ${wanted}`, fixes };
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
  if (node.kind === 'scalar' && typeof node.value === 'string') return 'a text';
  return described(node);
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
