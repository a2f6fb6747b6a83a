import { adoptRegistry, inferredPolicy, type AdoptedRegistry } from '../../core/features/adoptRegistry.ts';
import { rewriteFindings } from '../../core/features/rewriteFindings.ts';
import { policyForRegistry } from '../../core/policy/presets.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import type { Folder, Snapshot } from '../../core/workspace/snapshot.ts';
import { projectUri } from '../../loader/folders.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { adoptRegistryRequest, type AdoptRegistryResult } from '../../protocol.ts';
import { applyEdits, type Changes, nothing } from '../applyEdits.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { projectChanges } from '../projectFile.ts';

const label = 'Rewrite to a private registry';

export const adoptRegistryHandler = defineHandler(
  adoptRegistryRequest,
  async (session, { uri, choice, isConfirmed = false }): Promise<AdoptRegistryResult> => {
    const { workspace } = session;
    const file = workspace.document(uri)?.file;
    const folder = file && workspace.snapshot.folderOf(file.uri);
    const view = file && workspace.snapshot.viewsOf(file.uri)[0];
    if (file === undefined || view === undefined)
      return nothing('The active file is not a deployKF values file');
    if (folder === undefined) return nothing(`Save the file first: ${projectFileName} is written next to it`);
    if (folder.settings.policy !== undefined)
      return nothing('There is already a registry policy: change it instead');
    const project = folder.project?.file;
    const policy =
      choice === undefined ? inferredPolicy(view) : policyForRegistry(choice.registry, choice.layout);
    if (policy === undefined) return nothing('This is not a registry that images can be rewritten to');
    const adopted = adoptRegistry(view, policy, project);
    if (adopted === undefined) return nothing(`${projectFileName} could not be written: correct it first`);
    const problems = adopted.problems.map(problem => problem.message);
    if (problems.length > 0 && !isConfirmed)
      return { ...nothing('The layout does not fit all images'), problems };
    const { changes, pinnable } = changesOf(workspace.snapshot, { file, folder, adopted });
    const refused = await applyEdits(session, changes);
    if (refused !== undefined) return nothing(refused);
    const projectFile = clientUri(workspace, projectUri(folder.uri));
    const message = `The registry policy is in ${projectFileName}`;
    return { message, isApplied: true, projectFile, ...(pinnable > 0 && { pinnable }) };
  },
);

interface Adoption {
  readonly file: ValuesFile;
  readonly folder: Folder;
  readonly adopted: AdoptedRegistry;
}

/** The project file with the policy in it, and everything in the values file that the policy asks for. */
function changesOf(
  snapshot: Snapshot,
  { file, folder, adopted: { policy, projectText, view } }: Adoption,
): { readonly changes: Changes; readonly pinnable: number } {
  const release = folder.settings.release ?? view.stack.release;
  const folders = snapshot.state.folders.map(candidate => {
    if (candidate === folder) return { ...folder, settings: { ...folder.settings, policy, release } };
    return candidate;
  });
  const rewritten = rewriteFindings(snapshot.withFolders(folders), file.uri, { scope: 'file', offset: 0 });
  const edits = rewritten?.edits ?? [];
  const pinnable = rewritten?.pinnable ?? 0;
  return { changes: projectChanges(folder, projectText, { label, edits }), pinnable };
}
