import { anchorsOf, firstDocument } from '../yaml/lookup.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isRecord, valueOf, type Value } from '../yaml/value.ts';
import { canonicalOf } from './canonical.ts';
import { deriveCatalog } from './derive.ts';
import type { Catalog, CatalogImage } from './types.ts';
import { ownValue } from '../text/ownValue.ts';

/** The text files of a generator's source, by their path relative to the folder of `default_values.yaml`. */
export type GeneratorFiles = ReadonlyMap<string, string>;

/** Where a generator's defaults are in its source: in the generator's folder itself, or in a repository that holds it. */
export const defaultsPaths: readonly string[] = ['default_values.yaml', 'generator/default_values.yaml'];

/** The files that tell anything; the rest of a generator need not be read. */
export function isTelling(path: string): boolean {
  return (
    path === 'default_values.yaml' ||
    (/^templates\/manifests\/.*\.ya?ml$/.test(path) && path.includes('/upstream/'))
  );
}

/** Puts the files of a folder or archive in relation to its `default_values.yaml`; `undefined` when it holds none. */
export function generatorFiles(files: ReadonlyMap<string, string>): GeneratorFiles | undefined {
  const found = [...files.keys()]
    .filter(path => /(^|\/)default_values\.yaml$/.test(path))
    .sort((a, b) => a.length - b.length)[0];
  if (found === undefined) return undefined;
  const base = found.slice(0, -'default_values.yaml'.length);
  return new Map(
    [...files].flatMap(([path, text]) => {
      if (!path.startsWith(base)) return [];
      return [[path.slice(base.length), text]];
    }),
  );
}

/** The values of a generator's `default_values.yaml`. */
export function defaultsOfGenerator(files: GeneratorFiles): Value {
  const root = firstDocument(parseYaml(files.get('default_values.yaml') ?? ''));
  return valueOf(root, anchorsOf(root));
}

/**
 * The catalog of a generator's source: its own defaults, the rules of the nearest known release where nothing that they
 * rest on has changed, and the tags that its kustomizations name.
 */
export function catalogOfGenerator(
  files: GeneratorFiles,
  options: { readonly release: string; readonly nearest?: Catalog },
  defaults: Value = defaultsOfGenerator(files),
): Catalog {
  const catalog = deriveCatalog(defaults, options);
  const told = new ToldTags(files);
  return { ...catalog, images: catalog.images.map(image => toldImage(image, catalog.defaults, told)) };
}

/**
 * A kustomize image whose tag the files name takes that tag: they are nearer to the truth than any release's facts. Where
 * they name several and none of them is the release's, the tag is not known.
 */
function toldImage(image: CatalogImage, defaults: Value, told: ToldTags): CatalogImage {
  const own = valueAt(defaults, image.path);
  const repository = isRecord(own) ? own['repository'] : undefined;
  if (image.form !== 'map' || image.tag.read !== 'whenSet' || image.tag.fallbackByVersion !== undefined)
    return image;
  if (typeof repository !== 'string' || image.tag.fallback?.includes('{') === true) return image;
  const tags = told.tagsOf(image.component, repository);
  const { fallback, ...rule } = image.tag;
  if (tags.length === 0 || (fallback !== undefined && tags.includes(fallback))) return image;
  const [tag, ...others] = tags;
  if (tag === undefined || others.length > 0) return { ...image, tag: rule };
  return { ...image, tag: { ...rule, fallback: tag } };
}

/** The tags that a generator's files give images. The files of a component, which may be many, are read once. */
class ToldTags {
  readonly #files: GeneratorFiles;
  readonly #known = new Map<string, readonly (readonly NamedTag[])[]>();

  constructor(files: GeneratorFiles) {
    this.#files = files;
  }

  /** Those of the component's kustomizations, else those of its manifests. */
  tagsOf(component: string, repository: string): readonly string[] {
    const wanted = canonicalOf(repository);
    for (const named of this.#namedIn(component)) {
      const tags = named.filter(([name]) => canonicalOf(name) === wanted).map(([, tag]) => tag);
      if (tags.length > 0) return [...new Set(tags)];
    }
    return [];
  }

  #namedIn(component: string): readonly (readonly NamedTag[])[] {
    const known = this.#known.get(component);
    if (known !== undefined) return known;
    const folder = `templates/manifests/${component.replaceAll('_', '-').replaceAll('.', '/')}/`;
    const texts = [...this.#files].filter(([path]) => path.startsWith(folder)).map(([, text]) => text);
    const named = [kustomizedTags, manifestTags].map(read => onceEach(texts.flatMap(read)));
    this.#known.set(component, named);
    return named;
  }
}

/** Many files may say the same. */
function onceEach(named: readonly NamedTag[]): readonly NamedTag[] {
  return [...new Map(named.map(one => [one.join(':'), one])).values()];
}

type NamedTag = readonly [name: string, tag: string];

function kustomizedTags(text: string): readonly NamedTag[] {
  if (!text.includes('newTag')) return [];
  const root = firstDocument(parseYaml(text));
  const value = valueOf(root, anchorsOf(root));
  const images = isRecord(value) ? value['images'] : undefined;
  if (!Array.isArray(images)) return [];
  return images.flatMap((image: Value): NamedTag[] => {
    if (!isRecord(image)) return [];
    const name = image['newName'] ?? image['name'];
    const tag = image['newTag'];
    if (typeof name === 'string' && typeof tag === 'string') return [[name, tag]];
    return [];
  });
}

function manifestTags(text: string): readonly NamedTag[] {
  return [
    ...text.matchAll(/^[ \t-]*image:[ \t]*["']?([\w./-]+(?::\d+\/[\w./-]+)?):([\w][\w.-]*)["']?[ \t]*$/gm),
  ].map((match): NamedTag => [match[1] ?? '', match[2] ?? '']);
}

function valueAt(defaults: Value, path: string): Value | undefined {
  let current: Value | undefined = defaults;
  for (const key of path.split('.')) current = isRecord(current) ? ownValue(current, key) : undefined;
  return current;
}
