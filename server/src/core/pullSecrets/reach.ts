import { holdsNoMap, withReadOverrides, withReadText, type ImageValues } from '../analysis/chartOverrides.ts';
import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUnset } from '../go/print.ts';
import { parsePath } from '../yaml/nodes.ts';
import { secretNameProblem } from '../secrets/names.ts';
import { hasTemplate } from '../stack/templated.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { Component, SecretKey } from '../catalog/types.ts';
import { chartFactsOf, overridePath, podSwitchesOf, secretKeysOf, supplyingPaths } from './chartSecrets.ts';
import { explainPullSecrets, type NamespaceReach, type ReachKind } from './explain.ts';
import { expandNamespaces, kyvernoPath, namespaceOf, profileNamespaces } from './namespaces.ts';

/** `early`: the Pods are created before the policy exists, and it acts on creation only. */
export type ReachVerdict = ReachKind | 'early';

export interface NamespacePull {
  readonly namespace: string;
  readonly verdict: ReachVerdict;
  /** The pattern that excludes the namespace, or the reason in words; `undefined` when the secrets arrive. */
  readonly by: string | undefined;
  /** Whether its Pods start before the policy exists, even where it would not reach them anyway. */
  readonly startsEarly: boolean;
}

/** Whether the policy's secrets reach the Pods of an image. */
export interface ImageReach {
  readonly entry: ImageEntry;
  readonly pulls: readonly NamespacePull[];
  /**
   * `valuesOverrides` of the stack hand the chart a secret already, or switch its Pods off. `unknown`: they are a text
   * that a template fills in, so that they can hold anything. `broken`: they are not what deployKF takes, so that nothing is deployed.
   */
  readonly supplied: 'yes' | 'no' | 'unknown' | 'broken';
}

/** The images of enabled components, with the namespaces of their Pods. Images without known namespaces are left out. */
export function imageReach(view: StackView): readonly ImageReach[] {
  return view.memo(reachOfImages);
}

function reachOfImages(view: StackView): readonly ImageReach[] {
  const { namespaces } = explainPullSecrets(view);
  const context: Context = {
    namespaces: new Map(namespaces.map(namespace => [namespace.name, namespace])),
    waves: startWaves(view),
  };
  return view.images
    .filter(entry => entry.enabled)
    .map(entry => ({
      entry,
      pulls: pullsOf(view, entry, context),
      supplied: suppliedBy(view, entry),
    }))
    .filter(({ pulls }) => pulls.length > 0);
}

/** The namespaces that receive the secrets, but too late for the Pods that start before Kyverno. */
export function earlyNamespaces(view: StackView): ReadonlySet<string> {
  const pulls = imageReach(view).flatMap(reach => reach.pulls);
  return new Set(pulls.filter(pull => pull.verdict === 'early').map(pull => pull.namespace));
}

/** Where `valuesOverrides` take a Secret for the image; empty when its chart takes none, or where they are not known. */
export function overrideKeys(view: StackView, entry: ImageEntry): readonly SecretKey[] {
  if (chartValues(view, entry) === 'opaque') return [];
  return keysOf(view, entry);
}

/** Whether the `valuesOverrides` for an image are a text, into which no key can be written. */
export function hasTextOverrides(view: StackView, entry: ImageEntry): boolean {
  const value = view.effective.value([...parsePath(entry.component.path), 'valuesOverrides']);
  return typeof value === 'string' && value !== '';
}

/** The value paths that switch the Pods of an image off when all are false; empty where there are none. */
export function podSwitches(view: StackView, entry: ImageEntry): readonly (readonly string[])[] {
  if (chartValues(view, entry) === 'opaque') return [];
  const facts = chartFactsOf(view.catalog, entry.image);
  return podSwitchesOf(facts, entry.image.path, path => view.effective.value(path));
}

/** Whether `valuesOverrides` switch the Pods of an image off; `undefined`: a template fills them in. */
export function arePodsOff(view: StackView, entry: ImageEntry): boolean | undefined {
  if (hasNoOverrides(view, entry.component)) return false;
  const values = chartValues(view, entry);
  if (values === 'opaque') return undefined;
  const switches = podSwitches(view, entry);
  return switches.length > 0 && switches.every(path => values.value(path.join('.')) === false);
}

interface Context {
  /** By name. */
  readonly namespaces: ReadonlyMap<string, NamespaceReach>;
  readonly waves: ReadonlyMap<string, number>;
}

function pullsOf(
  view: StackView,
  entry: ImageEntry,
  { namespaces, waves }: Context,
): readonly NamespacePull[] {
  const kyverno = view.catalog.componentAt(kyvernoPath);
  const own = namespaceOf(view, entry.component);
  return expandNamespaces(view, entry.image.namespaces).flatMap(name => {
    const namespace = namespaces.get(name);
    if (namespace === undefined || !namespace.exists) return [];
    const wave = name === own ? entry.component.syncWave : (waves.get(name) ?? Infinity);
    const startsEarly = kyverno !== undefined && wave < kyverno.syncWave;
    return [
      namespace.receives && startsEarly
        ? { namespace: name, verdict: 'early' as const, by: 'starts before Kyverno', startsEarly }
        : { namespace: name, verdict: namespace.verdict, by: namespace.by, startsEarly },
    ];
  });
}

/** When the first Pods of a namespace start: the smallest sync wave of the enabled components that live there. */
function startWaves(view: StackView): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  for (const component of view.catalog.catalog.components) {
    const name = namespaceOf(view, component);
    if (view.isEnabled(component)) waves.set(name, Math.min(waves.get(name) ?? Infinity, component.syncWave));
  }
  // Users' Pods come long after the sync, whatever else is in their namespaces.
  for (const name of profileNamespaces(view)) waves.set(name, Infinity);
  return waves;
}

function suppliedBy(view: StackView, entry: ImageEntry): ImageReach['supplied'] {
  if (hasNoOverrides(view, entry.component)) return 'no';
  const values = chartValues(view, entry);
  if (hasBrokenOverrides(view, entry)) return 'broken';
  if (values === 'opaque') return 'unknown';
  if (arePodsOff(view, entry) === true) return 'yes';
  const keys = keysOf(view, entry);
  const isSet = keys.map(key => namesOf(key, handedValue(key, values)?.value ?? null).length > 0);
  return keys.length > 0 && isSet.every(Boolean) ? 'yes' : 'no';
}

/** What a chart gets at a key. */
export interface HandedValue {
  readonly key: SecretKey;
  readonly path: readonly string[];
  readonly value: Value;
  readonly at: EffectiveValue;
}

/** What `valuesOverrides` hand to the chart of an image, by its keys; those that nobody sets are left out. */
export function handedValues(view: StackView, entry: ImageEntry): readonly HandedValue[] {
  if (hasNoOverrides(view, entry.component)) return [];
  const values = chartValues(view, entry);
  if (values === 'opaque') return [];
  return keysOf(view, entry).flatMap(key => handedValue(key, values) ?? []);
}

/** What `valuesOverrides` hand to charts of a component by keys that belong to no image value. */
export function handedBesideImages(view: StackView, owner: Component): readonly HandedValue[] {
  if (hasNoOverrides(view, owner)) return [];
  const component = owner.path;
  const { secretKeys } = view.catalog.catalog;
  const keys = secretKeys.filter(key => key.component === component && key.images.length === 0);
  if (keys.length === 0 || hasTemplateText(view, component)) return [];
  const values = withReadText(`${component}.valuesOverrides`, view.effective);
  if (values === 'opaque') return [];
  return keys.flatMap(key => handedValue(key, values) ?? []);
}

/** By the strongest path that is set. Helm does not put a map in the place of a list. */
function handedValue(key: SecretKey, values: ImageValues): HandedValue | undefined {
  const handed: HandedValue[] = [];
  for (const path of supplyingPaths(key)) {
    const at = values.at(path.join('.'));
    const value = values.value(path.join('.'));
    if (at !== undefined && value !== undefined) handed.push({ key, path, value, at });
  }
  // An empty one has no say where the chart falls back to another.
  if (key.fallback !== undefined && handed.length > 1 && isNothing(handed[0]?.value)) handed.shift();
  return handed.find(({ value }) => !isRecord(value)) ?? handed[0];
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || isUnset(value) || (isList(value) && value.length === 0);
}

/** A Secret that a dependency would get if the globals of its parent had no such key, as paths below `valuesOverrides`. */
export interface LostSecret {
  readonly path: string;
  /** What takes its place, without the name of any Secret. */
  readonly by: string;
}

export function lostSecret(view: StackView, entry: ImageEntry): LostSecret | undefined {
  const values = chartValues(view, entry);
  if (values === 'opaque') return undefined;
  for (const { key, value, path: by } of handedValues(view, entry)) {
    const path = supplyingPaths(key).find(
      each => namesOf(key, values.value(each.join('.')) ?? null).length > 0,
    );
    if (path !== undefined && namesOf(key, value).length === 0)
      return { path: belowOverrides(path), by: belowOverrides(by) };
  }
  return undefined;
}

/** A value path as it is called below `valuesOverrides`. */
export function belowOverrides(path: readonly string[]): string {
  return path.slice(path.indexOf('valuesOverrides') + 1).join('.');
}

/** Where Secrets are to be written for a chart: at a stronger path that is set already, nothing else counts. */
export function writablePath(view: StackView, key: SecretKey): readonly string[] {
  const own = overridePath(key);
  const [strongest = own] = supplyingPaths(key);
  return view.effective.at(strongest) === undefined ? own : strongest;
}

/** A Secret that `valuesOverrides` hand to a chart. */
export interface HandedSecret {
  readonly name: string;
  /** Where it is handed over. */
  readonly at: EffectiveValue;
}

/** The Secrets that `valuesOverrides` hand to the chart of an image. */
export function handedSecrets(view: StackView, entry: ImageEntry): readonly HandedSecret[] {
  return handedValues(view, entry).flatMap(({ key, value, at }) =>
    namesOf(key, value).map(name => ({ name, at })),
  );
}

/** The Secrets that a value of a chart names in the form that the chart takes. */
function namesOf({ form }: SecretKey, value: Value): readonly string[] {
  if (typeof value === 'string') return form === 'name' && canBeName(value) ? [value] : [];
  if (!isList(value)) return [];
  const names = value.map(item => {
    if (form !== 'objects') return item;
    return isRecord(item) ? item['name'] : undefined;
  });
  return names.filter(name => typeof name === 'string').filter(canBeName);
}

/** Whether a Secret can have the name, perhaps once it is filled in. */
function canBeName(name: string): boolean {
  return name !== '' && (hasTemplate(name) || secretNameProblem(name) === undefined);
}

function keysOf(view: StackView, entry: ImageEntry): readonly SecretKey[] {
  const facts = chartFactsOf(view.catalog, entry.image);
  return secretKeysOf(facts, entry.image.path, path => view.effective.value(path));
}

/** Whether the `valuesOverrides` of a component are absent or empty, as they mostly are: then they hand nothing to a chart. */
function hasNoOverrides(view: StackView, { path }: Component): boolean {
  const parts = view.effective.at(`${path}.valuesOverrides`)?.parts ?? [];
  return parts.every(({ node }) => node.kind === 'map' && node.pairs.length === 0);
}

/** The values as the chart of an image gets them; `opaque`: a template fills in a text, which may hold a Secret then. */
function chartValues(view: StackView, entry: ImageEntry): ImageValues | 'opaque' {
  if (hasTemplateText(view, entry.component.path)) return 'opaque';
  return withReadOverrides(view.catalog, entry.image, view.effective);
}

/** Whether `valuesOverrides` are neither a map nor a text with one. */
function hasBrokenOverrides(view: StackView, { component }: ImageEntry): boolean {
  return holdsNoMap(view.effective.at([...parsePath(component.path), 'valuesOverrides']));
}

function hasTemplateText(view: StackView, component: string): boolean {
  const text = view.effective.value(`${component}.valuesOverrides`);
  return typeof text === 'string' && text.includes('{{');
}
