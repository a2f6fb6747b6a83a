import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFile } from '../../server/src/core/check/check.ts';
import { changesToFileEdits } from '../../server/src/core/fixes/edits.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import type { Span } from '../../server/src/core/text/span.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../support/views.ts';

const uri = 'file:///ws/values.yaml';

/** What may be wrong with an image, in one line. */
const images = [
  '{ tag: 2.40 }',
  '{ tag: 2024-05-10, pullPolicy: always }',
  '{ repository: "r.example.com/dex", tag: 0x10 }',
  '{ repository: "r.example.com/dex:1.10", tag: ~ }',
  '{ pullPolicy: ifnotpresent } # kept',
  "{ 'repository': ' r.example.com/Dex ', \"tag\": 1_0 }",
  '{ tag: ~, pullPolicy: ~ }',
  '{ tag: "1.0 " }',
];

type Style = 'literal' | 'folded' | 'single' | 'double' | 'escaped';

function written(style: Style, lines: readonly string[], indent: string): string {
  const text = lines.join('\n');
  if (style === 'literal') return `|\n${lines.map(line => indent + line).join('\n')}`;
  if (style === 'folded') return `>\n${lines.map(line => indent + line).join(`\n\n`)}`;
  if (style === 'single') return `'${text.replaceAll("'", "''").replaceAll('\n', `\n\n${indent}`)}'`;
  if (style === 'double') return JSON.stringify(text);
  return JSON.stringify(text).replaceAll('t', String.raw`\u0074`);
}

const application = [
  'apiVersion: argoproj.io/v1alpha1',
  'kind: Application',
  'metadata: { name: deploykf }',
  'spec:',
  '  source:',
  '    repoURL: https://github.com/deployKF/deployKF.git',
  '    targetRevision: v0.1.5',
  '    path: .',
  '    plugin:',
  '      name: deploykf',
  '      parameters:',
  '        - { name: source_version, string: "0.1.5" }',
  '        - name: values',
  '          string: |',
  '',
].join('\n');

interface Sample {
  readonly text: string;
  /** Where the text of `valuesOverrides` is. */
  readonly overrides: Span;
}

function sampleOf(style: Style, body: readonly string[], isHosted: boolean): Sample {
  const margin = isHosted ? ' '.repeat(12) : '';
  const [image = '', comment = ''] = body;
  const lines = [comment, 'dex:', `  image: ${image}`].filter(line => line !== '');
  const head = `${isHosted ? application : ''}${margin}deploykf_core:\n${margin}  deploykf_auth:\n${margin}    valuesOverrides: `;
  const value = written(style, lines, `${margin}      `);
  const tail = `\n${margin}    images: {}\n`;
  return { text: head + value + tail, overrides: { start: head.length, end: head.length + value.length } };
}

const samples = fc
  .tuple(
    fc.constantFrom<Style>('literal', 'folded', 'single', 'double', 'escaped'),
    fc.tuple(fc.constantFrom(...images), fc.constantFrom('', '# of mine', '---')),
    fc.boolean(),
  )
  .map(args => sampleOf(...args));

function snapshotOf(text: string): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, release: '0.1.5' }, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

describe('fixes in texts of valuesOverrides', () => {
  it('change nothing but the text, which can still be read', function () {
    this.timeout(60_000);
    let count = 0;
    fc.assert(
      fc.property(samples, ({ text, overrides }) => {
        const snapshot = snapshotOf(text);
        for (const { code, fixes, path = '' } of checkFile(snapshot, uri)) {
          if (code.endsWith('-retired')) continue;
          for (const { title, changes } of fixes) {
            const edits = changesToFileEdits(snapshot, changes()).flatMap(edit => edit.edits);
            count += edits.length;
            for (const { span } of edits) {
              const isInside = span.start > overrides.start && span.end < overrides.end;
              assert.ok(isInside, `${code} of ${path}, "${title}", in ${text}`);
            }
            const fixed = applyEdits(text, edits);
            assert.notEqual(fixed, undefined);
            assert.deepEqual(new ValuesFile(uri, fixed ?? '').yaml.problems, []);
          }
        }
      }),
      { numRuns: 80 },
    );
    assert.ok(count > 0, 'there are fixes');
  });
});
