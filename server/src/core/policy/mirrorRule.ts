import type { MirrorRule } from './types.ts';

/** A rule with the usual options where none are given. */
export function mirrorRule(
  source: string,
  target: string | null,
  options: Partial<Omit<MirrorRule, 'source' | 'target'>> = {},
): MirrorRule {
  return { source, target, path: 'keep', library: 'keep', separator: '-', images: {}, ...options };
}
