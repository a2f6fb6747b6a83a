import type { LargerStack } from '../../core/stack/plan.ts';
import { folderOf, joinUri } from '../../core/stack/uri.ts';
import { sayList } from '../../core/text/list.ts';
import { pathsFrom } from '../io/paths.ts';
import type { Inputs } from './inputs.ts';

/** A file that was named and is looked at alone, and the stacks that it is a layer of. */
export interface NamedLayer {
  readonly uri: string;
  readonly stacks: readonly LargerStack[];
}

/** Named files that are looked at alone while stacks have them, where other layers may say otherwise. */
export function namedLayers({ plans, projects }: Pick<Inputs, 'plans' | 'projects'>): readonly NamedLayer[] {
  const listed = projects.flatMap(({ file, settings }) =>
    settings.stacks
      .filter(({ values }) => values.length > 1)
      .map(({ name, values }) => ({ name, uris: values.map(path => joinUri(folderOf(file.uri), path)) })),
  );
  return plans.flatMap(({ isNamed, uris: [uri], layerOf }): readonly NamedLayer[] => {
    if (isNamed !== true || uri === undefined) return [];
    const having = listed.filter(({ uris }) => uris.includes(uri));
    const stacks = layerOf ?? having.map(({ name }) => ({ name, definedIn: undefined }));
    return stacks.length === 0 ? [] : [{ uri, stacks }];
  });
}

/** The words of a command line that mean the whole of a stack. */
export function wordsFor(cwd: string, { name, definedIn }: LargerStack): readonly string[] {
  return definedIn === undefined ? ['--stack', name] : [pathsFrom(cwd)(definedIn)];
}

/** `the stack a`, `the stacks a and b`. */
export function sayStacks(names: readonly string[]): string {
  return `${names.length === 1 ? 'the stack' : 'the stacks'} ${sayList(names)}`;
}
