import { homedir } from 'node:os';
import { dirname, parse } from 'node:path';
import type { LargerStack, StackPlan } from '../../core/stack/plan.ts';
import { folderOf, isInside, trimSlash } from '../../core/stack/uri.ts';
import { withGuess } from '../../core/workspace/guessRelease.ts';
import { enabledBeside } from '../../core/workspace/undefinedStacks.ts';
import { noSettings } from '../../core/workspace/settings.ts';
import type { Folder } from '../../core/workspace/state.ts';
import { folderWith } from '../../loader/folders.ts';
import type { FoundProject } from './fileStore.ts';
import { uriOf } from '../io/paths.ts';
import { stacksNear, type NearStacks, type Reader } from './foundStacks.ts';

/** The stacks that something defines, by whose word on the release counts most. */
export const definedKinds: readonly StackPlan['kind'][] = ['application', 'project', 'command'];

/**
 * A file that is looked at alone, with the stacks that have it as a layer: those of the Applications, project files and commands
 * in its git work tree, else in the working directory. Unless the user gives a release, it is over the defaults that these name;
 * where they disagree, over those of the newest. What else tells a release counts where none of them does, and where there are
 * too many files to look into.
 */
export async function withStacksAround(
  plan: StackPlan,
  { cwd, reader, isGiven }: { readonly cwd: string; readonly reader: Reader; readonly isGiven: boolean },
): Promise<StackPlan> {
  const uri = plan.uris[0] ?? '';
  const path = await searchedPath(uri, cwd, reader);
  if (path === undefined) return plan;
  const found = await stacksNear(path, reader);
  if (found === undefined) return plan;
  const having = found.plans.filter(other => definedKinds.includes(other.kind) && other.uris.includes(uri));
  const larger = having.filter(hasOtherLayers);
  const enabledElsewhere = enabledIn(found, larger, uri);
  const layer = { ...plan, layerOf: larger.map(largerStack), enabledElsewhere };
  if (isGiven) return layer;
  const sure = having.filter(isSure);
  const kind = definedKinds.find(best => sure.some(other => other.kind === best));
  if (kind === undefined) return withOutput(layer, { ...found.state, files: new Map() });
  const naming = sure.filter(other => other.kind === kind);
  return withReleaseOf(layer, naming, reader.catalogs.releases);
}

/** The components that stacks with a file switch on, or other files where nothing names it. */
function enabledIn({ snapshot }: NearStacks, larger: readonly StackPlan[], uri: string): readonly string[] {
  const views = larger.flatMap(plan => snapshot.view(plan) ?? []);
  const named = views.flatMap(view =>
    view.catalog.catalog.components.filter(component => view.isEnabled(component)).map(({ path }) => path),
  );
  return [...named, ...enabledBeside(snapshot, uri)];
}

function withReleaseOf(
  plan: StackPlan,
  naming: readonly StackPlan[],
  releases: readonly string[],
): StackPlan {
  const [first] = naming;
  const isSame = ({ release, generator }: StackPlan): boolean =>
    release === first?.release && generator?.key === first?.generator?.key;
  if (first !== undefined && naming.every(isSame)) {
    const { release, generator } = first;
    return { ...plan, release, ...(generator && { generator }) };
  }
  // What the project file says of all stacks counts more.
  if (plan.release !== undefined) return plan;
  const release = releases.findLast(known => naming.some(other => other.release === known));
  return release === undefined ? plan : { ...plan, release, guess: 'stacks' };
}

function hasOtherLayers({ layers, uris, openValues = [], openArguments = [] }: StackPlan): boolean {
  return (layers ?? uris).length + openValues.length + openArguments.length > 1;
}

function largerStack({ kind, name, definedAt }: StackPlan): LargerStack {
  return { name, definedIn: kind === 'project' ? undefined : definedAt?.uri };
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

/** Where to look for the stacks that have a file; `undefined`: nowhere, since that would be somebody's whole home or machine. */
export async function searchedPath(uri: string, cwd: string, reader: Reader): Promise<string | undefined> {
  const folder = trimSlash(folderOf(uri));
  const repository = await reader.files.repository?.(folder);
  if (repository !== undefined) return reader.pathOf(repository.root);
  const path = isInside(uriOf(cwd), uri) ? cwd : reader.pathOf(folder);
  if (path === homedir() || path === parse(path).root) return undefined;
  return path;
}
