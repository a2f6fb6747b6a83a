import { resolveReference, resolveRepository, type ResolvedText } from '../catalog/tagRules.ts';
import { repositoryProblems, repairedRepository } from '../image/repository.ts';
import { referenceFlaws, repairedReference, repairedTag, tagFlaws, type TextFlaw } from '../image/referenceFlaws.ts';
import type { ImageEntry } from '../policy/images.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import { parsePath } from '../yaml/nodes.ts';
import { partSpan } from '../yaml/scalarPart.ts';
import { replaceScalar } from '../yaml/write.ts';
import { placeOf, reportAt, writtenAt } from './place.ts';
import type { Change, Fix, Report, StackRule } from './types.ts';

/** A repository, a tag or a whole image that is no legal reference. */
export const imageReferenceInvalid: StackRule = {
  scope: 'stack',
  code: 'image-reference-invalid',
  severity: 'error',
  doc: {
    summary: 'A repository, a tag or a whole image that is no legal reference',
    why: [
      'deployKF copies the text into the manifests as it is. Kubernetes then answers `InvalidImageName` and no Pod starts: no',
      'scheme (`https://`, `docker://`), no upper case in the path, no `/` at an end, no white space, a port from 1 to 65535,',
      'at most 255 characters of path and 128 of tag. A `repository` that is null does not bring the default back: the text',
      '`nil` is rendered in its place.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: https://registry.example.com/dexidp/dex/\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/dexidp/dex\n',
    fix: 'Writes the one reference that was surely meant, and leaves alone what could be meant in several ways.',
  },
  check: view => view.images.filter(entry => !entry.templated).flatMap(checkEntry),
};

function checkEntry(entry: ImageEntry): readonly Report[] {
  if (entry.form === 'map') return [...checkRepository(entry), ...checkTag(entry)];
  const text = textOf(entry.at);
  if (text === undefined || text === '')
    return checkUnset(entry, entry.at, [resolveReference(entry.image.tag, text ?? null)]);
  return report(entry, entry.at, {
    flaws: referenceFlaws(text),
    repaired: repairedReference(text),
    path: entry.path,
  });
}

function checkRepository(entry: ImageEntry): readonly Report[] {
  const value = entry.keys.repository;
  const text = textOf(value);
  if (text === undefined || text === '') {
    const rules = [
      entry.image.repository,
      ...(entry.image.secondPlace === undefined ? [] : [entry.image.secondPlace.repository]),
    ];
    return checkUnset(
      entry,
      value,
      rules.map(rule => resolveRepository(rule, text ?? null)),
    );
  }
  return report(entry, value, {
    // A tag or digest in a repository is image-repository-has-tag.
    flaws: repositoryProblems(text).filter(({ kind }) => kind !== 'tag' && kind !== 'digest'),
    repaired: repairedRepository(text),
    path: `${entry.path}.repository`,
  });
}

function checkTag(entry: ImageEntry): readonly Report[] {
  const text = textOf(entry.keys.tag);
  if (text === undefined || text === '') return [];
  return report(entry, entry.keys.tag, {
    flaws: tagFlaws(text),
    repaired: repairedTag(text),
    path: `${entry.path}.tag`,
  });
}

/** The text of a value; `undefined` for anything else, such as null. */
function textOf(value: EffectiveValue | undefined): string | undefined {
  const node = value?.winner.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Null and "" where the templates put nothing good in their place. */
function checkUnset(
  entry: ImageEntry,
  value: EffectiveValue | undefined,
  outcomes: readonly ResolvedText[],
): readonly Report[] {
  const node = value?.winner.node;
  const isUnset = node?.kind === 'scalar' && (node.type === 'null' || node.value === '');
  const outcome = outcomes.find(candidate => candidate.kind === 'literal');
  if (value === undefined || !isUnset || outcome === undefined) return [];
  const isMap = entry.form === 'map';
  const tag = isMap && entry.resolved.kind === 'known' ? `:${entry.resolved.tag}` : '';
  const rendered = `${outcome.text}${tag}`;
  const says = rendered === '' ? 'No image is left to pull' : `"${rendered}" will be pulled`;
  const hides = `${node.type === 'null' ? 'null' : 'an empty text'} hides the default${isMap ? ' repository' : ''}`;
  const path = isMap ? `${entry.path}.repository` : entry.path;
  const fixes = entry.form === 'item' ? [] : [removal(value.winner, path)];
  return reportAt(writtenAt(value), { message: `${says}: ${hides}, remove the line or write one`, path, fixes });
}

function removal({ layer }: Contribution, path: string): Fix {
  const changes = (): readonly Change[] => [{ kind: 'remove', layer, path: parsePath(path).map(String) }];
  return { title: 'Remove the line', applies: 'choice', changes };
}

interface Flawed {
  readonly flaws: readonly TextFlaw[];
  readonly repaired: string | undefined;
  readonly path: string;
}

function report(entry: ImageEntry, value: EffectiveValue | undefined, flawed: Flawed): readonly Report[] {
  const place = value && placeOf(value.winner);
  if (value === undefined || place === undefined) return [];
  const { layer, written } = value.winner;
  const fixes = flawed.repaired === undefined ? [] : [repair(entry, value.winner, flawed.repaired, flawed.path)];
  return flawed.flaws.map(({ message, start, end }) => {
    const span = written.kind === 'scalar' ? partSpan(layer.file?.text ?? '', written, { start, end }) : place.span;
    return { message: sentence(message), uri: place.uri, span, path: flawed.path, fixes };
  });
}

function sentence(message: string): string {
  return message.slice(0, 1).toUpperCase() + message.slice(1);
}

function repair(entry: ImageEntry, { layer, written }: Contribution, text: string, path: string): Fix {
  const title = `Write ${text}`;
  if (entry.form !== 'item')
    return {
      title,
      applies: 'all',
      changes: () => [{ kind: 'set', layer, path: parsePath(path).map(String), value: text }],
    };
  const edit = written.kind === 'scalar' ? replaceScalar(written, text) : undefined;
  const uri = layer.file?.uri ?? '';
  return { title, applies: 'all', changes: () => (edit === undefined ? [] : [{ kind: 'edit', uri, edits: [edit] }]) };
}
