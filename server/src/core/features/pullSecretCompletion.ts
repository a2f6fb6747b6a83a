import type { StackView } from '../analysis/stackView.ts';
import { credentialKeys, pullSecretsPath } from '../pullSecrets/block.ts';
import {
  argoNamespace,
  kyvernoNamespace,
  namespaceOf,
  podNamespaces,
  profileNamespaces,
  type PodNamespace,
} from '../pullSecrets/namespaces.ts';
import { matchedNames, matchesWildcard } from '../secrets/wildcard.ts';
import { atMost } from '../text/list.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import type { Body } from './blockSnippet.ts';
import { namespacesOfSecret } from './secretCompletion.ts';
import { distinct, textSuggestion, type Suggestion } from './suggestion.ts';

const root = parsePath(pullSecretsPath);

/** The keys of an entry of `registryCredentials` that it lacks; `undefined` elsewhere. */
export function credentialKeySuggestions(
  path: Path,
  present: readonly string[],
): readonly Suggestion[] | undefined {
  const [key, index, ...rest] = belowBlock(path) ?? [];
  if (key !== 'registryCredentials' || typeof index !== 'number' || rest.length > 0) return undefined;
  const details = {
    existingSecret: 'name of the Secret',
    existingSecretNamespace: 'namespace of the Secret',
  };
  return credentialKeys
    .filter(name => !present.includes(name))
    .map(name => ({ form: 'key', text: name, kind: 'key', detail: details[name] }));
}

/**
 * What `excludeNamespaces` may hold; `undefined` for other lists.
 * Namespaces that the list covers already come last.
 */
export function exclusionSuggestions(
  view: StackView,
  path: Path,
  present: readonly string[],
): readonly Suggestion[] | undefined {
  const [key, ...rest] = belowBlock(path) ?? [];
  if (key !== 'excludeNamespaces' || rest.length > 0) return undefined;
  const namespaces = podNamespaces(view).filter(({ name }) => !present.includes(name));
  const names = podNamespaces(view).map(({ name }) => name);
  const isCovered = ({ name }: PodNamespace): boolean => coveredBy(view, name, present) !== undefined;
  const uncovered = namespaces.filter(namespace => !isCovered(namespace)).map(({ name }) => name);
  const patterns = usefulPatterns(view, names).filter(pattern => matchedNames(pattern, uncovered).length > 0);
  return [
    ...namespaces
      .filter(namespace => !isCovered(namespace))
      .map(namespace => suggestNamespace(view, namespace)),
    ...patterns.map(pattern => ({
      form: 'text' as const,
      text: pattern,
      kind: 'pattern' as const,
      detail: `matches ${atMost(matchedNames(pattern, names), 3)}`,
    })),
    ...namespaces.filter(isCovered).map(namespace => ({
      ...suggestNamespace(view, namespace),
      detail: coveredBy(view, namespace.name, present) ?? '',
    })),
  ];
}

/** A whole entry of `registryCredentials`, to be filled in; `undefined` elsewhere. */
export function credentialBlocks(list: Path): readonly Suggestion[] | undefined {
  if (printPath(list) !== `${pullSecretsPath}.registryCredentials`) return undefined;
  const pairs = credentialKeys.map((key): readonly [string, Body] => [key, { kind: 'field', choices: [] }]);
  const text = credentialKeys.join(', ');
  return [{ form: 'block', text, kind: 'block', detail: 'new entry', body: { kind: 'map', pairs } }];
}

/**
 * Where the Secret of an entry may be, where one of its name is first, then Kyverno's own namespace and that of Argo CD;
 * `undefined` elsewhere.
 */
export function secretNamespaceSuggestions(view: StackView, path: Path): readonly Suggestion[] | undefined {
  const [key, index, name] = belowBlock(path) ?? [];
  if (key !== 'registryCredentials' || typeof index !== 'number' || name !== 'existingSecretNamespace')
    return undefined;
  const named = view.effective.value([...path.slice(0, -1), 'existingSecret']);
  const secret = typeof named === 'string' ? named : '';
  const own = kyvernoNamespace(view);
  const homes = namespacesOfSecret(view, secret);
  const first = [...homes, own, argoNamespace(view)];
  const rank = (namespace: PodNamespace): number => {
    const place = first.indexOf(namespace.name);
    return place < 0 ? first.length : place;
  };
  const known = podNamespaces(view).toSorted((a, b) => rank(a) - rank(b));
  const suggestions = known.map(namespace => {
    const suggestion = suggestNamespace(view, namespace);
    if (homes.includes(namespace.name)) return { ...suggestion, detail: `has ${secret}` };
    if (namespace.name === own) return { ...suggestion, detail: "Kyverno's own, used when none is set" };
    return suggestion;
  });
  // It may be where no Pods of deployKF are.
  const elsewhere = homes
    .filter(home => known.every(({ name }) => name !== home))
    .map(home => textSuggestion(home, 'namespace', `has ${secret}`));
  return [...distinct(elsewhere), ...suggestions];
}

/** The steps below the block; `undefined` outside of it. */
function belowBlock(path: Path): Path | undefined {
  if (!root.every((step, index) => path[index] === step)) return undefined;
  return path.slice(root.length);
}

function suggestNamespace(view: StackView, namespace: PodNamespace): Suggestion {
  return {
    form: 'text',
    text: namespace.name,
    kind: 'namespace',
    detail: describeNamespace(view, namespace),
  };
}

/** The components that live there come before those that only add a sidecar. */
function describeNamespace(view: StackView, { name, components, profile, exists }: PodNamespace): string {
  if (!exists) return 'not deployed';
  if (profile) return 'profile';
  if (name === argoNamespace(view)) return 'Argo CD';
  if (view.catalog.catalog.pullSecrets.ignoredNamespaces.includes(name))
    return 'Kubernetes, ignored by Kyverno anyway';
  const isHome = (path: string): boolean =>
    components.some(component => component.path === path && namespaceOf(view, component) === name);
  const sorted = components.toSorted((a, b) => Number(isHome(b.path)) - Number(isHome(a.path)));
  return atMost(
    sorted.map(({ title }) => title),
    3,
  );
}

/** Why a namespace need not be in the list; `undefined`: nothing covers it. */
function coveredBy(view: StackView, name: string, present: readonly string[]): string | undefined {
  if (name === kyvernoNamespace(view)) return "Kyverno's own, always excluded";
  const pattern = present.find(candidate => matchesWildcard(candidate, name));
  if (pattern === undefined) return undefined;
  return `covered by ${pattern}`;
}

/** Patterns that match several namespaces which belong together. */
function usefulPatterns(view: StackView, names: readonly string[]): readonly string[] {
  const families = ['kube-*', 'deploykf-*', 'kubeflow*'];
  const useful = families.filter(pattern => matchedNames(pattern, names).length > 1);
  const profiles = profilePattern(view, names);
  if (profiles !== undefined) useful.unshift(profiles);
  return [...new Set(useful)];
}

/**
 * The profile prefix, else what all profiles begin with up to a hyphen, and `*`; it must match profiles only.
 */
function profilePattern(view: StackView, names: readonly string[]): string | undefined {
  const profiles = profileNamespaces(view);
  const prefix = view.effective.value(
    'deploykf_core.deploykf_profiles_generator.profileDefaults.profileNamePrefix',
  );
  const start = typeof prefix === 'string' && prefix !== '' ? prefix : commonStart(profiles);
  if (start === '' || profiles.length === 0) return undefined;
  const isExact = matchedNames(`${start}*`, names).every(name => profiles.includes(name));
  if (!isExact) return undefined;
  return `${start}*`;
}

function commonStart([first = '', ...others]: readonly string[]): string {
  const ends = Array.from(first.matchAll(/-/g), match => match.index + 1).toReversed();
  const end = ends.find(at => others.every(name => name.startsWith(first.slice(0, at))));
  if (others.length === 0 || end === undefined) return '';
  return first.slice(0, end);
}
