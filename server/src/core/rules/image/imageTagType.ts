import { tagProblems } from '../../image/referenceProblems.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { isMisread } from '../../analysis/imageDraft.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution } from '../../stack/effective.ts';
import type { ScalarType, YamlScalar } from '../../yaml/nodes.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { replaceScalarText } from './scalarChanges.ts';
import type { ImageRule } from '../rule.ts';
import { holdsEverywhere, isTextKey } from './everywhere.ts';

/** A tag that YAML does not read as it is written. */
export const imageTagType: ImageRule = {
  subject: 'image',
  code: 'image-tag-type',
  severity: 'error',
  doc: {
    summary: 'A tag that YAML does not read as it is written',
    why: [
      'YAML reads `2.40` as the number 2.4 and `2024-05-10` as a date. deployKF prints what was read, so',
      'it pulls a different tag from the one in the file. For most images, `0` and `false` even count as no',
      'tag. Quotes make every tag a string.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: "2.40"\n',
    fix: 'Puts the tag into quotes, as it is written.',
  },
  check: checkImage,
};

function checkImage(entry: ImageEntry, view: StackView): readonly Report[] {
  if (entry.form !== 'map') return entry.isTagMisread ? checkParts(entry, view) : [];
  const winner = entry.keys.tag?.winner;
  const node = winner?.node;
  if (winner === undefined || node?.kind !== 'scalar' || node.type === 'string' || node.type === 'null')
    return [];
  // What is rendered instead of it is another rule's matter: quotes would change nothing.
  if (entry.image.tag.renderedFrom !== undefined || renderedTag(entry) === node.source) return [];
  // Text that is not a tag would only be another mistake in quotes.
  const isTag = tagProblems(node.source).length === 0;
  const advice = isTag ? 'quote it' : `write a tag in quotes, "${node.source}" is not one`;
  const message = `YAML reads this tag as ${kinds[node.type]} ${String(node.value)}, ${outcome(entry)}: ${advice}`;
  const place = writtenLocation(view, entry.keys.tag);
  if (place === undefined) return [];
  // Its text may count as a number at other places, to which an alias brings it.
  const isRight = isTag && holdsEverywhere(view, winner, path => isTextKey(view, path));
  const fixes = isRight ? quote(winner, node) : [];
  return reportAt(place, { message, path: entry.path, fixes });
}

/** What a chart completes a name by, said once for all images that it is a part of. */
function checkParts(entry: ImageEntry, view: StackView): readonly Report[] {
  return entry.resolved.parts.flatMap(({ path }) => {
    const value = view.effective.at(path);
    const node = value?.winner.node;
    const place = writtenLocation(view, value);
    if (value === undefined || place === undefined || node?.kind !== 'scalar' || !isMisread(value)) return [];
    const first = view.images.find(
      ({ form, resolved }) => form !== 'map' && resolved.parts.some(part => part.path === path),
    );
    if (first !== entry) return [];
    const message = `YAML reads this part of a tag as ${kinds[node.type]} ${String(node.value)}, ${outcome(entry)}: quote it`;
    const isRight = holdsEverywhere(view, value.winner, at => isTextKey(view, at));
    return reportAt(place, { message, path, fixes: isRight ? quote(value.winner, node) : [] });
  });
}

function renderedTag({ form, resolved }: ImageEntry): string | undefined {
  if (resolved.kind === 'unknown') return undefined;
  if (resolved.kind === 'known' && resolved.from === 'rule' && form === 'map') return undefined;
  if (resolved.kind === 'known') return resolved.tag;
  return resolved.text;
}

function outcome(entry: ImageEntry): string {
  const name = entry.repository?.split('/').at(-1);
  const tag = renderedTag(entry);
  if (tag === undefined) return 'which counts as no tag';
  if (name === undefined) return `deployKF takes "${tag}"`;
  return `deployKF pulls "${name}:${tag}"`;
}

const kinds: Readonly<Record<ScalarType, string>> = {
  int: 'the number',
  float: 'the number',
  bool: 'the boolean',
  timestamp: 'the date',
  null: 'nothing',
  string: 'the string',
};

function quote(part: Contribution, { source }: YamlScalar): readonly Fix[] {
  const newText = `"${source}"`;
  const change = replaceScalarText(part, newText);
  if (change === undefined) return [];
  return [{ title: `Quote the tag: ${newText}`, applies: 'all', changes: () => [change] }];
}
