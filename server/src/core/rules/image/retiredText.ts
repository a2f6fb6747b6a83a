import type { RetiredFinding } from '../../catalog/retired.ts';
import type { Retired } from '../../catalog/types.ts';
import { ownValue } from '../../text/ownValue.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const registryNames: Readonly<Record<string, string>> = {
  'docker.io': 'Docker Hub',
  'public.ecr.aws': 'the public ECR',
};

/** `was removed from Docker Hub on 2025-09-29`; `count` is the number of subjects. */
export function whatHappened({ status, since, source, kind }: Retired, count: number): string {
  const was = count === 1 ? 'was' : 'were';
  const has = count === 1 ? 'has' : 'have';
  switch (status) {
    case 'removed': {
      const registry = ownValue(registryNames, source.split('/')[0] ?? '');
      if (kind !== 'image' || registry === undefined) return `${was} removed ${dateText(since)}`;
      return `${was} removed from ${registry} ${dateText(since)}`;
    }
    case 'unavailable':
      return `${has} been unavailable since ${monthText(since)}`;
    case 'moved':
      return `${was} moved ${dateText(since)}`;
    case 'ending':
      return `will be removed ${dateText(since)}`;
  }
}

/** What takes its place and what that lacks. `subject`: how the replacements are written; `undefined`: there is none. */
export function whatReplaces(
  { entry, sameTag }: RetiredFinding,
  subject: string | undefined,
  count: number,
): string {
  if (subject === undefined) return 'no replacement is known';
  let claim = count === 1 ? 'takes its place' : 'take their place';
  if (sameTag) claim = whatIsSame(entry, count);
  if (entry.note === undefined) return `${subject} ${claim}`;
  return `${subject} ${claim}, ${entry.note}`;
}

function whatIsSame({ kind }: Retired, count: number): string {
  const has = count === 1 ? 'has' : 'have';
  if (kind === 'chart') return `${has} the same charts`;
  return `${has} the same ${count === 1 ? 'tag' : 'tags'}`;
}

function dateText(since: string): string {
  if (since.length > 'yyyy-mm'.length) return `on ${since}`;
  return `in ${monthText(since)}`;
}

function monthText(since: string): string {
  const [year = '', month = '', day] = since.split('-');
  const name = months[Number(month) - 1];
  if (day === undefined && name !== undefined) return `${name} ${year}`;
  return since;
}

/** `docker.io/bitnami/{minio, kubectl}`: repositories by their common path, as long as they have one. `limit`: how many. */
export function joinRepositories(repositories: readonly string[], limit = Infinity): string {
  const distinct = [...new Set(repositories)];
  const all = distinct.slice(0, limit);
  const rest = distinct.length > all.length ? ', …' : '';
  const first = all[0] ?? '';
  if (all.length < 2) return first;
  let prefix = first.slice(0, first.lastIndexOf('/') + 1);
  while (prefix !== '' && !all.every(repository => repository.startsWith(prefix)))
    prefix = prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
  const names = all.map(text => text.slice(prefix.length)).join(', ') + rest;
  if (prefix === '') return names;
  return `${prefix}{${names}}`;
}
