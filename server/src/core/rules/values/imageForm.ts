import type { StackView } from '../../analysis/stackView.ts';
import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import type { CatalogImage } from '../../catalog/types.ts';
import { referenceProblems } from '../../image/referenceProblems.ts';
import { splitImage } from '../../image/splitImage.ts';
import type { Span } from '../../text/span.ts';
import { formatFlow } from '../../yaml/format.ts';
import { resolved } from '../../yaml/lookup.ts';
import { keyText, type YamlNode } from '../../yaml/nodes.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { isShownElsewhere } from '../image/everywhere.ts';
import { isShared } from '../image/rewriteChanges.ts';
import { kindOf } from './kindOf.ts';
import { isLeftToTemplates } from './isLeftToTemplates.ts';
import { effectOf, effectOnImage, isRead } from './needed.ts';
import { locationOfKey } from './locationOfKey.ts';

const kindOfForm = { map: 'map', string: 'scalar', list: 'seq' } as const;

/** Whether an image value, or what is below one, is of the form that is wanted, whoever reads it. */
export function isImageFine(image: CatalogImage, printed: string, node: YamlNode): boolean {
  if (printed !== image.path) return isPartFine(image, printed, node);
  return node.kind === kindOfForm[image.form] && image.reader === undefined;
}

/** What stands for an image: a map, a string or a list of strings, and strings below a map. */
export function imageReport(view: StackView, key: WrittenKey, image: CatalogImage): readonly Report[] {
  const node = key.pair.value;
  const place = locationOfKey(key);
  if (key.printed !== image.path) return partReport(view, key, image);
  if (node.kind === kindOfForm[image.form]) return readReports(view, key, image);
  const name = `"${key.printed}"`;
  switch (image.form) {
    case 'map': {
      const { severity, text } = effectOf(view, key.printed, 'map');
      const message = `${name} must be a map of repository and tag, not ${kindOf(node)}${text}`;
      return [{ ...place, severity, message, fixes: splitFix(key) }];
    }
    case 'string': {
      const { severity, text } = effectOnImage(view, image, 'no valid image is deployed');
      const message = `${name} must be one string, repository:tag, not ${kindOf(node)}${text}`;
      return [{ ...place, severity, message, fixes: joinFix(key, node) }];
    }
    case 'list': {
      const { severity, text } = effectOnImage(view, image, 'no valid list is deployed');
      const message = `${name} must be a list of images, not ${kindOf(node)}${text}`;
      return [{ ...place, severity, message, fixes: listFix(key) }];
    }
  }
}

/** What the program that reads the value as YAML cannot use; where templates print it, numbers are texts. */
function readReports(view: StackView, key: WrittenKey, image: CatalogImage): readonly Report[] {
  const { reader } = image;
  const node = key.pair.value;
  if (reader === undefined || !isRead(view, image)) return [];
  const say = (path: string, what: YamlNode): string =>
    `"${path}" must be one string, repository:tag, not ${kindOf(what)}: ${reader} fails`;
  if (node.kind !== 'seq') {
    if (isText(node) || (node.kind === 'scalar' && node.type === 'null')) return [];
    return [{ ...locationOfKey(key), severity: 'error', message: say(key.printed, node) }];
  }
  return node.items.flatMap((item, index) => {
    const value = resolved(item, key.layer.anchors);
    if (value === undefined || isText(value) || isLeftToTemplates(key.layer, value)) return [];
    const path = `${key.printed}[${index}]`;
    const fixes = value === item ? joinFix(key, value) : [];
    return [
      {
        uri: key.uri,
        span: firstLineSpan(item),
        path,
        severity: 'error' as const,
        message: say(path, value),
        fixes,
      },
    ];
  });
}

function isText(node: YamlNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

/** A map in block style goes over several lines: its first key. */
function firstLineSpan(node: YamlNode): Span {
  const first = node.kind === 'map' && !node.flow ? node.pairs[0]?.key : undefined;
  return first?.span ?? node.span;
}

function isPartFine(image: CatalogImage, printed: string, node: YamlNode): boolean {
  const isName = printed === `${image.path}.repository`;
  // Numbers as tags have a rule of their own.
  return image.form !== 'map' || (node.kind === 'scalar' && (!isName || node.type === 'string'));
}

function partReport(view: StackView, key: WrittenKey, image: CatalogImage): readonly Report[] {
  const node = key.pair.value;
  if (isPartFine(image, key.printed, node)) return [];
  const { severity, text } = effectOnImage(view, image, 'no valid image is deployed');
  const message = `"${key.printed}" must be a string, not ${kindOf(node)}${text}`;
  return [{ ...locationOfKey(key), severity, message }];
}

/** A string as the map that it should be: with repository and tag, or a repository alone; none for other strings. */
function splitFix({ layer, pair: { value }, path }: WrittenKey): readonly Fix[] {
  if (isShared(layer, path)) return [];
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || referenceProblems(value.value).length > 0)
    return [];
  const { repository, repositoryEnd } = splitImage(value.value);
  const tag = value.value.slice(repositoryEnd + 1);
  const mark = value.value[repositoryEnd];
  if (mark === undefined && repository.includes('/')) {
    const changes: Fix['changes'] = () => [{ kind: 'set', layer, path, value: { repository } }];
    return [{ title: 'Write it as the repository', applies: 'all', changes }];
  }
  if (tag === '' || mark !== ':') return [];
  return [
    {
      title: 'Split into repository and tag',
      applies: 'all',
      changes: () => [{ kind: 'set', layer, path, value: { repository, tag } }],
    },
  ];
}

/** A map of a repository and a tag as the one string that it should be. */
function joinFix({ layer, uri }: WrittenKey, value: YamlNode): readonly Fix[] {
  if (value.kind !== 'map' || layer.file === undefined) return [];
  if (isShownElsewhere({ layer, node: value })) return [];
  const texts = new Map(value.pairs.map(({ key, value: part }) => [keyText(key), stringOf(part)]));
  const [repository, tag] = [texts.get('repository'), texts.get('tag')];
  if (!value.flow || repository === undefined || tag === undefined || texts.size !== 2) return [];
  const text = `${repository}:${tag}`;
  if (referenceProblems(text).length > 0) return [];
  return [
    {
      title: `Write ${text}`,
      applies: 'choice',
      changes: () => [{ kind: 'edit', uri, edits: [{ span: value.span, newText: formatFlow(text) }] }],
    },
  ];
}

/** One image as a list of one. */
function listFix({ layer, pair: { value }, path }: WrittenKey): readonly Fix[] {
  if (isShared(layer, path)) return [];
  const text = stringOf(value);
  if (text === undefined || text === '' || referenceProblems(text).length > 0) return [];
  return [
    {
      title: 'Make it a list of one image',
      applies: 'all',
      changes: () => [{ kind: 'set', layer, path, value: [text] }],
    },
  ];
}

function stringOf(node: YamlNode): string | undefined {
  if (node.kind === 'scalar' && node.type === 'string') return node.source;
  return undefined;
}
