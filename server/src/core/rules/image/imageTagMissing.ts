import { normalizeReference } from '../../image/reference.ts';
import { splitImage } from '../../image/splitImage.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { rewriteReference } from '../../policy/rewrite.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../../stack/effective.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { holdsEverywhere, isTextKey } from './everywhere.ts';
import { isShared, keyPath, textPath } from './rewriteChanges.ts';
import { replaceScalarText } from './scalarChanges.ts';
import { isUnsetText, pullsUnpublished, textAt } from './tagChanges.ts';
import { unsetRepository } from './unsetRepository.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A tag, or a whole image, that was emptied although the template needs it. */
export const imageTagMissing: ImageRule = {
  subject: 'image',
  code: 'image-tag-missing',
  severity: 'error',
  doc: {
    summary: 'A tag is null or empty where the template has no good fallback',
    why: [
      'Many images of deployKF get their tag from the values alone: the template writes null as the text',
      '`nil`, and `dex:` for an empty string. Some Kubeflow images fall back to a tag that was never',
      'published in the default repository. In each case the Pods cannot pull their image. Images whose',
      'chart has a tag do not need one, and are not reported.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ~\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: v2.39.1\n',
    fix: "Removes the line, so that the release's own tag applies again, or offers to write that tag.",
  },
  check: (entry, view) => checkImage(view, entry),
};

function checkImage(view: StackView, entry: ImageEntry): readonly Report[] {
  if (!entry.enabled || entry.templated) return [];
  if (entry.form === 'map') {
    if (isUnsetText(entry.keys.tag)) return checkTag(view, entry);
    return [];
  }
  if (!isUnsetText(entry.value) || entry.resolved.kind !== 'literal' || entry.rendered === undefined)
    return [];
  return report(view, entry, lackOf(view, entry, entry.rendered));
}

function checkTag(view: StackView, entry: ImageEntry): readonly Report[] {
  const { resolved, keys, repository } = entry;
  if (resolved.kind === 'literal') {
    // Without the line it would be as invalid: image-repository-has-tag says what is.
    const { tag, digest } = splitImage(repository ?? '');
    if (tag !== undefined || digest !== undefined) return [];
    const rendered = `${lastName(entry)}:${resolved.text}`;
    const isWritten = writtenLocation(view, keys.tag) !== undefined;
    // Where the repository is unset, too, image-reference-invalid says both.
    if (isWritten && unsetRepository(view, entry) !== undefined) return [];
    if (isWritten) return report(view, entry, lackOf(view, entry, rendered));
    return checkParts(view, entry, rendered);
  }
  if (resolved.kind !== 'known' || !pullsUnpublished(view, entry)) return [];
  return report(
    view,
    entry,
    `"${lastName(entry)}:${resolved.tag}" will be pulled, which was never published`,
  );
}

function lastName({ repository, path }: ImageEntry): string {
  return (repository ?? path.replaceAll('.', '/')).split('/').at(-1) ?? '';
}

function lackOf(view: StackView, entry: ImageEntry, rendered: string): string {
  const what = entry.form === 'map' ? 'tag' : 'image';
  const where = entry.component.kind === 'helm' ? 'chart' : 'kustomization';
  return `${outcome(rendered)}: the ${where} of ${view.stack.release} has no default for this ${what}`;
}

function outcome(rendered: string): string {
  if (rendered === '') return 'An empty image will be deployed';
  if (normalizeReference(rendered).reference === undefined)
    return `"${rendered}" will be deployed, which is not a valid image`;
  return `"${rendered}" will be pulled`;
}

function report(view: StackView, entry: ImageEntry, problem: string): readonly Report[] {
  const value = entry.form === 'map' ? entry.keys.tag : entry.value;
  if (value === undefined) return [];
  const removals = removal(value, pathToSet(view, entry));
  const separator = problem.includes(': ') ? ', ' : ': ';
  const remedy = removals.length > 0 ? 'remove the line or set one' : 'set one';
  return reportAt(writtenLocation(view, value), {
    message: problem + separator + remedy,
    path: entry.path,
    fixes: [...removals, ...setting(view, entry, value)],
  });
}

/** What says which tag: the key of a map, or the whole text. */
function pathToSet(view: StackView, entry: ImageEntry): string {
  if (entry.form === 'map') return keyPath(view, entry, 'tag');
  return entry.path;
}

/** Removing helps where the next weaker layer has a text; only the release's own is certainly the right one. */
function removal({ winner, all }: EffectiveValue, text: string): readonly Fix[] {
  const { layer, written, pair, inherited } = winner;
  const next = all[1];
  const path = textPath(text);
  if (pair === undefined || inherited || written.anchor !== undefined || isShared(layer, path)) return [];
  if (next?.node.kind !== 'scalar' || next.node.type !== 'string' || next.node.value === '') return [];
  const isDefault = next.layer.file === undefined;
  const fact = `${next.layer.label} ${isDefault ? 'have' : 'has'} "${next.node.source}"`;
  return [
    {
      title: `Remove the line: ${fact}`,
      applies: isDefault ? 'all' : 'choice',
      changes: () => [{ kind: 'remove', layer, path }],
    },
  ];
}

function setting(view: StackView, entry: ImageEntry, value: EffectiveValue): readonly Fix[] {
  const text = textAt(view, entry.form === 'map' ? `${entry.image.path}.tag` : entry.path);
  const path = textPath(pathToSet(view, entry));
  const { layer, inherited, inText } = value.winner;
  const isElsewhere = inherited || inText !== undefined;
  if (text === undefined || entry.form === 'item' || isElsewhere || isShared(layer, path)) return [];
  let wanted = text;
  if (entry.form === 'string' && view.policy !== undefined) {
    const mapped = rewriteReference(view.policy, text);
    if (mapped.kind === 'rewritten') wanted = mapped.reference;
  }
  return [
    {
      title: `Set ${wanted}`,
      applies: 'choice',
      changes: () => [{ kind: 'set', layer, path, value: wanted }],
    },
  ];
}

/** The tag is composed of other values: those are to blame that a user set to something that is not a text. Each is said once, for the first image. */
function checkParts(view: StackView, entry: ImageEntry, rendered: string): readonly Report[] {
  if (entry.image.tag.renderedFrom !== undefined) return [];
  return entry.resolved.parts.flatMap(part => {
    const value = view.effective.at(part.path);
    const place = writtenLocation(view, value);
    const node = value?.winner.written;
    if (place === undefined || typeof part.value === 'string' || node?.kind !== 'scalar') return [];
    // Without a version of the chart nothing is rendered at all: chart-reference-invalid says so.
    const isSaid = part.value === null && isChartVersion(view, part.path);
    if (isSaid || firstWithPart(view, part.path) !== entry) return [];
    const problem = `${outcome(rendered)}: this value is part of the tag`;
    if (part.value === null)
      return reportAt(place, { message: `${problem}, remove the line or set it`, path: entry.path });
    const isRight = value !== undefined && holdsEverywhere(view, value.winner, at => isTextKey(view, at));
    const fixes = isRight ? quote(value.winner, node) : [];
    return reportAt(place, { message: `${problem}, quote it`, path: entry.path, fixes });
  });
}

/** The first image that is deployed with a tag of which a value is a part. */
function firstWithPart(view: StackView, path: string): ImageEntry | undefined {
  return view.images.find(
    ({ enabled, templated, form, keys, resolved }) =>
      enabled &&
      !templated &&
      form === 'map' &&
      isUnsetText(keys.tag) &&
      resolved.kind === 'literal' &&
      resolved.parts.some(part => part.path === path),
  );
}

function isChartVersion({ catalog: { catalog } }: StackView, path: string): boolean {
  return catalog.derived !== true && catalog.charts.some(chart => path === `${chart.path}.version`);
}

function quote(part: Contribution, { source }: YamlScalar): readonly Fix[] {
  const newText = `"${source}"`;
  const change = replaceScalarText(part, newText);
  if (change === undefined) return [];
  return [{ title: `Quote the value: ${newText}`, applies: 'all', changes: () => [change] }];
}
