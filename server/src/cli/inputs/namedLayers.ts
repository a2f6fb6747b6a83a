import { folderOf, joinUri } from '../../core/stack/uri.ts';
import type { Inputs } from './inputs.ts';

/** A file that was named and is looked at alone, and the stack of the project file that it is a layer of. */
export interface NamedLayer {
  readonly uri: string;
  readonly stack: string;
}

/** Named files that are looked at alone while the project file has them in a stack, where other layers may say otherwise. */
export function namedLayers({ plans, projects }: Pick<Inputs, 'plans' | 'projects'>): readonly NamedLayer[] {
  const stacks = projects.flatMap(({ file, settings }) =>
    settings.stacks
      .filter(({ values }) => values.length > 1)
      .map(({ name, values }) => ({ name, uris: values.map(path => joinUri(folderOf(file.uri), path)) })),
  );
  return plans.flatMap(({ isNamed, uris: [uri] }) => {
    if (isNamed !== true || uri === undefined) return [];
    const stack = stacks.find(({ uris }) => uris.includes(uri));
    return stack === undefined ? [] : [{ uri, stack: stack.name }];
  });
}
