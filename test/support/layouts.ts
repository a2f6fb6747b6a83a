import { canonicalRepository } from '../../server/src/core/image/repository.ts';
import { splitImage } from '../../server/src/core/image/splitImage.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import type { RegistryPolicy } from '../../server/src/core/policy/types.ts';
import { sharedFile } from './shared.ts';

export interface Layout {
  readonly id: string;
  readonly policy: RegistryPolicy;
  readonly cases: readonly { readonly input: string; readonly output: string | null }[];
}

interface LayoutVectors {
  readonly layouts: readonly {
    readonly id: string;
    readonly rules: readonly object[];
    readonly cases: readonly { readonly in: string; readonly out: string | null }[];
  }[];
}

/** The layouts of private registries among the vectors. `undefined`: they are not there. */
export function layouts(): readonly Layout[] | undefined {
  const text = sharedFile('vectors/layouts.json');
  if (text === undefined) return undefined;
  return (JSON.parse(text) as LayoutVectors).layouts.map(({ id, rules, cases }) => {
    const { policy, problems } = parsePolicy({ rules });
    if (policy === undefined || problems.length > 0) throw new Error(`${id}: ${JSON.stringify(problems)}`);
    return { id, policy, cases: cases.map(item => ({ input: item.in, output: item.out })) };
  });
}

/** The canonical repositories of all image values of 0.1.5; empty where the facts are not there. */
export function defaultRepositories(): readonly string[] {
  const text = sharedFile('deploykf/0.1.5/facts.json');
  if (text === undefined) return [];
  const facts = JSON.parse(text) as {
    readonly images: readonly { readonly resolved: string | readonly string[] }[];
  };
  const repositories = facts.images
    .flatMap(({ resolved }) => resolved)
    .map(reference => canonicalRepository(splitImage(reference).repository))
    .filter(repository => repository !== undefined);
  return [...new Set(repositories)];
}
