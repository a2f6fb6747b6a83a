import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage, Component } from '../catalog/types.ts';
import { isRecord, type Value } from '../yaml/value.ts';

/** A JSON Schema, draft 7, which editors and validators of YAML know. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What describes the values of a release: its keys with their defaults and types, as far as deployKF needs them. */
export function valuesSchema({ catalog, isFreeForm }: Pick<CatalogIndex, 'catalog'> & FreeForm): JsonSchema {
  const { release, defaults } = catalog;
  const reader = new SchemaReader(catalog.components, catalog.images, isFreeForm);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Values of deployKF ${release}`,
    ...reader.mapAt(defaults, []),
    // Anchors are often kept in keys of their own.
    patternProperties: { '^x-': {} },
    definitions,
  };
}

interface FreeForm {
  readonly isFreeForm: (path: string) => boolean;
}

/** What another tool fills in is a text until then. */
const template: JsonSchema = { type: 'string', pattern: '\\{\\{|\\$\\{|\\$\\(' };

const definitions = {
  switch: { anyOf: [{ type: 'boolean' }, template] },
  number: { anyOf: [{ type: ['number', 'null'] }, { type: 'string' }] },
  text: { type: ['string', 'number', 'boolean', 'null'] },
  repository: { type: 'string' },
  // Without quotes, YAML reads 1.10 as the number 1.1.
  tag: { type: ['string', 'null'] },
  pullPolicy: { anyOf: [{ enum: ['Always', 'IfNotPresent', 'Never', '', null] }, template] },
} as const;

class SchemaReader {
  readonly #titles: ReadonlyMap<string, string>;
  readonly #images: ReadonlyMap<string, CatalogImage>;
  readonly #isFreeForm: FreeForm['isFreeForm'];

  constructor(
    components: readonly Component[],
    images: readonly CatalogImage[],
    isFreeForm: FreeForm['isFreeForm'],
  ) {
    this.#titles = new Map(components.map(({ path, title }) => [path, title]));
    this.#images = new Map(images.map(image => [image.path, image]));
    this.#isFreeForm = isFreeForm;
  }

  mapAt(value: Value, path: readonly string[]): JsonSchema {
    const children = Object.entries(isRecord(value) ? value : {});
    const properties = Object.fromEntries(
      children.map(([key, child]) => [key, this.#schemaAt(child, [...path, key])]),
    );
    return { type: 'object', properties, additionalProperties: false };
  }

  #schemaAt(value: Value, path: readonly string[]): JsonSchema {
    const printed = path.join('.');
    const image = this.#images.get(printed);
    const description = this.#titles.get(printed) ?? image?.usedFor ?? '';
    const about = description === '' ? {} : { description };
    if (isRecord(value) && !this.#isFreeForm(printed)) return { ...about, ...this.mapAt(value, path) };
    return {
      ...about,
      ...leafSchema(value, path, this.#images.has(path.slice(0, -1).join('.'))),
      default: value,
    };
  }
}

/** Maps and lists that the release leaves open take anything; so does what has no default. */
function leafSchema(value: Value, path: readonly string[], isOfImage: boolean): JsonSchema {
  const key = path.at(-1) ?? '';
  if (isOfImage && (key === 'repository' || key === 'tag' || key === 'pullPolicy')) return referenceTo(key);
  if (value === null) return {};
  if (Array.isArray(value)) return { type: ['array', 'string', 'null'] };
  if (isRecord(value)) return { type: ['object', 'string', 'null'] };
  if (typeof value === 'boolean') return referenceTo('switch');
  if (typeof value === 'number') return referenceTo('number');
  return referenceTo('text');
}

/** In draft 7, the keys beside a `$ref` do not count. */
function referenceTo(name: keyof typeof definitions): JsonSchema {
  return { allOf: [{ $ref: `#/definitions/${name}` }] };
}
