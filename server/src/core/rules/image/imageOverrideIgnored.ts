import type { CatalogImage, Component } from '../../catalog/types.ts';
import { isUnset } from '../../go/print.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../../stack/effective.ts';
import { aboutImages } from '../../findings/aboutImages.ts';
import { ownKeyLocationOf, reportAt, userSay, writtenLocation } from '../../findings/location.ts';
import { isShownElsewhere } from './everywhere.ts';
import { pullPolicyUse } from './pullPolicy.ts';
import { imageLabel, isShared, keyPath, rewriteWritten, textPath } from './rewriteChanges.ts';
import { textAt } from './tagChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** Values of images that the release's templates do not honour, or only half. */
export const imageOverrideIgnored: ComponentRule = {
  subject: 'component',
  code: 'image-override-ignored',
  severity: 'warning',
  doc: {
    summary: 'A value of an image that the templates do not use as written',
    why: [
      'Not every image value does what its name says. The tag of `notebookController` only switches',
      'another one on: the tag of `jupyterWebApp` is rendered for both, and `nil` where that is not set',
      "(an error). Some pull policies are not rendered at all. Istio's chart takes a repository without",
      '`/` for a bare name and adds a registry and a second tag (an error). What a component has in its',
      '`valuesOverrides` wins over its image values. The images of a disabled component are not',
      'deployed, which is only a hint.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  notebooks:\n    enabled: true\n    images:\n      notebookController:\n        tag: v1.8.0\n',
    good: [
      'kubeflow_tools:',
      '  notebooks:',
      '    enabled: true',
      '    images:',
      '      jupyterWebApp:',
      '        tag: v1.8.0',
      '      notebookController:',
      '        tag: v1.8.0',
      '',
    ].join('\n'),
    fix: 'Offers to set the value that is really used, or to remove the one that is not.',
  },
  check: (component, view) => {
    if (!view.isEnabled(component)) return checkDisabled(view, component);
    const own = view.imagesOf(component);
    const first = own.filter(({ override, path, image }) => override !== undefined && path === image.path);
    const overridden = first.flatMap(({ image }) => checkOverridden(view, image, own));
    const others = own
      .filter(({ templated, form }) => !templated && form === 'map')
      .flatMap(entry =>
        aboutImages(
          [entry],
          [...checkTag(view, entry), ...checkPullPolicy(view, entry), ...checkSlash(view, entry)],
        ),
      );
    return [...overridden, ...others];
  },
};

/** A key of an image value without effect, since all of the chart's places read another one below `valuesOverrides`. */
function checkOverridden(
  view: StackView,
  image: CatalogImage,
  own: readonly ImageEntry[],
): readonly Report[] {
  const places = own.filter(entry => entry.image === image).map(({ override }) => override);
  return ['repository', 'tag', 'pullPolicy'].flatMap(key => {
    const path = `${image.path}.${key}`;
    const value = view.effective.at(path);
    if (value === undefined || !places.every(place => takesOver(view, place, key))) return [];
    const message = `${path} has no effect: "${places[0]}" wins in what Helm renders`;
    return reportAt(writtenLocation(view, value), { message, path, fixes: removal(value.winner, path) });
  });
}

/** A text in place of a map takes over all keys. */
function takesOver({ effective }: StackView, place: string | undefined, key: string): boolean {
  if (place === undefined) return false;
  const isText = effective.at(place)?.winner.node.kind === 'scalar';
  return isText || effective.at(`${place}.${key}`) !== undefined;
}

function checkTag(view: StackView, entry: ImageEntry): readonly Report[] {
  const from = entry.image.tag.renderedFrom;
  const value = entry.keys.tag;
  const node = value?.winner.node;
  if (from === undefined || value === undefined || node?.kind !== 'scalar' || isUnset(node.value)) return [];
  const { resolved, rendered } = entry;
  if (resolved.kind === 'unknown' || rendered === undefined) return [];
  const used = resolved.kind === 'known' ? resolved.tag : resolved.text;
  if (used === node.source) return [];
  const isBroken = resolved.kind === 'literal';
  const fact = `${view.stack.release} renders "${from}" instead of this tag${isBroken ? ', which is not set' : ''}`;
  const path = `${entry.path}.tag`;
  return reportAt(writtenLocation(view, value), {
    message: `"${lastPart(rendered)}" will be pulled: ${fact}`,
    path,
    severity: isBroken ? 'error' : 'warning',
    fixes: [...setOther(view, { from, value, text: node.source }), ...removal(value.winner, path)],
  });
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

interface Other {
  readonly from: string;
  readonly value: EffectiveValue;
  readonly text: string;
}

/** In the layer that has the last word about the other tag, else beside this one. */
function setOther(view: StackView, { from, value, text }: Other): readonly Fix[] {
  const written = userSay(view.effective.at(from));
  const isBlock = written?.written.kind === 'scalar' && /literal|folded/.test(written.written.style);
  const { layer } = written ?? value.winner;
  const path = textPath(from);
  if (isBlock || isShared(layer, path)) return [];
  return [
    {
      title: `Set "${from}" to ${text}, too`,
      applies: 'choice',
      changes: () => [{ kind: 'set', layer, path, value: text }],
    },
  ];
}

function removal({ layer, inherited, inText }: Contribution, text: string): readonly Fix[] {
  const path = textPath(text);
  if (inherited || inText !== undefined || isShared(layer, path)) return [];
  return [{ title: 'Remove the line', applies: 'choice', changes: () => [{ kind: 'remove', layer, path }] }];
}

function checkPullPolicy(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = entry.keys.pullPolicy;
  const path = keyPath(view, entry, 'pullPolicy');
  const use = pullPolicyUse(view, entry);
  if (value === undefined || (use !== 'ignored' && use !== 'absent') || saysDefault(view, path, value))
    return [];
  return reportAt(writtenLocation(view, value), {
    message: `${pullPolicyFact(view, entry, use)}: remove the line`,
    path,
    fixes: removal(value.winner, path),
  });
}

/** A copy of the release's own line does no harm. */
function saysDefault({ catalog }: StackView, path: string, { winner: { node } }: EffectiveValue): boolean {
  return node.kind === 'scalar' && node.value === catalog.defaultAt(path);
}

function pullPolicyFact(
  { stack, effective }: StackView,
  { image, path }: ImageEntry,
  use: 'ignored' | 'absent',
): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (use === 'absent') return `${stack.release} has no pull policy for ${name}, this one is not rendered`;
  const since = image.pullPolicySince;
  const version = since && effective.value(since.path);
  if (since === undefined || typeof version !== 'string')
    return `${stack.release} ignores the pull policy of ${name}`;
  return `The chart version ${version} ignores the pull policy of ${name}, ${since.version} is the first that does not`;
}

function checkSlash(view: StackView, entry: ImageEntry): readonly Report[] {
  const { image, repository, rendered, keys } = entry;
  const value = keys.repository;
  if (image.repository.needsSlash !== true || value === undefined || isTemplated(value)) return [];
  if (repository === undefined || repository === '' || repository.includes('/')) return [];
  const known = textAt(view, `${image.path}.repository`);
  const fixes: Fix[] = [];
  if (known !== undefined && lastPart(known) === repository && !isShownElsewhere(value.winner)) {
    const change = rewriteWritten(value.winner, known);
    if (change !== undefined)
      fixes.push({ title: `Write ${known}`, applies: 'choice', changes: () => [change] });
  }
  return reportAt(writtenLocation(view, value), {
    message: `"…/${rendered ?? repository}:…" will be pulled: without a "/" the chart adds a registry and a second tag, write the whole repository`,
    path: `${entry.path}.repository`,
    severity: 'error',
    fixes,
  });
}

/** One finding per component, at the `images` key of the strongest layer that has one. */
function checkDisabled(view: StackView, component: Component): readonly Report[] {
  const path = `${component.path}.images`;
  const written = userSay(view.effective.at(path));
  // A layer that is not to be had may enable it.
  if (view.stack.missing !== undefined) return [];
  if (written?.node.kind !== 'map' || written.node.pairs.length === 0) return [];
  const names = view
    .imagesOf(component)
    .filter(entry => entry.form === 'map' && userSay(entry.value) !== undefined)
    .map(imageLabel);
  if (names.length === 0) return [];
  const what = names.length === 1 ? 'this image is' : `these ${names.length} images are`;
  const message = `${component.path} is disabled, so ${what} not deployed`;
  return reportAt(ownKeyLocationOf(written), { message, path, severity: 'hint', tag: 'unnecessary' });
}
