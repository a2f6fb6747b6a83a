import assert from 'node:assert/strict';
import { pastedImage } from '../../../server/src/core/features/pastedImage.ts';
import { standalonePlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { dedent } from '../../support/fixture.ts';
import { application } from '../../support/manifests.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const digest = `sha256:${'a'.repeat(64)}`;

/** The image's lines after a paste between `«` and `»`; `undefined`: the text is pasted as it is. */
function pasted(image: string, text: string): string | undefined {
  const head = 'deploykf_core:\n  deploykf_auth:\n    images:\n';
  const marked = head + dedent(image).replace(/^(?=.)/gm, '      ');
  const start = marked.indexOf('«');
  const span = { start, end: marked.indexOf('»') - 1 };
  const values = marked.replace(/[«»]/g, '');
  const file = new ValuesFile(uri, values);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [],
    files: new Map([[uri, file]]),
    given: [standalonePlan(uri, undefined, '0.1.5')],
  });
  const result = pastedImage(snapshot, uri, span, text);
  if (result === undefined) return undefined;
  const line = values.slice(values.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^ */.exec(line)?.[0] ?? '';
  // An editor indents the lines of a paste like that which they begin in.
  const edits = [
    { span, newText: result.text.replaceAll('\n', `\n${indent}`) },
    ...result.edits.map(({ place, newText }) => ({
      span: { start: file.source.offsetAt(place.start), end: file.source.offsetAt(place.end) },
      newText,
    })),
  ].sort((one, other) => one.span.start - other.span.start);
  return applyEdits(values, edits)?.slice(head.length).replace(/^ {6}/gm, '');
}

/** The same in the `values` of an Application, at the empty repository of Dex. */
function pastedInApplication(form: readonly string[]): string | undefined {
  const app = 'file:///ws/app.yaml';
  const text = application('app', '- name: values', ...form);
  const file = new ValuesFile(app, text);
  const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map([[app, file]]) });
  const start = /repository: (?:\\?")?/.exec(text);
  const offset = (start?.index ?? 0) + (start?.[0].length ?? 0);
  const result = pastedImage(snapshot, app, { start: offset, end: offset }, 'dexidp/dex:v2');
  const [edit] = result?.edits ?? [];
  return edit === undefined ? result?.text : `${result?.text ?? ''} ${edit.newText}`;
}

describe('a pasted image', () => {
  it('is taken apart in an Application, too, where its string has lines', () => {
    const lines = ['deploykf_core:', '  deploykf_auth:', '    images:', '      dex:'];
    const block = (repository: string): readonly string[] => [
      '  string: |',
      ...[...lines, `        repository: ${repository}`].map(line => `    ${line}`),
    ];
    assert.equal(pastedInApplication(block('')), 'dexidp/dex\ntag: v2');
    assert.equal(pastedInApplication(block('"" # ours')), `dexidp/dex \n${' '.repeat(20)}tag: v2`);
    assert.equal(pastedInApplication([`  string: "${lines.join('\\n')}\\n        repository: "`]), undefined);
  });

  it('is taken apart, with and without a command', () => {
    for (const text of ['docker pull ghcr.io/dexidp/dex:v2.41.0\n', 'image: "ghcr.io/dexidp/dex:v2.41.0"'])
      assert.equal(
        pasted('dex:\n  repository: «»\n', text),
        'dex:\n  repository: ghcr.io/dexidp/dex\n  tag: v2.41.0\n',
      );
  });

  it('gives a tag that is there the new text, quoted where YAML needs it, with its digest', () => {
    assert.equal(
      pasted(
        'dex:\n  repository: «docker.io/old/dex»\n  tag: v1 # ours\n',
        `r.example.com:5000/dex:2.40@${digest}`,
      ),
      `dex:\n  repository: r.example.com:5000/dex\n  tag: 2.40@${digest} # ours\n`,
    );
    assert.equal(
      pasted('dex:\n  tag: ~\n  repository: «»\n', 'dexidp/dex:2.40'),
      'dex:\n  tag: "2.40"\n  repository: dexidp/dex\n',
    );
    assert.equal(
      pasted('dex:\n  tag:\n  repository: "«x»"\n', 'dexidp/dex:v2'),
      'dex:\n  tag: v2\n  repository: "dexidp/dex"\n',
    );
  });

  it('keeps the blank before the value, also where that is selected', () =>
    assert.equal(
      pasted('dex:\n  repository:« old»\n  tag: v1\n', ' docker pull dexidp/dex:v2'),
      'dex:\n  repository: dexidp/dex\n  tag: v2\n',
    ));

  it('stays in quotes and in flow maps', () => {
    assert.equal(
      pasted(`dex:\n  repository: '«»' # ours\n`, 'dexidp/dex:v2'),
      `dex:\n  repository: 'dexidp/dex' # ours\n  tag: v2\n`,
    );
    assert.equal(
      pasted('dex: { repository: «old», pullPolicy: Always }\n', 'dexidp/dex:v2'),
      'dex: { repository: dexidp/dex, tag: v2, pullPolicy: Always }\n',
    );
  });

  it('is pasted as it is where that is all there is to it', () => {
    const here = 'dex:\n  repository: «»\n';
    for (const text of [
      'ghcr.io/dexidp/dex',
      'registry:5000',
      'two words',
      'a/UPPER:1',
      `dexidp/dex@${digest}`,
    ])
      assert.equal(pasted(here, text), undefined, text);
    assert.equal(pasted('dex:\n  repository: docker.io/«»\n', 'dexidp/dex:v2'), undefined);
    assert.equal(pasted('dex:\n  tag: «»\n', 'dexidp/dex:v2'), undefined);
    assert.equal(pasted('other:\n  repository: «»\n', 'dexidp/dex:v2'), undefined);
    assert.equal(pasted('dex:\n  repository: «»\n  tag: |\n    x\n', 'dexidp/dex:v2'), undefined);
  });
});
