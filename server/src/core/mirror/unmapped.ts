import type { MirrorPlan, UnresolvedImage } from './types.ts';

/** The images that no registry can be asked for, since it is not known where they are to be. */
export function unmappedCopies({ copies }: Pick<MirrorPlan, 'copies'>): readonly UnresolvedImage[] {
  return copies
    .filter(({ target }) => target === undefined)
    .map(({ source, paths }) => ({
      reference: source,
      reason: 'no rule of the registry policy maps it',
      paths,
    }));
}

/** Those that have no place although others have one; without a policy none has, and a plan is the list of upstream images. */
export function misplacedCopies(plan: Pick<MirrorPlan, 'copies'>): readonly UnresolvedImage[] {
  const unmapped = unmappedCopies(plan);
  return unmapped.length === plan.copies.length ? [] : unmapped;
}
