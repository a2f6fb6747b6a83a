import { isUnset, printAsGo } from '../go/print.ts';
import { isTemplated } from '../stack/templated.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import type { Value } from '../yaml/value.ts';
import { kyvernoNamespace } from './namespaces.ts';

/** The value path of the block. */
export const pullSecretsPath = 'deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets';

export const credentialKeys = ['existingSecret', 'existingSecretNamespace'] as const;

/** One item of `registryCredentials` or `excludeNamespaces`. */
export interface BlockItem {
  readonly index: number;
  readonly effective: EffectiveValue;
  readonly value: Value;
}

/** An entry of `registryCredentials` that is a map. */
export interface Credential extends BlockItem {
  readonly name: EffectiveValue | undefined;
  readonly namespace: EffectiveValue | undefined;
  /** The name that the template writes; `undefined` when none is set or it is not a scalar. */
  readonly secretName: string | undefined;
  /** The namespace that the Secret is cloned from: Kyverno's own when none is set. */
  readonly secretNamespace: string;
  /** Whether a namespace is set. */
  readonly hasNamespace: boolean;
}

/** The block as effective. Whatever has another type than expected is left out of the lists. */
export interface PullSecretsBlock {
  readonly effective: EffectiveValue | undefined;
  readonly enabled: EffectiveValue | undefined;
  readonly excludeNamespaces: EffectiveValue | undefined;
  readonly registryCredentials: EffectiveValue | undefined;
  readonly patterns: readonly BlockItem[];
  readonly entries: readonly BlockItem[];
  /** The entries that are maps. */
  readonly credentials: readonly Credential[];
  /** Another tool fills in a part of it, so that its meaning is not known. */
  readonly templated: boolean;
  /** The same of what decides where Secrets go to; their names do not. */
  readonly isReachTemplated: boolean;
}

export function pullSecretsBlock(view: StackView): PullSecretsBlock {
  return view.memo(readBlock);
}

function readBlock(view: StackView): PullSecretsBlock {
  const at = (key: string): EffectiveValue | undefined => view.effective.at(`${pullSecretsPath}.${key}`);
  const whole = view.effective.at(pullSecretsPath);
  const [enabled, excludeNamespaces, registryCredentials] = [
    at('enabled'),
    at('excludeNamespaces'),
    at('registryCredentials'),
  ];
  const patterns = itemsOf(view, 'excludeNamespaces', excludeNamespaces);
  const entries = itemsOf(view, 'registryCredentials', registryCredentials);
  const credentials = entries.flatMap(entry => credentialOf(view, entry));
  const ofReach = [
    ...[whole, enabled, excludeNamespaces, registryCredentials],
    ...patterns.map(item => item.effective),
  ];
  const parts = [
    ...ofReach,
    ...entries.map(item => item.effective),
    ...credentials.flatMap(({ name, namespace }) => [name, namespace]),
  ];
  return {
    ...{ effective: whole, enabled, excludeNamespaces, registryCredentials, patterns, entries, credentials },
    templated: parts.some(isTemplated),
    isReachTemplated: ofReach.some(isTemplated),
  };
}

/** The block where a layer of the user says anything about it and the release has the policy; else `undefined`. */
export function configuredBlock(view: StackView): PullSecretsBlock | undefined {
  if (!view.catalog.catalog.pullSecretPolicy) return undefined;
  const isWritten =
    view.effective.at(pullSecretsPath)?.all.some(part => part.layer.file !== undefined) ?? false;
  if (!isWritten) return undefined;
  return pullSecretsBlock(view);
}

/** The effective value of a key of the block; null when it is absent. */
export function blockValue(view: StackView, key: string): Value {
  return view.effective.value(`${pullSecretsPath}.${key}`) ?? null;
}

/** An item of a list by its place, such as `"registryCredentials" at prod.yaml:12`. */
export function sayItem(key: string, item: BlockItem): string {
  const place = itemLine(item);
  return place === undefined ? `"${key}[${item.index}]"` : `"${key}" at ${place}`;
}

/** The line of an item, such as `prod.yaml:12`; `undefined` for a default. */
export function itemLine({ effective: { winner } }: BlockItem): string | undefined {
  const { layer, written } = winner;
  if (layer.file === undefined) return undefined;
  return `${layer.label}:${layer.file.locate(written.span).start.line + 1}`;
}

function itemsOf(view: StackView, key: string, list: EffectiveValue | undefined): readonly BlockItem[] {
  if (list?.winner.node.kind !== 'seq') return [];
  return list.winner.node.items.flatMap((_, index) => {
    const path = `${pullSecretsPath}.${key}[${index}]`;
    const effective = view.effective.at(path);
    if (effective === undefined) return [];
    return [{ index, effective, value: view.effective.value(path) ?? null }];
  });
}

function credentialOf(view: StackView, item: BlockItem): readonly Credential[] {
  if (item.effective.winner.node.kind !== 'map') return [];
  const path = `${pullSecretsPath}.registryCredentials[${item.index}]`;
  const name = view.effective.value(`${path}.existingSecret`);
  const namespace = view.effective.value(`${path}.existingSecretNamespace`);
  const hasNamespace = namespace !== undefined && !isUnset(namespace);
  return [
    {
      ...item,
      name: view.effective.at(`${path}.existingSecret`),
      namespace: view.effective.at(`${path}.existingSecretNamespace`),
      secretName: name === undefined ? undefined : quoted(name),
      secretNamespace: (hasNamespace ? quoted(namespace) : undefined) ?? kyvernoNamespace(view),
      hasNamespace,
    },
  ];
}

/** Sprig's `quote`, which writes nothing for null. */
function quoted(value: Value): string | undefined {
  if (value === null || typeof value === 'object' || value === '') return undefined;
  return printAsGo(value);
}
