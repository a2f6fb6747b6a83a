import type { Component } from '../../catalog/types.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { splitRepository } from '../../policy/target.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { sayList } from '../../text/list.ts';
import { knowsOverrides, nearestLocation, reportAt } from '../../findings/location.ts';
import { addOverrides, isOverridable } from './overrides.ts';
import { imageLabel, lacksOverride } from './rewriteChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** Images that stay public because no layer overrides them. */
export const imageNotOverridden: ComponentRule = {
  subject: 'component',
  code: 'image-not-overridden',
  severity: 'warning',
  doc: {
    summary: 'Images of an enabled component are still public, and no layer overrides them',
    why: [
      'An image that no values file names is pulled from its default registry. With a registry policy',
      'that maps it, this is a forgotten image: it cannot be pulled in a cluster without access to the',
      'public registry. There is one finding per component, at the nearest key that the strongest values',
      'file has. The rule is silent while a values file does not parse or is not here, since it is then unknown',
      'what is missing.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  katib:\n    enabled: true\n',
    good: [
      'kubeflow_tools:',
      '  katib:',
      '    enabled: true',
      '    images:',
      '      katibController:',
      '        repository: registry.example.com/kubeflowkatib/katib-controller',
      '      katibDbManager:',
      '        repository: registry.example.com/kubeflowkatib/katib-db-manager',
      '      katibUi:',
      '        repository: registry.example.com/kubeflowkatib/katib-ui',
      '',
    ].join('\n'),
    fix: 'Adds every missing override of the component: only the repository of a map, a string with its tag, a list as a whole.',
    registry: {
      rules: [{ source: 'docker.io/kubeflowkatib', target: 'registry.example.com/kubeflowkatib' }],
    },
  },
  check: (component, view) => {
    if (view.policy === undefined || !knowsOverrides(view)) return [];
    return checkComponent(view, component);
  },
};

function checkComponent(view: StackView, component: Component): readonly Report[] {
  const images = view.imagesOf(component).filter(entry => entry.repository !== undefined);
  const missing = images.filter(lacksOverride);
  if (missing.length === 0) return [];
  const place = nearestLocation(view, component.path);
  const it = missing.length === 1 ? 'it' : 'them';
  const message = `${component.path}: ${count(missing.length, images.length)} from ${registries(missing)}, no layer overrides ${it} (${names(missing)})`;
  return reportAt(place, {
    message,
    path: component.path,
    images: missing.flatMap(({ canonical }) => canonical ?? []),
    fixes: fixes(view, component, missing),
  });
}

function count(missing: number, all: number): string {
  if (all === 1) return '1 of 1 image still comes';
  return `${missing} of ${all} images still ${missing === 1 ? 'comes' : 'come'}`;
}

function registries(entries: readonly ImageEntry[]): string {
  const all = [...new Set(entries.flatMap(({ canonical }) => canonical ?? []))].map(
    canonical => splitRepository(canonical).registry,
  );
  return sayList([...new Set(all)]);
}

function names(entries: readonly ImageEntry[]): string {
  const all = [...new Set(entries.map(entry => imageLabel(entry).replace(/\[\d+\]$/, '')))];
  const shown = all.slice(0, 3).join(', ');
  if (all.length > 3) return `${shown}, …`;
  return shown;
}

function fixes(view: StackView, component: Component, missing: readonly ImageEntry[]): readonly Fix[] {
  const layer = view.ownLayer;
  if (layer === undefined) return [];
  const addable = missing.filter(image => isOverridable(view, layer, image));
  if (addable.length === 0) return [];
  const what = addable.length === 1 ? 'the missing override' : `${addable.length} missing overrides`;
  return [
    {
      title: `Add ${what} of ${component.path} to ${layer.label}`,
      applies: 'all',
      changes: () => addOverrides(view, layer, addable),
    },
  ];
}
