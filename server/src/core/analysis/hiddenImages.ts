import type { Component, HiddenImage } from '../catalog/types.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { rewriteRepository, type Rewrite } from '../policy/rewrite.ts';
import type { StackView } from './stackView.ts';

/** The images that a running component pulls and that no value can change, without those of examples and features that are off. */
export function hiddenImages({ catalog }: StackView, { path }: Component): readonly HiddenImage[] {
  return catalog.catalog.hiddenImages.filter(
    ({ component, deployed }) => component === path && deployed === 'runtime',
  );
}

/** What the policy makes of an image that no value can change; `undefined` without a policy. */
export function hiddenRewrite({ policy }: StackView, { reference }: HiddenImage): Rewrite | undefined {
  const { repository } = splitImage(reference);
  return policy && rewriteRepository(policy, canonicalRepository(repository) ?? repository);
}
