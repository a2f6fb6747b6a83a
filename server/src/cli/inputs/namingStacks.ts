import { homedir } from 'node:os';
import { dirname, parse } from 'node:path';
import type { StackPlan } from '../../core/stack/plan.ts';
import { folderOf, isInside, trimSlash } from '../../core/stack/uri.ts';
import { withGuess } from '../../core/workspace/guessRelease.ts';
import { noSettings } from '../../core/workspace/settings.ts';
import type { Folder } from '../../core/workspace/state.ts';
import { folderWith } from '../../loader/folders.ts';
import type { FoundProject } from './fileStore.ts';
import { uriOf } from '../io/paths.ts';
import { stacksNear, type Reader } from './foundStacks.ts';

/** Whose word on the release counts most. */
const kinds: readonly StackPlan['kind'][] = ['application', 'project', 'command'];

/**
 * A file that is a stack of its own, over the defaults that others name for it: the Applications, project files and commands in
 * its git work tree, else in the working directory, that have it as a layer. Where they disagree, none of them counts; what else
 * tells a release does then, and where there are too many files to look into.
 */
export async function withNamedRelease(plan: StackPlan, cwd: string, reader: Reader): Promise<StackPlan> {
  const uri = plan.uris[0] ?? '';
  const path = await searchedPath(uri, cwd, reader);
  if (path === undefined) return plan;
  const found = await stacksNear(path, reader);
  if (found === undefined) return plan;
  const { plans, state } = found;
  for (const kind of kinds) {
    const naming = plans.filter(other => other.kind === kind && isSure(other) && other.uris.includes(uri));
    const [first] = naming;
    if (first === undefined) continue;
    const { release, generator } = first;
    const agree = naming.every(other => other.release === release && other.generator?.key === generator?.key);
    if (!agree) return plan;
    return { ...plan, release, ...(generator && { generator }) };
  }
  return withOutput(plan, { ...state, files: new Map() });
}

/** The folders of files for this search alone: what is wrong in project files elsewhere does not matter to others. */
export function foldersApart(
  cwd: string,
  projectFor: (folder: string) => Promise<FoundProject>,
): Reader['folderFor'] {
  const folders = new Map<string, Folder>();
  return async path => {
    const found = await projectFor(dirname(path));
    const project = found.kind === 'project' ? found : undefined;
    const uri = uriOf(`${project === undefined ? cwd : dirname(project.path)}/`);
    const folder = folders.get(uri) ?? folderWith(uri, project?.project, noSettings);
    folders.set(uri, folder);
    return folder;
  };
}

/** Somebody names its release or generator. */
function isSure({ release, generator, guess }: StackPlan): boolean {
  return guess === undefined && (release ?? generator) !== undefined;
}

/** What the file itself tells is looked at later. */
function withOutput(plan: StackPlan, state: Parameters<typeof withGuess>[0]): StackPlan {
  const guessed = withGuess(state, plan);
  const { guess = 'newest' } = guessed;
  return ['output', 'generator', 'script'].includes(guess) ? guessed : plan;
}

/** Where to look; `undefined`: nowhere, since that would be somebody's whole home or machine. */
async function searchedPath(uri: string, cwd: string, reader: Reader): Promise<string | undefined> {
  const folder = trimSlash(folderOf(uri));
  const repository = await reader.files.repository?.(folder);
  if (repository !== undefined) return reader.pathOf(repository.root);
  const path = isInside(uriOf(cwd), uri) ? cwd : reader.pathOf(folder);
  if (path === homedir() || path === parse(path).root) return undefined;
  return path;
}
