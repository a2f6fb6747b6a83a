import type { ImageEntry } from '../../analysis/images.ts';
import type { Rewrite } from '../../policy/rewrite.ts';
import type { Contribution } from '../../stack/effective.ts';
import { replaceValue } from '../../yaml/write.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { repositoryValue, writeRepository, withRepository } from './rewriteChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** An image that a values file itself points to a public registry. */
export const imagePublic: ImageRule = {
  subject: 'image',
  code: 'image-public',
  severity: 'warning',
  doc: {
    summary: 'A values file sets an image to a public registry although the registry policy maps it',
    why: [
      'The policy says that images of this registry come from a private one. What a values file writes',
      'wins, so this image is still pulled from the public registry. Only the layer that wins is',
      'reported. A value that comes from an alias or a merge key is reported where it is written, if that',
      'is an image value, too.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: ghcr.io/dexidp/dex\n',
    good: [
      'deploykf_core:',
      '  deploykf_auth:',
      '    images:',
      '      dex:',
      '        repository: registry.example.com/ghcr.io/dexidp/dex',
      '',
    ].join('\n'),
    fix: 'Writes the repository that the policy gives, in place; tag, quotes and comments stay.',
    registry: { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] },
  },
  check: checkImage,
};

function checkImage(entry: ImageEntry): readonly Report[] {
  const { rewrite } = entry;
  const value = repositoryValue(entry);
  if (!entry.enabled || entry.templated || value === undefined) return [];
  if (rewrite?.kind !== 'rewritten' && rewrite?.kind !== 'invalid') return [];
  const message = messageOf(entry, value.winner, rewrite);
  const report = { message, path: entry.path };
  if (rewrite.kind === 'invalid') return reportAt(writtenLocation(value), report);
  const fixes = fixesOf(entry, value.winner, rewrite.repository);
  return reportAt(writtenLocation(value), { ...report, fixes });
}

type Mapped = Extract<Rewrite, { readonly kind: 'rewritten' | 'invalid' }>;

function messageOf({ repository = '' }: ImageEntry, { node }: Contribution, rewrite: Mapped): string {
  const isEmpty = node.kind === 'scalar' && node.value === '';
  const what = isEmpty ? `"" keeps the public "${repository}"` : `"${repository}" is public`;
  if (rewrite.kind === 'rewritten') return `${what}, the registry policy maps it to "${rewrite.repository}"`;
  return `${what}, but the registry policy cannot map it: ${rewrite.problem}`;
}

function fixesOf(entry: ImageEntry, part: Contribution, repository: string): readonly Fix[] {
  const newText = withRepository(entry, repository);
  const isAlias = part.written.kind === 'alias' && entry.keys.registry === undefined;
  if (isAlias) return aliasFixes(part, newText);
  const changes = writeRepository(entry, repository);
  if (changes.length === 0) return [];
  return [{ title: `Rewrite to ${newText}`, applies: 'all', changes: () => changes }];
}

/** The anchor of the alias may get its own fix, so replacing the alias is only offered. */
function aliasFixes({ layer, written, pair }: Contribution, newText: string): readonly Fix[] {
  const { file } = layer;
  if (file === undefined || pair === undefined) return [];
  const changes = (): readonly Change[] => {
    const edit = replaceValue(pair, newText, file.source);
    if (edit === undefined) return [];
    return [{ kind: 'edit', uri: file.uri, edits: [edit] }];
  };
  const alias = written.kind === 'alias' ? `*${written.name}` : 'the alias';
  return [{ title: `Replace ${alias} with ${newText}`, applies: 'choice', changes }];
}
