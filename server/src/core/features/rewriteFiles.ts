import { fixAll } from '../fixes/fixAll.ts';
import { pinChanges } from '../fixes/pinTags.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import { isSealed } from '../stack/sealed.ts';
import type { StackPlan } from '../stack/plan.ts';
import { labelOf } from '../stack/uri.ts';
import type { FileEdit } from '../text/edit.ts';
import { missingLayers } from '../workspace/missingLayers.ts';
import type { Folder, Snapshot } from '../workspace/snapshot.ts';
import { groupOf } from '../workspace/undefinedStacks.ts';

/** A file of a folder that a rewrite may change. */
export interface RewritableFile {
  readonly uri: string;
  readonly label: string;
  /** The names of the stacks that have it as a layer; one of a single file has none. */
  readonly stacks: readonly string[];
  /** What of its stacks is not to be had, such as `prod: base.yaml`. */
  readonly missing: readonly string[];
  /** Whether a stack of the file that was asked for has it, too. */
  readonly isRelated: boolean;
}

/** The layers of a folder's stacks that can be written, those of the stacks of a file first. */
export function rewritableFiles(snapshot: Snapshot, folder: Folder, uri: string): readonly RewritableFile[] {
  const files = new Map<string, RewritableFile>();
  for (const plan of [...snapshot.plansByChoice(uri), ...snapshot.plans])
    for (const candidate of plan.uris) {
      const file = snapshot.file(candidate);
      const isWritable = file !== undefined && !isSealed(file) && snapshot.folderOf(candidate) === folder;
      if (!isWritable || files.has(candidate)) continue;
      const plans = snapshot.plansByChoice(candidate);
      files.set(candidate, {
        uri: candidate,
        label: labelOf(folder.uri, candidate),
        stacks: [...new Set(plans.map(({ name }) => name).filter(name => name !== ''))],
        missing: [...new Set(plans.flatMap(each => missingOf(snapshot, each)))],
        isRelated: plan.uris.includes(uri),
      });
    }
  return [...files.values()];
}

function missingOf(snapshot: Snapshot, plan: StackPlan): readonly string[] {
  const lead = plan.name === '' ? '' : `${plan.name}: `;
  return missingLayers(snapshot, plan).map(layer => `${lead}${layer}`);
}

/** The world in which a folder has this registry policy. */
export function withPolicy(
  snapshot: Snapshot,
  folder: Folder,
  { policy, release }: { readonly policy: RegistryPolicy; readonly release: string },
): Snapshot {
  const settings = { ...folder.settings, policy, release: folder.settings.release ?? release };
  return snapshot.withFolders(
    snapshot.state.folders.map(other => (other === folder ? { ...folder, settings } : other)),
  );
}

export interface RewrittenFiles {
  readonly edits: readonly FileEdit[];
  /** How many images have another repository, in how many components. */
  readonly images: number;
  readonly components: number;
  /** How many tags the files leave to deploy time that are known for sure: those that `pinsTags` writes. */
  readonly tags: number;
}

const codes = ['image-public', 'image-not-overridden'];

/** Takes the images of files to where the registry policy maps them, with the overrides that are missing. */
export function rewriteFiles(
  snapshot: Snapshot,
  uris: readonly string[],
  { pinsTags }: { readonly pinsTags: boolean },
): RewrittenFiles {
  const options = { only: codes, isTakenWhole: takesOverrides(snapshot, uris) };
  // A rule that throws is named by the check of the file.
  const rewritten = fixAll(snapshot, uris, () => undefined, options);
  const tags = uris.flatMap(uri => pinChanges(rewritten.snapshot, uri)).length;
  const made = pinsTags ? fixAll(snapshot, uris, () => undefined, { ...options, pinsTags }) : rewritten;
  return { edits: made.edits, tags, ...changedImages(snapshot, made.snapshot, uris) };
}

/**
 * Which files get the overrides that are missing, of those that look like one stack that nobody names: the one that the others
 * are laid over, if it is to be rewritten, else each of the others.
 */
function takesOverrides(snapshot: Snapshot, uris: readonly string[]): (uri: string) => boolean {
  const taking = uris.filter(uri => {
    const base = groupOf(snapshot, uri)?.base ?? uri;
    return base === uri || !uris.includes(base);
  });
  return uri => taking.includes(uri);
}

/** What differs between two worlds in the stacks of these files. */
export function changedImages(
  before: Snapshot,
  after: Snapshot,
  uris: readonly string[],
): Pick<RewrittenFiles, 'images' | 'components'> {
  const images = new Set<string>();
  const components = new Set<string>();
  for (const id of new Set(uris.flatMap(uri => before.plansOf(uri).map(plan => plan.id)))) {
    const known = new Map(before.viewById(id)?.images.map(({ path, canonical }) => [path, canonical]));
    for (const { path, canonical, component } of after.viewById(id)?.images ?? []) {
      if (!known.has(path) || known.get(path) === canonical) continue;
      images.add(path);
      components.add(component.path);
    }
  }
  return { images: images.size, components: components.size };
}
