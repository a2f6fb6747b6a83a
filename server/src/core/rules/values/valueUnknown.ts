import type { CatalogIndex } from '../../catalog/catalogIndex.ts';
import { nearestName } from '../../catalog/nearestName.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { KeyContent, WrittenKey } from '../../analysis/writtenKeys.ts';
import { pullSecretsPath } from '../../pullSecrets/block.ts';
import { sayList } from '../../text/list.ts';
import { keysOf, resolved, visit } from '../../yaml/lookup.ts';
import { keyText, printPath } from '../../yaml/nodes.ts';
import { isRecord, type Value } from '../../yaml/value.ts';
import { renameKey } from '../../yaml/write.ts';
import { isBroken } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A value path that the release does not have. */
export const valueUnknown: StackRule = {
  subject: 'stack',
  code: 'value-unknown',
  severity: 'warning',
  doc: {
    summary: 'A value path that the release does not have',
    why: [
      'deployKF merges unknown keys and never reads them: a misspelled key, or one a level too high or',
      'too low, changes nothing, without any error. Sections that the release leaves open',
      '(`valuesOverrides`, `extraManifests`, annotations and the like) take any key. Top-level keys that',
      'start with `x-` or `_`, and those that only hold anchors, are yours.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  istio:\n    chartz:\n      istioDaemon:\n        version: 1.17.8\n',
    good: 'deploykf_dependencies:\n  istio:\n    charts:\n      istioDaemon:\n        version: 1.17.8\n',
    fix: 'Renames the key to the nearest one that the release has and the section does not use yet.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  // Where a file does not parse, a key may only seem to be where it does.
  return view
    .writtenWhere(isUnknown)
    .filter(key => !isBroken(key.layer) && isSubject(view, key))
    .map(key => report(view, key));
}

function isUnknown({ path, expected, isOpen, image, section }: KeyContent, catalog: CatalogIndex): boolean {
  if (path.length === 2 && isEmptyGroup(catalog, path[0] ?? '')) return true;
  return expected === undefined && !isOpen && image === undefined && isRecord(section);
}

/** Keys of images and pull secrets have rules that know them better. */
function isSubject({ catalog }: StackView, key: WrittenKey): boolean {
  const [group = ''] = key.path;
  if (key.path.length === 2 && isEmptyGroup(catalog, group)) return true;
  if (key.anchored === 'shared') return false;
  const parent = key.path.slice(0, -1);
  if (parent.at(-1) === 'images' && catalog.imagesMapOf(parent) !== undefined) return false;
  if (holdsPullSecrets(catalog, key)) return false;
  return parent.length > 0 || !(isForeign(key.printed) || holdsAnchor(key));
}

/** Whether a top-level key of the release is there for components of later releases: its templates do not read anything of it. */
function isEmptyGroup(catalog: CatalogIndex, key: string): boolean {
  if (catalog.catalog.templates === undefined || !/^(?:deploykf|kubeflow)_/.test(key)) return false;
  return isRecord(catalog.defaultAt([key])) && keysAt(catalog, [key]).length === 0;
}

/** Top-level keys that are the user's own, or those of SOPS, which writes them into every file that it encrypts. */
function isForeign(key: string): boolean {
  return key === 'sops' || /^(?:x-|_|\.)/.test(key);
}

/** Whether a key is the block of the pull-secret policy, is in it, or holds nothing else, for a release without it. */
function holdsPullSecrets({ catalog }: CatalogIndex, { printed, pair, layer }: WrittenKey): boolean {
  if (printed.startsWith(`${pullSecretsPath}.`)) return true;
  if (catalog.pullSecretPolicy) return false;
  if (printed === pullSecretsPath) return true;
  const [name = ''] = pullSecretsPath.split('.').slice(-1);
  if (pullSecretsPath !== `${printed}.${name}`) return false;
  const node = resolved(pair.value, layer.anchors);
  const keys = node?.kind === 'map' ? keysOf(node, layer.anchors) : [];
  return keys.length === 1 && keys[0] === name;
}

function holdsAnchor({ pair }: WrittenKey): boolean {
  let found = false;
  visit(pair.value, node => {
    found ||= node.anchor !== undefined;
  });
  return found;
}

function report(view: StackView, key: WrittenKey): Report {
  const name = key.path.at(-1) ?? '';
  const parent = key.path.slice(0, -1);
  const { near, meant } = whatIsMeant(view.catalog, key);
  const others = view.releasesWith(key.path);
  const where = parent.length === 0 ? 'at the top level' : `in "${printPath(parent)}"`;
  const message = `deployKF ${view.stack.release} has no value "${name}" ${where}${hintOf(meant, others)}`;
  return {
    message,
    uri: key.uri,
    span: key.pair.key.span,
    path: key.printed,
    fixes: others.length > 0 ? [] : rename(key, near),
  };
}

interface Meant {
  /** The key beside it. */
  readonly near?: string | undefined;
  /** All that may be meant; empty where nothing tells. */
  readonly meant: readonly string[];
}

function whatIsMeant(catalog: CatalogIndex, key: WrittenKey): Meant {
  const parent = key.path.slice(0, -1);
  const children = childrenOf(key);
  const elsewhere = parent.length === 1 ? componentNamed(catalog, key.path.at(-1) ?? '') : undefined;
  if (elsewhere !== undefined && mayHold(catalog, elsewhere.split('.'), children))
    return { meant: [elsewhere] };
  const siblings = keysAt(catalog, parent).filter(
    sibling =>
      mayHold(catalog, [...parent, sibling], children) &&
      !(parent.length === 0 && children.length > 0 && isEmptyGroup(catalog, sibling)),
  );
  const near = nearestName(key.path.at(-1) ?? '', siblings);
  const groups = parent.length === 0 ? findByComponents(catalog, children) : [];
  const isNear = groups.length === 1 && groups[0] === near;
  if (groups.length > 0) return { near: isNear ? near : undefined, meant: groups };
  const single = near ?? findElsewhere(catalog, key.path) ?? findByChildren(catalog, children);
  return { near, meant: single === undefined ? [] : [single] };
}

/** The value path of the only component of that name. */
function componentNamed({ catalog }: CatalogIndex, name: string): string | undefined {
  const [only, another] = catalog.components.filter(({ path }) => path.endsWith(`.${name}`));
  return another === undefined ? only?.path : undefined;
}

/** The group that the components below an unknown group are of, or these themselves where they are of several. */
function findByComponents(catalog: CatalogIndex, children: readonly string[]): readonly string[] {
  const paths = children.flatMap(child => componentNamed(catalog, child) ?? []);
  const groups = [...new Set(paths.map(path => path.slice(0, path.indexOf('.'))))];
  if (groups.length === 1) return groups;
  return paths.length > mostMeant ? [] : paths;
}

/** More names than this are not a hint. */
const mostMeant = 4;

function hintOf(meant: readonly string[], releases: readonly string[]): string {
  const [first, last] = [releases[0], releases.at(-1)];
  if (releases.length > 2) return `, but ${first ?? ''} to ${last ?? ''} do`;
  if (releases.length > 1) return `, but ${sayList(releases)} do`;
  if (releases.length === 1) return `, but ${sayList(releases)} does`;
  return meant.length === 0 ? '' : `, did you mean ${sayList(meant.map(path => `"${path}"`))}?`;
}

/** The keys below a key, which tell what it is. */
function childrenOf({ pair: { value } }: WrittenKey): readonly string[] {
  if (value.kind !== 'map') return [];
  return value.pairs.map(({ key }) => keyText(key));
}

/** Whether the release has one of the keys in a section, or leaves the section open. */
function mayHold(catalog: CatalogIndex, path: readonly string[], children: readonly string[]): boolean {
  const known = keysAt(catalog, path);
  return children.length === 0 || known.length === 0 || children.some(child => known.includes(child));
}

/** The only section of the release that has all of these keys; `undefined` when there is none or more than one. */
function findByChildren(catalog: CatalogIndex, children: readonly string[]): string | undefined {
  if (children.length === 0) return undefined;
  const sections = keysAt(catalog, []).flatMap(top => [
    [top],
    ...keysAt(catalog, [top]).map(key => [top, key]),
  ]);
  const holding = sections.filter(path => {
    const known = keysAt(catalog, path);
    return children.every(child => known.includes(child));
  });
  const [only, another] = holding;
  return only === undefined || another !== undefined ? undefined : printPath(only);
}

function rename(key: WrittenKey, name: string | undefined): readonly Fix[] {
  if (name === undefined) return [];
  const change = { kind: 'edit' as const, uri: key.uri, edits: [renameKey(key.pair.key, name)] };
  return [{ title: `Rename to ${name}`, applies: 'choice', changes: () => [change] }];
}

function keysAt(catalog: CatalogIndex, path: readonly string[]): readonly string[] {
  const value = path.length === 0 ? catalog.catalog.defaults : catalog.defaultAt(path);
  if (!isRecord(value)) return [];
  return Object.keys(value);
}

/**
 * The only place near the path where the release has such a key with the same kind of keys below: a level lower, or a
 * level or two higher. `undefined` when there is none or more than one.
 */
function findElsewhere(catalog: CatalogIndex, path: readonly string[]): string | undefined {
  const name = path.at(-1) ?? '';
  const parent = path.slice(0, -1);
  const lower = keysAt(catalog, parent).map(key => [...parent, key, name]);
  const deeper = keysAt(catalog, parent).flatMap(key =>
    keysAt(catalog, [...parent, key]).map(child => [...parent, key, child, name]),
  );
  const higher = [1, 2]
    .filter(levels => levels <= parent.length)
    .map(levels => [...parent.slice(0, -levels), name]);
  for (const candidates of [lower, higher, deeper]) {
    const known = candidates.filter(candidate => hasDefault(catalog, candidate));
    if (known.length === 1 && known[0] !== undefined) return printPath(known[0]);
    if (known.length > 1) return undefined;
  }
  return undefined;
}

function hasDefault(catalog: CatalogIndex, path: readonly string[]): boolean {
  const value: Value | undefined = catalog.defaultAt(path);
  return value !== undefined;
}
