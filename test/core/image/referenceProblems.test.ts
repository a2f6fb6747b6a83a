import assert from 'node:assert/strict';
import {
  referenceProblems,
  repairedReference,
  repairedTag,
  tagProblems,
  type TextProblem,
} from '../../../server/src/core/image/referenceProblems.ts';

function parts(text: string, flaws: readonly TextProblem[]): readonly string[] {
  return flaws.map(({ start, end, message }) => `${text.slice(start, end)} > ${message}`);
}

describe('flaws of references and tags', () => {
  it('names the guilty part of a reference', () => {
    const flaws = (text: string): readonly string[] => parts(text, referenceProblems(text));
    assert.deepEqual(flaws('localhost:5000/a/b:1'), []);
    assert.deepEqual(flaws('mysql'), []);
    assert.deepEqual(flaws('a/b:'), [': > the tag is empty: write one after the ":" or remove the ":"']);
    assert.deepEqual(flaws('a/b@'), [
      '@ > the digest "" is malformed: write sha256: and 64 lower-case hexadecimal digits',
    ]);
    assert.deepEqual(flaws('a/b:-1'), [
      '-1 > the tag "-1" starts with "-": start with a letter, a digit or "_"',
    ]);
    assert.deepEqual(flaws('docker://a/B:1'), [
      'docker:// > an image reference cannot have "docker://": remove it',
      'B > "B" has upper-case letters: write "b"',
    ]);
  });

  it('takes a digest behind a tag', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    assert.deepEqual(tagProblems(`v1@${digest}`), []);
    assert.deepEqual(parts(`@${digest}`, tagProblems(`@${digest}`)).length, 1);
    assert.equal(tagProblems('v1@sha256:1').length, 1);
  });

  it('repairs what was surely meant, and nothing else', () => {
    assert.equal(repairedReference(' https://ghcr.io/Foo/bar:v1 '), 'ghcr.io/foo/bar:v1');
    assert.equal(repairedReference('ghcr.io/foo/bar:v1'), undefined);
    assert.equal(repairedReference('ghcr.io/foo bar:v1'), undefined);
    assert.equal(repairedReference('ghcr.io/foo:v 1'), undefined);
    assert.equal(repairedTag(' :v1 '), 'v1');
    assert.equal(repairedTag('v1'), undefined);
    assert.equal(repairedTag('v 1'), undefined);
  });
});
