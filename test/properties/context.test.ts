import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { contextAt } from '../../server/src/core/yaml/context.ts';
import { firstDocument, visit } from '../../server/src/core/yaml/lookup.ts';
import type { Path } from '../../server/src/core/yaml/nodes.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import { applyRandomEdit, randomEdit, yamlText } from '../support/yamlTexts.ts';

/** The offset of each key of a map, and of each one-line value behind one, with its path. */
function placesOf(text: string): readonly (readonly [offset: number, on: 'key' | 'value', path: Path])[] {
  const places: [number, 'key' | 'value', Path][] = [];
  visit(firstDocument(parseYaml(text)), (node, path) => {
    // A single pair of a list in brackets is an item to whom types it.
    if (node.kind !== 'map' || (node.flow && text[node.span.start] !== '{')) return;
    for (const { key, value } of node.pairs) {
      const below = [...path(), key.source];
      places.push([key.span.start, 'key', below]);
      const written = text.slice(value.span.start, value.span.end);
      const isBehind = /^:[ \t]+$/.test(text.slice(key.span.end, value.span.start));
      if (value.kind === 'scalar' && value.style === 'plain' && isBehind && !/[\r\n]/.test(written))
        places.push([value.span.start, 'value', below]);
    }
  });
  return places;
}

describe('properties: cursor context', () => {
  it('gives the paths that parsing gives, where the text parses', () => {
    fc.assert(
      fc.property(yamlText, text => {
        if (parseYaml(text).problems.length > 0 || text.startsWith('\uFEFF')) return;
        const source = new SourceText(text);
        for (const [offset, on, path] of placesOf(text)) {
          const context = contextAt(source, offset);
          assert.deepEqual(
            [context?.on, context?.path],
            [on, path],
            `at ${offset} of ${JSON.stringify(text)}`,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never throws, and its text stands in its span', () => {
    fc.assert(
      fc.property(yamlText, fc.array(randomEdit, { maxLength: 4 }), fc.nat(), (before, steps, at) => {
        const text = steps.reduce(applyRandomEdit, before);
        const context = contextAt(new SourceText(text), at % (text.length + 1));
        if (context !== undefined)
          assert.equal(text.slice(context.span.start, context.span.end), context.text, JSON.stringify(text));
      }),
      { numRuns: 300 },
    );
  });
});
