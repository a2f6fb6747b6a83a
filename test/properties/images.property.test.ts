import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draftsOf, type ImageDraft } from '../../server/src/core/analysis/imageDraft.ts';
import { Effective } from '../../server/src/core/stack/effective.ts';
import { fileLayer } from '../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import type { Value } from '../../server/src/core/yaml/value.ts';
import { catalogs, viewOf } from '../support/views.ts';

/** What decides about images: their keys, the versions that tags come from, and the sections above them. */
function decisivePaths(release: string): readonly string[] {
  const images = catalogs.of(release)?.catalog.images ?? [];
  return images.flatMap(({ path, component, form, tag }) => [
    ...(form === 'map' ? [`${path}.repository`, `${path}.tag`, path] : [path]),
    ...[...(tag.fallback ?? '').matchAll(/\{([^{}|]+)/g)].map(match => match[1] ?? ''),
    ...[tag.renderedFrom, tag.fallbackByVersion?.path, tag.exactVersionAt].filter(
      other => other !== undefined,
    ),
    `${component}.images`,
    component,
  ]);
}

const value: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  null,
  '',
  'x/y:1',
  '1.2.3',
  2.4,
  [],
  ['a:1', 'b'],
  {},
  '${A}',
);

function nested(path: string, leaf: Value): Value {
  return path.split('.').reduceRight<Value>((below, step) => ({ [step]: below }), leaf);
}

function shownOf({
  path,
  form,
  repository,
  tag,
  resolved,
  rendered,
  canonical,
  templated,
  isRepositoryTemplated,
}: ImageDraft): object {
  return { path, form, repository, tag, resolved, rendered, canonical, templated, isRepositoryTemplated };
}

describe('properties: images', () => {
  for (const release of ['0.1.1', '0.1.5']) {
    it(`are those that the values alone make, although stacks share the defaults of ${release}`, () => {
      const path = fc.constantFrom(...decisivePaths(release));
      fc.assert(
        fc.property(fc.array(fc.tuple(path, value), { maxLength: 4 }), overrides => {
          const texts = overrides.map(([where, leaf]) => JSON.stringify(nested(where, leaf)));
          const view = viewOf(texts, { release });
          const layers = texts.map((text, index) =>
            fileLayer(new ValuesFile(`file:///${index}.yaml`, text), ''),
          );
          const alone = new Effective([view.catalog.defaultsLayer, ...layers]);
          const expected = view.catalog.catalog.images.flatMap(image => draftsOf(view.catalog, image, alone));
          assert.deepEqual(view.images.map(shownOf), expected.map(shownOf));
        }),
        { numRuns: 100 },
      );
    });
  }
});
