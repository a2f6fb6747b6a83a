import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Rewrite } from '../../policy/rewrite.ts';
import type { Contribution } from '../../stack/effective.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { repositoryValue } from './rewriteChanges.ts';
import { rewriteFixes } from './rewriteImage.ts';
import type { Report } from '../../findings/finding.ts';
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
      'is an image value, too, or below a root key of your own. Where the repository is known to be gone and another one is known to hold the',
      'same tag, the target is that of the other one: the mirror could not be filled from the old one.',
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

function checkImage(entry: ImageEntry, view: StackView): readonly Report[] {
  const { rewrite } = entry;
  const value = repositoryValue(entry);
  if (!entry.enabled || entry.isRepositoryTemplated || value === undefined) return [];
  if (rewrite?.kind !== 'rewritten' && rewrite?.kind !== 'invalid') return [];
  const message = messageOf(entry, value.winner, rewrite);
  const report = { message, path: entry.path };
  if (rewrite.kind === 'invalid') return reportAt(writtenLocation(view, value), report);
  const fixes = rewriteFixes(view, entry, rewrite.repository);
  return reportAt(writtenLocation(view, value), { ...report, fixes });
}

type Mapped = Extract<Rewrite, { readonly kind: 'rewritten' | 'invalid' }>;

function messageOf(
  { repository = '', rewrittenFrom }: ImageEntry,
  { node }: Contribution,
  rewrite: Mapped,
): string {
  const isEmpty = node.kind === 'scalar' && node.value === '';
  const what = isEmpty ? `"" keeps the public "${repository}"` : `"${repository}" is public`;
  if (rewrite.kind === 'rewritten') {
    const subject = rewrittenFrom ?? 'it';
    return `${what}, the registry policy maps ${subject} to "${rewrite.repository}"`;
  }
  return `${what}, but the registry policy cannot map it: ${rewrite.problem}`;
}
