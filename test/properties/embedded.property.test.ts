import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { checkFile } from '../../server/src/core/check/check.ts';
import type { StackFinding } from '../../server/src/core/findings/finding.ts';
import { changesToFileEdits } from '../../server/src/core/fixes/edits.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import type { Rule } from '../../server/src/core/rules/rule.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { Embedding } from '../../server/src/core/yaml/embedded.ts';
import { findPath } from '../../server/src/core/yaml/lookup.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import { catalogs } from '../support/views.ts';

const uri = 'file:///ws/app.yaml';

/** The ways to write values as a string of an Application. */
const writings: Readonly<Record<string, (values: string) => string>> = {
  literal: values => block('|', 2, values),
  'literal, four spaces, strip': values => block('|-', 4, values),
  'literal, keep, CRLF': values => block('|+', 2, values).replaceAll('\n', '\r\n'),
  'literal with an indicator': values => block('|5', 1, values),
  'double quotes': values => `${JSON.stringify(values)}\n`,
  'double quotes, a line for each': values => `${JSON.stringify(values).replace(/\\n( ?)/g, lineEnd)}\n`,
  'double quotes, a line for each, CRLF': values =>
    `${JSON.stringify(values).replace(/\\n( ?)/g, lineEnd)}\n`.replaceAll('\n', '\r\n'),
  'double quotes, as PyYAML folds them': values => `${foldQuoted(JSON.stringify(values))}\n`,
};

const further = ' '.repeat(16);

function lineEnd(_: string, blank: string): string {
  return `\\n\\\n${further}${blank === '' ? '' : '\\ '}`;
}

/** Lines of at most 60 characters where there are blanks; one at the start of a line needs a `\`. */
function foldQuoted(text: string): string {
  const lines: string[] = [];
  for (let rest = text; rest !== '';) {
    const at = rest.length <= 60 ? -1 : rest.lastIndexOf(' ', 60);
    const line = at <= 0 ? rest : rest.slice(0, at);
    rest = rest.slice(line.length);
    lines.push(lines.length > 0 && line.startsWith(' ') ? `\\${line}` : line);
  }
  return lines.join(`\\\n${further}`);
}

function block(header: string, indent: number, values: string): string {
  const lines = values.replace(/\n$/, '').split('\n');
  return `${header}\n${lines.map(line => (line === '' ? '' : ' '.repeat(14 + indent) + line)).join('\n')}\n`;
}

function application(string: string): string {
  const eol = string.includes('\r\n') ? '\r\n' : '\n';
  const head = [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
  ];
  const parameters = [
    '        - { name: source_version, string: "0.1.5" }',
    '        - name: values',
    '              '.slice(4) + 'string: ',
  ];
  return [...head, ...parameters].join(eol) + string + ['  destination: {} # the end', ''].join(eol);
}

function world(text: string, rule: Rule): Snapshot {
  const policy = rule.doc.registry === undefined ? undefined : parsePolicy(rule.doc.registry).policy;
  return Snapshot.of({
    catalogs,
    folders: [
      { uri: 'file:///ws/', settings: { ...noSettings, release: '0.1.5', policy }, project: undefined },
    ],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

function findings(snapshot: Snapshot, rule: Rule): readonly StackFinding[] {
  return checkFile(snapshot, uri).filter(finding => finding.code === rule.code);
}

/** What is said, and the text that it is said of. */
function said(text: string, found: readonly StackFinding[]): readonly (readonly [string, string])[] {
  return found.map(({ message, span }) => [
    // Places in messages are those of the real file.
    message.replace(/(app\.yaml):\d+/, '$1'),
    text
      .slice(span.start, span.end)
      .replace(/\\\r?\n *(?:\\(?= ))?/g, '')
      .replaceAll('\\"', '"')
      .split(/\r?\n|\\n/)[0] ?? '',
  ]);
}

function fixed(text: string, rule: Rule): string | undefined {
  const snapshot = world(text, rule);
  const changes = findings(snapshot, rule).flatMap(
    finding => finding.fixes.find(fix => fix.applies === 'all')?.changes() ?? [],
  );
  const edits = changesToFileEdits(snapshot, changes).find(edit => edit.uri === uri)?.edits ?? [];
  return applyEdits(text, edits);
}

function innerText(text: string): string | undefined {
  const file = new ValuesFile(uri, text);
  const values = file.applications[0]?.values;
  return values && file.hosted(0, values)?.text;
}

describe('rules and fixes inside an Application', () => {
  const examples = rules.filter(({ subject }) => subject !== 'source' && subject !== 'workspace');
  for (const rule of examples) {
    const plain = rule.doc.bad;
    if (
      rule.doc.badRelease !== undefined ||
      plain.includes('\n---') ||
      plain.startsWith('---') ||
      !new ValuesFile(uri, plain).isValues
    )
      continue;
    for (const [name, write] of Object.entries(writings)) {
      // A comment that goes over several lines of the file is none that people write.
      if (rule.subject === 'suppression' && name.includes('PyYAML')) continue;
      it(`${rule.code} in ${name}`, () => {
        const text = application(write(plain));
        assert.deepEqual(
          said(text, findings(world(text, rule), rule)),
          said(plain, findings(world(plain, rule), rule)),
        );
        const after = fixed(text, rule);
        assert.equal(innerText(after ?? '')?.trimEnd(), fixed(plain, rule)?.trimEnd());
        assert.ok(after?.trimEnd().endsWith('destination: {} # the end'));
      });
    }
  }
});

/** Pieces of scalars; a line end in one is followed by the indentation that it needs. */
const pieces = [
  ...['a', 'b: 1', '#', '- ', 'é', '\u{1F600}', "''", ' ', '  ', '\t', '\n', '\n\n', '\n  ', '\n\t', '\r\n'],
  ...[
    '\\\n',
    '\\\r\n  ',
    '\\ ',
    '\\n',
    '\\r\\n',
    '\\t',
    '\\"',
    '\\\\',
    '\\/',
    '\\x41',
    '\\u00e9',
    '\\U0001F600',
    '\\N',
    '\\q',
  ],
];
const headers = ['|', '>', '|-', '>-', '|+', '>+', '|1', '>1-'];

function scalarOf(style: string, content: string): string {
  const body = content.replace(/\n(?!\r?\n)/g, '\n ');
  if (headers.includes(style)) return `${style}\n ${body}`;
  return style === 'plain' ? `z${body}` : `${style}${body}${style}`;
}

const scalars = fc
  .tuple(
    fc.constantFrom('"', "'", 'plain', '"', "'", ...headers),
    fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map(parts => parts.join('')),
  )
  .map(([style, content]) => `values: ${scalarOf(style, content)}\nnext: 1\n`);

/** The text that a YAML reader finds; `undefined` where it finds none, or more than that. */
function read(text: string): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  const found: unknown = document.errors.length === 0 ? document.toJS() : undefined;
  if (typeof found !== 'object' || found === null || !('values' in found) || !('next' in found))
    return undefined;
  return Object.keys(found).length === 2 && found.next === '1' && typeof found.values === 'string'
    ? found.values.replaceAll('\r\n', '\n')
    : undefined;
}

function embed(text: string): Embedding | undefined {
  const node = findPath(parseYaml(text).documents[0]?.root, ['values'], new Map())?.node;
  return node?.kind === 'scalar' ? Embedding.of(new SourceText(text), node) : undefined;
}

const editing = fc.record({
  from: fc.nat(40),
  to: fc.nat(40),
  newText: fc.constantFrom('', 'x', '\n', '  y: 1\n', '\n  z: "q"', "it's"),
});

describe('a text inside any scalar', () => {
  it('is read as the YAML parser reads it, or not at all', () =>
    fc.assert(
      fc.property(scalars, text => {
        const wanted = read(text);
        if (wanted === undefined) return;
        const inner = embed(text)?.source.text.replaceAll('\r\n', '\n');
        // Nothing but blanks is no loss, and behind an escaped line end the parser reads empty lines wrongly.
        const isOdd = wanted.trim() === '' || /\\\r?\n[ \t]*\r?\n/.test(text);
        assert.ok(inner === wanted || (inner === undefined && isOdd));
      }),
      { numRuns: 3000 },
    ));

  it('keeps its places and the order of them', () =>
    fc.assert(
      fc.property(scalars, text => {
        const embedding = read(text) === undefined ? undefined : embed(text);
        const inner = embedding?.source.text ?? '';
        let before = 0;
        for (let at = 0; at < inner.length; at++) {
          const { start, end } = embedding?.toOuter({ start: at, end: at + 1 }) ?? { start: -1, end: -1 };
          assert.ok(before <= start && start < end);
          if (/[a-z0-9:#-]/.test(inner[at] ?? '') && text[start] !== '\\')
            assert.equal(text.slice(start, end), inner[at]);
          assert.equal(embedding?.toInner(start), at);
          before = end;
        }
      }),
      { numRuns: 1000 },
    ));

  it('is edited to exactly what was asked for, or not at all', () =>
    fc.assert(
      fc.property(scalars, editing, (text, { from, to, newText }) => {
        const embedding = read(text) === undefined ? undefined : embed(text);
        const length = embedding?.source.text.length ?? 0;
        const [a, b] = [from % (length + 1), to % (length + 1)];
        const edit = { span: { start: Math.min(a, b), end: Math.max(a, b) }, newText };
        const edits = embedding?.toHostEdits([edit]);
        if (embedding === undefined || edits === undefined) return;
        const wanted = applyEdits(embedding.source.text, [edit])?.replaceAll('\r\n', '\n');
        const found = read(applyEdits(text, edits) ?? '');
        const isChomped = /^values: [|>]/.test(text) && found?.trimEnd() === wanted?.trimEnd();
        assert.ok(found === wanted || isChomped, JSON.stringify({ wanted, found }));
      }),
      { numRuns: 1000 },
    ));
});
