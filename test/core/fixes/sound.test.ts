import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixedFile, soundEdits } from '../../../server/src/core/fixes/sound.ts';
import type { FileEdit } from '../../../server/src/core/text/edit.ts';
import { snapshotOf } from '../../support/views.ts';

const uri = 'file:///ws/0.yaml';

/** The edit that puts a text in the place of the first `word` of a text. */
function editOf(text: string, word: string, newText: string): FileEdit {
  const start = text.indexOf(word);
  return { uri, edits: [{ span: { start, end: start + word.length }, newText }] };
}

function isSound(text: string, word: string, newText: string): boolean {
  return soundEdits(snapshotOf([text]).snapshot, [editOf(text, word, newText)]).length > 0;
}

describe('soundEdits', () => {
  it('takes another word for a value', () => {
    assert.equal(
      isSound('a:\n  b: docker.io/x # as is\n', 'docker.io/x', 'r.example.com/docker.io/x:1.2'),
      true,
    );
    assert.equal(isSound('a:\r\n- "docker.io/x"\r\n', 'docker.io/x', 'r.example.com/x'), true);
  });

  it('refuses a word that makes a key twice', () => {
    assert.equal(isSound('a: 1\nb: 2\n', 'b', 'a'), false);
    assert.equal(isSound('c:\n- b: 2\n  a: 1\n', 'b', 'a'), false);
    assert.equal(isSound('c: {\n  "b": 2, a: 1 }\n', 'b', 'a'), false);
    assert.equal(isSound('? b\n: 2\n? a\n: 1\n', 'b', 'a'), false);
  });

  it('refuses a word that leaves the values of an Application unread', () => {
    const application = (kind: string): string =>
      `kind: ${kind}\nspec:\n  source:\n    plugin:\n      name: deploykf\n      parameters:\n        - name: values\n          string: "a: ["\n`;
    assert.equal(isSound(application('Other'), 'Other', 'Application'), false);
  });

  it('says of words without reading the file what reading it says', () => {
    const words = [
      'b',
      'a',
      'yes',
      'null',
      'docker.io/x',
      'r.example.com/a/b:v1',
      'x:1',
      'e1',
      '&b',
      'a:',
      '-',
    ];
    const before = [
      '',
      '- ',
      'k: ',
      'k: "',
      "- '",
      '? ',
      '*',
      '&c ',
      'k: [',
      '{ ',
      'k: {\n  a: ',
      'k: |\n  ',
      '- k: ',
    ];
    const after = ['', '"', "'", ': 1', ' # c', '#c', ']', ' }', ', a ]', '"\n: 2', '\n  more', '\nb: 1'];
    const text = fc
      .array(fc.tuple(...[before, words, after].map(texts => fc.constantFrom(...texts))), { maxLength: 4 })
      .map(lines => lines.map(parts => parts.join('')).join('\n'));
    fc.assert(
      fc.property(text, fc.constantFrom(...words), fc.nat(200), (written, newText, at) => {
        const places = [...written.matchAll(/[\w./:-]+/g)];
        const place = places[at % Math.max(places.length, 1)];
        if (place === undefined) return;
        const { snapshot } = snapshotOf([written]);
        const span = { start: place.index, end: place.index + place[0].length };
        const edit = { uri, edits: [{ span, newText }] };
        if (soundEdits(snapshot, [edit]).length > 0) assert.ok(fixedFile(snapshot, edit), written);
      }),
      { numRuns: 500 },
    );
  });
});
