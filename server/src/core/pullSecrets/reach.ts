import { isUnset } from '../catalog/print.ts';
import type { ImageEntry } from '../policy/images.ts';
import type { StackView } from '../policy/view.ts';
import { parsePath } from '../yaml/nodes.ts';
import type { Value } from '../yaml/value.ts';
import { overrideOf, secretKeysOf } from './chartSecrets.ts';
import { explainPullSecrets, type PullSecretsExplanation, type Verdict } from './explain.ts';
import { expandNamespaces, kyvernoPath, namespaceOf, profileNamespaces } from './namespaces.ts';

/** `early`: the Pods are created before the policy exists, and it acts on creation only. */
export type ReachVerdict = Verdict | 'early';

export interface NamespacePull {
  readonly namespace: string;
  readonly verdict: ReachVerdict;
  /** The pattern that excludes the namespace, or the reason in words; `undefined` when the secrets arrive. */
  readonly by: string | undefined;
}

/** A value that gives the Pods of an image a pull secret without the policy. */
export interface SecretOverride {
  readonly path: readonly string[];
  readonly value: Value;
}

/** Whether the policy's secrets reach the Pods of an image. */
export interface ImageReach {
  readonly entry: ImageEntry;
  readonly pulls: readonly NamespacePull[];
  /**
   * `valuesOverrides` of the stack hand the chart a secret already. `unknown`: they are a text, which can hold anything.
   */
  readonly supplied: 'yes' | 'no' | 'unknown';
}

/** The images of enabled components, with the namespaces of their Pods. Images without known namespaces are left out. */
export function imageReach(view: StackView): readonly ImageReach[] {
  const explanation = explainPullSecrets(view);
  const waves = startWaves(view);
  return view.images
    .filter(entry => entry.enabled)
    .map(entry => ({ entry, pulls: pullsOf(view, entry, { explanation, waves }), supplied: suppliedBy(view, entry) }))
    .filter(({ pulls }) => pulls.length > 0);
}

/** The namespaces that receive the secrets, but too late for the Pods that start before Kyverno. */
export function earlyNamespaces(view: StackView): ReadonlySet<string> {
  const pulls = imageReach(view).flatMap(reach => reach.pulls);
  return new Set(pulls.filter(pull => pull.verdict === 'early').map(pull => pull.namespace));
}

/** The values that hand the Secret to the image's chart; empty when its chart takes none or overrides are a text. */
export function secretOverrides(view: StackView, entry: ImageEntry, secret: string): readonly SecretOverride[] {
  if (typeof overridesOf(view, entry) === 'string') return [];
  return keysOf(view, entry).map(key => overrideOf(key, secret));
}

interface Context {
  readonly explanation: PullSecretsExplanation;
  readonly waves: ReadonlyMap<string, number>;
}

function pullsOf(view: StackView, entry: ImageEntry, { explanation, waves }: Context): readonly NamespacePull[] {
  const kyverno = view.catalog.componentAt(kyvernoPath);
  const own = namespaceOf(view, entry.component);
  return expandNamespaces(view, entry.image.namespaces).flatMap(name => {
    const namespace = explanation.namespaces.find(candidate => candidate.name === name);
    if (namespace === undefined || !namespace.exists) return [];
    const wave = name === own ? entry.component.syncWave : (waves.get(name) ?? Infinity);
    const isEarly = namespace.receives && kyverno !== undefined && wave < kyverno.syncWave;
    return [
      isEarly
        ? { namespace: name, verdict: 'early' as const, by: 'starts before Kyverno' }
        : { namespace: name, verdict: namespace.verdict, by: namespace.by },
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
  if (typeof overridesOf(view, entry) === 'string') return 'unknown';
  const keys = keysOf(view, entry);
  const isSet = keys.map(key => view.effective.value(overrideOf(key, '').path)).map(value => !isUnset(value ?? null));
  return keys.length > 0 && isSet.every(Boolean) ? 'yes' : 'no';
}

function keysOf(view: StackView, entry: ImageEntry): ReturnType<typeof secretKeysOf> {
  return secretKeysOf(entry.path, path => view.effective.value(path));
}

/** `undefined` when there are none. An empty text is as good as none. */
function overridesOf(view: StackView, entry: ImageEntry): Value | undefined {
  const value = view.effective.value([...parsePath(entry.component.path), 'valuesOverrides']);
  return value === '' ? undefined : value;
}
