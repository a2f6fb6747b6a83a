import { adoptRegistry, inferredPolicy, type AdoptedRegistry } from '../core/features/adoptRegistry.ts';
import { nothingToRewrite } from '../core/features/nothingToRewrite.ts';
import { rewriteFiles, withPolicy, type RewrittenFiles } from '../core/features/rewriteFiles.ts';
import type { StackView } from '../core/analysis/stackView.ts';
import { policyForRegistry } from '../core/policy/presets.ts';
import { count } from '../core/report/style.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { projectFileName } from '../core/workspace/settings.ts';
import type { Folder, Snapshot } from '../core/workspace/snapshot.ts';
import type { RewriteChoice } from '../protocol/rewrite.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

/** Where images can be rewritten. */
export interface RewritePlace {
  readonly uri: string;
  readonly folder: Folder;
  readonly view: StackView;
}

/** A sentence says why nothing can be rewritten. */
export function rewritePlace(workspace: OpenWorkspace, uri: string): RewritePlace | string {
  const { snapshot } = workspace;
  const file = workspace.document(uri)?.file;
  const view = file && snapshot.viewsOf(file.uri)[0];
  if (file === undefined || view === undefined) return 'The active file is not a deployKF values file';
  const folder = snapshot.folderOf(file.uri);
  if (folder === undefined) return `Save the file first: ${projectFileName} is written next to it`;
  return { uri: file.uri, folder, view };
}

/** A rewrite that can be made. */
export interface PlannedRewrite extends RewritePlace {
  /** The registry policy that is written; `undefined`: there is one. */
  readonly adopted: AdoptedRegistry | undefined;
  readonly uris: readonly string[];
  readonly rewritten: RewrittenFiles;
  /** Why no file is changed; `undefined`: one is. */
  readonly reason: string | undefined;
}

/** A sentence says why it cannot be made. */
export function planRewrite(
  workspace: OpenWorkspace,
  { uri, choice, files = [uri] }: RewriteChoice,
  options: { readonly pinsTags: boolean },
): PlannedRewrite | string {
  const place = rewritePlace(workspace, uri);
  if (typeof place === 'string') return place;
  const { folder, view } = place;
  const uris = files.map(normalizeUri);
  const hasPolicy = folder.settings.policy !== undefined;
  if (hasPolicy && choice !== undefined) return 'There is already a registry policy: change it instead';
  const rewrite = (snapshot: Snapshot): Pick<PlannedRewrite, 'uris' | 'rewritten' | 'reason'> => {
    const rewritten = rewriteFiles(snapshot, uris, options);
    const reason = rewritten.edits.length === 0 ? nothingToRewrite(snapshot, uris) : undefined;
    return { uris, rewritten, reason };
  };
  if (hasPolicy) return { ...place, adopted: undefined, ...rewrite(workspace.snapshot) };
  const policy =
    choice === undefined ? inferredPolicy(view) : policyForRegistry(choice.registry, choice.layout);
  if (policy === undefined) return 'This is not a registry that images can be rewritten to';
  const adopted = adoptRegistry(view, policy, folder.project?.file);
  if (adopted === undefined) return `${projectFileName} could not be written: correct it first`;
  const { release } = view.stack;
  const snapshot = withPolicy(workspace.snapshot, folder, { policy: adopted.policy, release });
  return { ...place, adopted, ...rewrite(snapshot) };
}

/** `66 images in 13 components of 2 files`. */
export function sayRewritten(
  { images, components }: Pick<RewrittenFiles, 'images' | 'components'>,
  files: number,
): string {
  return `${count(images, 'image')} in ${count(components, 'component')} of ${count(files, 'file')}`;
}
