import assert from 'node:assert/strict';
import { checkFile, type StackFinding } from '../../server/src/core/check.ts';
import { editsFor } from '../../server/src/core/edits.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import type { Rule } from '../../server/src/core/rules/types.ts';
import { noSettings } from '../../server/src/core/settings.ts';
import { Snapshot } from '../../server/src/core/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { catalogs } from '../support/views.ts';

const uri = 'file:///ws/app.yaml';

/** The ways to write values as a string of an Application. */
const writings: Readonly<Record<string, (values: string) => string>> = {
  literal: values => block('|', 2, values),
  'literal, four spaces, strip': values => block('|-', 4, values),
  'literal, keep, CRLF': values => block('|+', 2, values).replaceAll('\n', '\r\n'),
  'literal with an indicator': values => block('|5', 1, values),
  'double quotes': values => `${JSON.stringify(values)}\n`,
};

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
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, release: '0.1.5', policy }, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

function findings(snapshot: Snapshot, rule: Rule): readonly StackFinding[] {
  return checkFile(snapshot, uri).filter(finding => finding.code === rule.code);
}

/** What is said, and the text that it is said of. */
function said(text: string, found: readonly StackFinding[]): readonly (readonly [string, string])[] {
  return found.map(({ message, span }) => [
    message,
    text
      .slice(span.start, span.end)
      .replaceAll('\\"', '"')
      .split(/\r?\n|\\n/)[0] ?? '',
  ]);
}

function fixed(text: string, rule: Rule): string | undefined {
  const snapshot = world(text, rule);
  const changes = findings(snapshot, rule).flatMap(
    finding => finding.fixes.find(fix => fix.applies === 'all')?.changes() ?? [],
  );
  const edits = editsFor(snapshot, changes).find(edit => edit.uri === uri)?.edits ?? [];
  return applyEdits(text, edits);
}

function innerText(text: string): string | undefined {
  const file = new ValuesFile(uri, text);
  const values = file.applications[0]?.values;
  return values && file.hosted(0, values)?.text;
}

describe('rules and fixes inside an Application', () => {
  const examples = rules.filter(rule => rule.scope === 'stack' || rule.scope === 'file');
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
