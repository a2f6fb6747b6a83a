import { fileComments } from '../../core/check/fileComments.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { folderOf } from '../../core/stack/uri.ts';
import { groupOf } from '../../core/workspace/undefinedStacks.ts';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import type { SnapshotState } from '../../core/workspace/state.ts';
import { stdinUri, uriOf } from '../io/paths.ts';
import { stacksIn, type Reader } from './foundStacks.ts';
import { remember } from './fileStore.ts';
import { definedKinds, searchedPath } from './namingStacks.ts';

/** The files of `sharedFiles`, which are looked for once, and only where something depends on them. */
export class SharedFiles {
  readonly #find: () => Promise<ReadonlySet<string>>;
  #found: Promise<ReadonlySet<string>> | undefined;

  constructor(find: () => Promise<ReadonlySet<string>>) {
    this.#find = find;
  }

  read(): Promise<ReadonlySet<string>> {
    return (this.#found ??= this.#find());
  }

  /** `undefined`: nothing says in them that it is to be suppressed. */
  async neededBy({ files, folders }: SnapshotState): Promise<ReadonlySet<string> | undefined> {
    const isNeeded =
      folders.some(({ settings }) => settings.suppressions.length > 0) ||
      [...files.values()].some(file => fileComments(file).length > 0);
    return isNeeded ? this.read() : undefined;
  }
}

/** What is looked at, and how to look for the rest. */
export interface LookedAt {
  readonly plans: readonly StackPlan[];
  /** The URIs of the files that are looked at. */
  readonly files: readonly string[];
  readonly cwd: string;
  readonly reader: Reader;
  /** Whether folders are looked through, however many files they have. */
  readonly isSearch: boolean;
  /** Whether the user gives the release of all stacks. */
  readonly isReleaseGiven: boolean;
  /** Nothing outside of the working directory is looked at. */
  readonly isConfined: boolean;
}

/**
 * The files that stacks have, or may have, as a layer which are not looked at: what nothing needs in the ones that are,
 * those may need. The stacks are those around each file, in its git work tree, else in the working directory.
 */
export async function sharedFiles(lookedAt: LookedAt): Promise<ReadonlySet<string>> {
  const shared = new Set<string>();
  const paths = new Map<string, Promise<string | undefined>>();
  const searches = new Map<string, Promise<Others | undefined>>();
  for (const uri of lookedAt.files) {
    if (uri === stdinUri(lookedAt.cwd)) continue;
    const path = await remember(paths, folderOf(uri), () => pathAround(uri, lookedAt));
    const others =
      path === undefined ? undefined : await remember(searches, path, () => othersIn(path, lookedAt));
    const isShared = others === undefined ? isUnknown(path, lookedAt) : hasFile(others, uri, lookedAt);
    if (isShared) shared.add(uri);
  }
  return shared;
}

/** A search from the user's home, or of the whole machine, is one that the user asked for. */
function isUnknown(path: string | undefined, { isSearch }: LookedAt): boolean {
  return path !== undefined || !isSearch;
}

async function pathAround(uri: string, { cwd, reader, isConfined }: LookedAt): Promise<string | undefined> {
  return isConfined ? cwd : searchedPath(uri, cwd, reader);
}

/** The stacks of a folder that are not looked at. */
interface Others {
  readonly plans: readonly StackPlan[];
  /** The meanings of the stacks that something defines. */
  readonly defined: ReadonlySet<string>;
  /** Values files that no stack names and that are not looked at. */
  readonly loose: readonly string[];
  /** The world of all stacks of the folder. */
  readonly snapshot: Snapshot;
}

/** `undefined`: the folder has too many files. */
async function othersIn(path: string, lookedAt: LookedAt): Promise<Others | undefined> {
  const { plans, files, reader, isSearch } = lookedAt;
  const search: Reader['search'] = folder => (isSearch ? reader.search(folder) : reader.searchNear(folder));
  const { isWhole } = await search(uriOf(`${path}/`));
  if (!isWhole) return undefined;
  const found = await stacksIn(path, { ...reader, search });
  const ids = new Set(plans.map(({ id }) => id));
  const meanings = new Set(plans.map(plan => meaningOf(plan, lookedAt)));
  const isOther = (plan: StackPlan): boolean => !ids.has(plan.id) && !meanings.has(meaningOf(plan, lookedAt));
  const defined = found.plans.filter(({ kind }) => definedKinds.includes(kind));
  return {
    plans: defined.filter(isOther),
    defined: new Set(defined.map(plan => meaningOf(plan, lookedAt))),
    loose: found.plans
      .filter(({ kind }) => kind === 'standalone')
      .flatMap(({ uris }) => uris.filter(uri => !files.includes(uri))),
    snapshot: Snapshot.of(found.state),
  };
}

/** Stacks of the same layers over the same defaults find the same. */
function meaningOf(
  { release, generator, layers, uris, openValues, openArguments }: StackPlan,
  { isReleaseGiven }: LookedAt,
): string {
  const defaults = isReleaseGiven ? [] : [release, generator?.key];
  return JSON.stringify([defaults, layers ?? uris.map(uri => ({ uri })), openValues, openArguments]);
}

function hasFile({ plans, defined, loose, snapshot }: Others, uri: string, lookedAt: LookedAt): boolean {
  const isOfOther = plans.some(
    ({ kind, uris, definedAt }) => uris.includes(uri) || (kind === 'application' && definedAt?.uri === uri),
  );
  if (isOfOther) return true;
  return lookedAt.plans.some(plan => {
    const { kind, uris, isNamed } = plan;
    if (!uris.includes(uri)) return false;
    // What the user lays over each other today may be laid under another file tomorrow.
    if (kind === 'given' && uris.length > 1)
      return loose.length > 0 && !defined.has(meaningOf(plan, lookedAt));
    return isNamed === true && groupOf(snapshot, uri) !== undefined;
  });
}
