import type { CatalogIndex } from '../../catalog/catalogIndex.ts';
import { nearestName } from '../../catalog/nearestName.ts';
import type { Component } from '../../catalog/types.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { hasTemplate } from '../../stack/templated.ts';
import type { KeyContent, WrittenKey } from '../../analysis/writtenKeys.ts';
import { keyText, type YamlMap, type YamlNode } from '../../yaml/nodes.ts';
import { isRecord } from '../../yaml/value.ts';
import { renameKey } from '../../yaml/write.ts';
import { sayList } from '../../text/list.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** An image that the release does not have, or a key of an image that it does not read. */
export const imageUnknown: StackRule = {
  subject: 'stack',
  code: 'image-unknown',
  severity: 'warning',
  doc: {
    summary: 'An image name under `images` that the release does not have, or an unknown key of an image',
    why: [
      'deployKF merges unknown keys and never reads them. A misspelled image keeps its default, so it',
      'still comes from the public registry. Names differ between releases, and the same name in another',
      'component is a different image. An image has the keys `repository`, `tag` and, for some,',
      '`pullPolicy`; there is no `registry` and no `digest`.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  pipelines:\n    images:\n      kfpApiSever:\n        tag: 2.1.0\n',
    good: 'kubeflow_tools:\n  pipelines:\n    images:\n      kfpApiServer:\n        tag: 2.1.0\n',
    fix: 'Renames the key to the nearest one that is not used yet, or removes it.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const { catalog } = view;
  const release: Release = { catalog, maps: new KeyedMaps() };
  return view.writtenWhere(isUnknown).flatMap(key => {
    if (hasTemplate(key.printed) || isTemplate(key) || key.anchored === 'shared') return [];
    if (key.image !== undefined) return [reportKey(release, key)];
    const component = catalog.imagesMapOf(key.path.slice(0, -1));
    if (component === undefined) return [];
    return [reportImage(release, component, key)];
  });
}

function isUnknown({ image, isOpen, path }: KeyContent, catalog: CatalogIndex): boolean {
  // Nearly every key ends here.
  if (image === undefined && (isOpen || path.at(-2) !== 'images')) return false;
  const parent = path.slice(0, -1);
  if (image === undefined) return catalog.imagesMapOf(parent) !== undefined;
  const isOfImage = image.form === 'map' && catalog.imageAt(parent) === image;
  return isOfImage && !isKeyOfImage(catalog, parent, path.at(-1) ?? '');
}

/** What unknown names are held against. */
interface Release {
  readonly catalog: CatalogIndex;
  readonly maps: KeyedMaps;
}

/** `images: {{ … }}`, which YAML reads as a map in a map. */
function isTemplate({ layer, pair }: WrittenKey): boolean {
  const { value } = pair;
  return value.kind === 'map' && value.flow && layer.file?.text.startsWith('{{', value.span.start) === true;
}

function nameOf({ path }: WrittenKey): string {
  return path.at(-1) ?? '';
}

/** What a pull policy is worth where the release has none is another rule's matter. */
const imageKeys = ['repository', 'tag', 'pullPolicy'];

function isKeyOfImage(catalog: CatalogIndex, path: readonly string[], name: string): boolean {
  return imageKeys.includes(name) || defaultKeys(catalog, path).includes(name);
}

function defaultKeys(catalog: CatalogIndex, path: readonly string[]): readonly string[] {
  const value = catalog.defaultAt(path);
  if (!isRecord(value)) return [];
  return Object.keys(value);
}

function reportImage(release: Release, component: Component, key: WrittenKey): Report {
  const { catalog } = release;
  const name = nameOf(key);
  const elsewhere = holders(catalog, name);
  const lack = `${catalog.release} has no image "${name}"`;
  if (elsewhere.length > 0) {
    const message = `${lack} here, it belongs to ${sayList(elsewhere)}`;
    return { ...placeOf(key), message, fixes: fixesOf(release, key, undefined) };
  }
  const near = nearestName(name, imageNames(catalog, component));
  const guess = near === undefined ? 'deployKF ignores it' : `did you mean "${near}"?`;
  return { ...placeOf(key), message: `${lack}, ${guess}`, fixes: fixesOf(release, key, near) };
}

function placeOf({ uri, pair, printed }: WrittenKey): Pick<Report, 'uri' | 'span' | 'path'> {
  return { uri, span: pair.key.span, path: printed };
}

function imageNames(catalog: CatalogIndex, component: Component): readonly string[] {
  const maps = catalog.imagesOf(component).filter(({ form }) => form === 'map');
  return maps.map(({ path }) => path.slice(component.path.length).split('.').at(-1) ?? '');
}

/** The components that have an image of this name. */
function holders(catalog: CatalogIndex, name: string): readonly string[] {
  return catalog.catalog.components
    .map(({ path }) => path)
    .filter(path => catalog.imageAt(`${path}.images.${name}`));
}

function reportKey(release: Release, key: WrittenKey): Report {
  const { catalog } = release;
  const known = defaultKeys(catalog, key.path.slice(0, -1));
  const near = nearestName(nameOf(key), known);
  const hint = near === undefined ? `: its keys are ${sayList(known)}` : `, did you mean "${near}"?`;
  return {
    ...placeOf(key),
    message: `deployKF ignores "${nameOf(key)}" of an image${hint}`,
    fixes: fixesOf(release, key, near),
  };
}

function fixesOf({ catalog, maps }: Release, key: WrittenKey, near: string | undefined): readonly Fix[] {
  const { layer, uri, pair, path } = key;
  const fixes: Fix[] = [];
  if (near !== undefined && !maps.hasBeside(key, near))
    fixes.push({
      title: `Rename to ${near}`,
      applies: 'choice',
      changes: () => [{ kind: 'edit', uri, edits: [renameKey(pair.key, near)] }],
    });
  fixes.push({
    title: `Remove "${nameOf(key)}", which ${catalog.release} ignores`,
    applies: 'choice',
    changes: () => [{ kind: 'remove', layer, path }],
  });
  return fixes;
}

/** What the keys of maps have, each map read once, however many unknown names are in it. */
class KeyedMaps {
  readonly #known = new Map<YamlMap, ReadonlyMap<string, YamlNode>>();

  /** Whether a key is beside another one in the same map. */
  hasBeside({ layer, path }: WrittenKey, name: string): boolean {
    let node: YamlNode | undefined = layer.root;
    for (const step of path.slice(0, -1)) {
      if (node?.kind !== 'map') return false;
      node = this.#valuesIn(node).get(step);
    }
    return node?.kind === 'map' && this.#valuesIn(node).has(name);
  }

  #valuesIn(map: YamlMap): ReadonlyMap<string, YamlNode> {
    const known = this.#known.get(map);
    if (known !== undefined) return known;
    const values = new Map(map.pairs.map(({ key, value }) => [keyText(key), value]));
    this.#known.set(map, values);
    return values;
  }
}
