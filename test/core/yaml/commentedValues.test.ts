import assert from 'node:assert/strict';
import { hasTemplate } from '../../../server/src/core/stack/templated.ts';
import { parseTemplated } from '../../../server/src/core/yaml/parseTemplated.ts';
import { valueOf } from '../../../server/src/core/yaml/value.ts';

function read(text: string): unknown {
  return valueOf(parseTemplated(text).yaml.documents[0]?.root, new Map());
}

describe('What a step of a pipeline replaces, where YAML sees a comment', () => {
  it('is the value that it will be', () => {
    assert.deepEqual(read('tag: #{TAG}#\nother:  #{X}/y # why\nlist:\n  - #{Y}\n'), {
      tag: '#{TAG}#',
      other: '#{X}/y',
      list: ['#{Y}'],
    });
    assert.ok(hasTemplate('#{TAG}#'));
  });

  it('stays a comment after a value, on a line of its own, and in other words', () =>
    assert.deepEqual(read('a: b #{X}\n#{Y}\nc: #{ not this }\nd: # {no}\ne: #{{{ a fold\n'), {
      a: 'b',
      c: null,
      d: null,
      e: null,
    }));

  it('is content in a block scalar', () =>
    assert.deepEqual(read('a: |\n  tag: #{X}\n'), { a: 'tag: #{X}\n' }));

  it('is found again where the text before it is known', () => {
    const first = parseTemplated('a: #{X}#\nb: 1\n');
    const next = parseTemplated('a: #{X}#\nb: 12\n', first.yaml);
    assert.deepEqual(next.yaml.documents, parseTemplated('a: #{X}#\nb: 12\n').yaml.documents);
  });
});
