import { printAsGo } from '../go/print.ts';
import type { Component } from '../catalog/types.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isRecord } from '../yaml/value.ts';

export const kyvernoPath = 'deploykf_dependencies.kyverno';

const profilesPath = 'deploykf_core.deploykf_profiles_generator';

/** A namespace of a deployed stack. */
export interface PodNamespace {
  readonly name: string;
  /** The enabled components whose images are pulled by Pods there; Istio's too where its sidecars run. */
  readonly components: readonly Component[];
  /** Made for one of `profiles[]`. */
  readonly profile: boolean;
  /** Whether it is there with the components that are enabled. */
  readonly exists: boolean;
}

/** The namespaces of a stack: those of the cluster, of every component, enabled or not, and of the profiles. */
export function podNamespaces(view: StackView): readonly PodNamespace[] {
  return view.memo(listNamespaces);
}

function listNamespaces(view: StackView): readonly PodNamespace[] {
  const { components, pullSecrets } = view.catalog.catalog;
  const profiles = profileNamespaces(view);
  const fixed = [argoNamespace(view), ...pullSecrets.ignoredNamespaces];
  const existing = new Set([
    ...fixed,
    ...components
      .filter(component => view.isEnabled(component))
      .map(component => namespaceOf(view, component)),
    ...profiles,
  ]);
  const names = new Set([
    ...fixed,
    ...components.map(component => namespaceOf(view, component)),
    ...profiles,
  ]);
  const pulling = pullingComponents(view);
  return [...names].map(name => ({
    name,
    components: existing.has(name) ? [...(pulling.get(name) ?? [])] : [],
    profile: profiles.includes(name),
    exists: existing.has(name),
  }));
}

/** The namespace that a component is deployed to, as effective. */
export function namespaceOf(view: StackView, component: Component): string {
  const value =
    component.namespacePath === undefined ? undefined : view.effective.value(component.namespacePath);
  const isName = (typeof value === 'string' && value !== '') || typeof value === 'number';
  if (isName) return printAsGo(value);
  return component.namespace;
}

/** Kyverno's own namespace, which the policy always excludes. */
export function kyvernoNamespace(view: StackView): string {
  const component = view.catalog.componentAt(kyvernoPath);
  if (component === undefined) return 'kyverno';
  return namespaceOf(view, component);
}

/** Whether Kyverno, and with it the policy, is generated. */
export function isKyvernoEnabled(view: StackView): boolean {
  const component = view.catalog.componentAt(kyvernoPath);
  return component === undefined || view.isEnabled(component);
}

/** Where Argo CD runs. */
export function argoNamespace(view: StackView): string {
  const value = view.effective.value('argocd.namespace');
  return typeof value === 'string' && value !== '' ? value : 'argocd';
}

/** `profileNamePrefix` and `name` of every profile in the values. */
export function profileNamespaces(view: StackView): readonly string[] {
  return view.memo(listProfiles);
}

function listProfiles(view: StackView): readonly string[] {
  const prefix = view.effective.value(`${profilesPath}.profileDefaults.profileNamePrefix`);
  const profiles = view.effective.value(`${profilesPath}.profiles`);
  if (!Array.isArray(profiles)) return [];
  const names = profiles.flatMap(profile => {
    const name = isRecord(profile) ? profile.name : undefined;
    if (typeof name === 'string' || typeof name === 'number') return [printAsGo(name)];
    return [];
  });
  return [...new Set(names.map(name => `${typeof prefix === 'string' ? prefix : ''}${name}`))];
}

/** The namespaces that a catalog's `namespaces` stand for: names, `{value.path}` and `{profiles}`. */
export function expandNamespaces(view: StackView, templates: readonly string[]): readonly string[] {
  const known = view.memo(expansions);
  const names = templates.flatMap(template => {
    const expanded = known.get(template) ?? expandOne(view, template);
    known.set(template, expanded);
    return expanded;
  });
  return [...new Set(names)];
}

/** The same few are asked for by hundreds of images. */
function expansions(): Map<string, readonly string[]> {
  return new Map();
}

function expandOne(view: StackView, template: string): readonly string[] {
  if (template === '{profiles}') return profileNamespaces(view);
  const path = /^\{(.+)\}$/.exec(template)?.[1];
  if (path === undefined) return [template];
  const owner = view.catalog.catalog.components.find(component => component.namespacePath === path);
  if (owner === undefined) return [];
  return [namespaceOf(view, owner)];
}

function pullingComponents(view: StackView): ReadonlyMap<string, ReadonlySet<Component>> {
  const found = new Map<string, Set<Component>>();
  for (const image of view.catalog.catalog.images) {
    const component = view.catalog.componentAt(image.component);
    if (component === undefined || !view.isEnabled(component)) continue;
    for (const name of expandNamespaces(view, image.namespaces)) {
      found.set(name, (found.get(name) ?? new Set()).add(component));
    }
  }
  return found;
}
