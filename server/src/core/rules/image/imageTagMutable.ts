import { isMutableTag } from '../../image/mutableTag.ts';
import { splitImage, type SplitImage } from '../../image/splitImage.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Span } from '../../text/span.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { textAt } from './tagChanges.ts';
import type { Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A tag that names other images over time. */
export const imageTagMutable: ImageRule = {
  subject: 'image',
  code: 'image-tag-mutable',
  severity: 'info',
  doc: {
    summary:
      'A tag such as `latest` or `main`, or no tag at all in a string, names different images over time',
    why: [
      'Two nodes, or a mirror and its upstream, can hold different images under such a tag. An image',
      'string without a tag or digest means `latest`. A digest after the tag decides what is pulled, so',
      '`latest@sha256:…` is fine.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  tensorboards:\n    enabled: true\n    tensorboardImage: docker.io/tensorflow/tensorflow:latest\n',
    good: 'kubeflow_tools:\n  tensorboards:\n    enabled: true\n    tensorboardImage: docker.io/tensorflow/tensorflow:2.5.1\n',
  },
  check: (entry, view) => checkImage(view, entry),
};

function checkImage(view: StackView, entry: ImageEntry): readonly Report[] {
  if (!entry.enabled || entry.templated || entry.resolved.kind !== 'known') return [];
  if (entry.form === 'map') return checkTag(view, entry, entry.resolved.tag);
  const text = entry.value.winner.node.kind === 'scalar' ? entry.value.winner.node.value : undefined;
  // A chart completes a name without a tag.
  if (typeof text !== 'string' || text === '' || entry.rendered !== text) return [];
  return checkText(view, entry, text);
}

function checkTag(view: StackView, entry: ImageEntry, tag: string): readonly Report[] {
  const { keys, path, image, resolved } = entry;
  const isOwn =
    resolved.kind === 'known' && resolved.from === 'value' && image.tag.renderedFrom === undefined;
  if (!isOwn || !isMutableTag(tag) || tag === textAt(view, `${path}.tag`)) return [];
  return reportAt(writtenLocation(view, keys.tag), { message: messageOf(tag), path });
}

function checkText(view: StackView, entry: ImageEntry, text: string): readonly Report[] {
  const parts = splitImage(text);
  const { tag } = parts;
  if (parts.digest !== undefined || tag === '' || defaultTags(view, entry).includes(tag)) return [];
  if (tag !== undefined && !isMutableTag(tag)) return [];
  const place = writtenLocation(view, entry.value);
  const span = place && (tagSpan(entry.value.winner.written, parts) ?? place.span);
  const message = tag === undefined ? `No tag means ${messageOf('latest', ', which')}` : messageOf(tag);
  return reportAt(place && span && { ...place, span }, { message, path: entry.path });
}

function messageOf(tag: string, joint = ''): string {
  return `"${tag}"${joint} names different images over time: pin a version or a digest`;
}

/** The tags that the release itself has at this value: nobody is to blame for keeping them. */
function defaultTags({ catalog }: StackView, { image }: ImageEntry): readonly (string | undefined)[] {
  const value = catalog.defaultAt(image.path);
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.flatMap(text => {
    if (typeof text === 'string' && text !== '') return [splitImage(text).tag];
    return [];
  });
}

/** Where the tag is in a scalar that shows its value as it is; `undefined` for other scalars. */
function tagSpan(node: YamlNode, { tag, tagStart }: SplitImage): Span | undefined {
  if (node.kind !== 'scalar' || tag === undefined || tagStart === undefined) return undefined;
  const quote = { plain: 0, single: 1, double: 1, literal: -1, folded: -1, empty: -1 }[node.style];
  const isAsShown = quote >= 0 && node.span.end - node.span.start === String(node.value).length + 2 * quote;
  const start = node.span.start + quote + tagStart;
  if (!isAsShown) return undefined;
  return { start, end: start + tag.length };
}
