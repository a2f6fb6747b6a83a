import { extendedProjectText, projectFileText } from '../../core/features/projectFile.ts';
import { policyForRegistry } from '../../core/policy/presets.ts';
import { policyProblems } from '../../core/policy/problems.ts';
import type { RegistryPolicy } from '../../core/policy/types.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import {
  completePolicy,
  proposeProject,
  type ProjectProposal,
} from '../../core/workspace/projectProposal.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import { projectUri } from '../../loader/folders.ts';
import {
  createProjectFileRequest,
  type AdoptRegistryResult,
  type CreateProjectFileParams,
} from '../../protocol.ts';
import { applyEdits, nothing } from '../applyEdits.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { projectChanges } from '../projectFile.ts';

const label = 'Create the project file';

export const createProjectFileHandler = defineHandler(
  createProjectFileRequest,
  async (session, { uri, release, policy: choice, stacks, isConfirmed }): Promise<AdoptRegistryResult> => {
    const { workspace } = session;
    const folder = workspace.snapshot.folderOf(normalizeUri(uri));
    if (folder === undefined) return nothing(`Open a folder first: ${projectFileName} is written into it`);
    const proposal = proposeProject(workspace.snapshot, folder.uri, release);
    const policy = policyOf(choice, proposal);
    if (policy === undefined && choice !== 'none')
      return nothing('This is not a registry that images can be rewritten to');
    const problems = policy === undefined ? [] : policyProblems(policy, proposal.repositories);
    if (problems.length > 0 && isConfirmed !== true) {
      const messages = problems.map(({ message }) => message);
      return { ...nothing('The layout does not fit all images'), problems: messages };
    }
    const before = folder.project?.file;
    const isEmpty = before === undefined || before.text.trim() === '';
    const content = { release, policy, stacks };
    const text = isEmpty ? projectFileText(content) : extendedProjectText(before, content);
    if (text === undefined) return nothing(`${projectFileName} could not be written: correct it first`);
    const projectFile = clientUri(workspace, projectUri(folder.uri));
    if (text === before?.text)
      return { ...nothing(`${projectFileName} says all of that already`), projectFile };
    const refused = await applyEdits(session, projectChanges(folder, text, { label, edits: [] }));
    if (refused !== undefined) return nothing(refused);
    return { message: `${projectFileName} is written`, isApplied: true, projectFile };
  },
);

/** With rules for all registries of the release; `undefined`: none is wanted, or the choice is not a registry. */
function policyOf(
  choice: CreateProjectFileParams['policy'],
  proposal: ProjectProposal,
): RegistryPolicy | undefined {
  if (choice === 'none') return undefined;
  const isInferred = choice === 'inferred';
  const policy = isInferred ? proposal.policy : policyForRegistry(choice.registry, choice.layout);
  return policy && completePolicy(policy, proposal).policy;
}
