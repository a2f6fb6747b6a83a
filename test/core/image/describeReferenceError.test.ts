import assert from 'node:assert/strict';
import { describeReferenceError } from '../../../server/src/core/image/describeReferenceError.ts';
import { normalizeReference } from '../../../server/src/core/image/reference.ts';

function describeText(text: string): string {
  const { error } = normalizeReference(text);
  return error === undefined ? 'legal' : describeReferenceError(error, text);
}

describe('describeReferenceError', () => {
  const rule = 'use lower-case letters and digits, with ".", "_", "__" or "-" only between them';
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ['', 'the image reference is empty: write registry/path:tag'],
    ['docker/Docker', '"Docker" has upper-case letters: write "docker"'],
    ['https://a.io/b:1', 'an image reference cannot have "https://": remove it'],
    ['a.io/b/', 'remove the "/" at the end'],
    ['a.io//b', '"//" leaves an empty part: write one "/"'],
    ['a.io/b c', 'white space is not allowed in an image reference: remove it'],
    ['a.io:x/b', '"x" is not a port: use a number from 1 to 65535'],
    ['a.io/b_-c', `"b_-c" is not a valid part of a path: ${rule}`],
    ['a.io/b:', 'the tag is empty: write one after the ":" or remove the ":"'],
    ['a.io/b:-1', 'the tag "-1" starts with "-": start with a letter, a digit or "_"'],
    [
      'pilot:%!s(float64=1.2)',
      'the tag "%!s(float64=1.2)" has invalid characters: use letters, digits, "_", "." and "-"',
    ],
    [`a:${'t'.repeat(129)}`, 'the tag has 129 characters, at most 128 are allowed: shorten it'],
    [`a.io/${'b'.repeat(256)}`, 'the path has 256 characters, at most 255 are allowed: shorten it'],
    [
      'a@sha256:12',
      'the digest "sha256:12" is malformed: write sha256: and 64 lower-case hexadecimal digits',
    ],
    [`a@sha256:${'1'.repeat(40)}`, 'the digest has the wrong length: sha256 has 64 hexadecimal digits'],
    [`a@md5:${'1'.repeat(32)}`, 'the digest has an unknown algorithm: use sha256'],
    ['1'.repeat(64), '64 hexadecimal digits are an image ID, not a repository'],
  ];
  for (const [text, expected] of cases) {
    it(`explains ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(describeText(text), expected));
  }
});
