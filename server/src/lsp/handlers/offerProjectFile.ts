import { proposeProject } from '../../core/workspace/projectProposal.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { offerProjectFileRequest, type OfferProjectFileResult } from '../../protocol.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const offerProjectFileHandler = defineHandler(
  offerProjectFileRequest,
  ({ workspace }, { uri }): OfferProjectFileResult => {
    const { snapshot } = workspace;
    const folder = snapshot.folderOf(normalizeUri(uri));
    const nothing = { releases: [], takesPolicy: false, rules: [], stacks: [], files: [] };
    if (folder === undefined)
      return { ...nothing, problem: `Open a folder first: ${projectFileName} is written into it` };
    const { settings, project } = folder;
    const projectFile = project && { projectFile: clientUri(workspace, project.file.uri) };
    if ((project?.file.yaml.problems.length ?? 0) > 0)
      return { ...nothing, ...projectFile, problem: `${projectFileName} cannot be read: correct it first` };
    const { release, reason, policy, stacks, files } = proposeProject(snapshot, folder.uri);
    const others = snapshot.state.catalogs.releases.toReversed().filter(other => other !== release);
    const releases = [{ release, reason }, ...others.map(other => ({ release: other }))];
    const takesPolicy = settings.policy === undefined;
    const rules = policy?.rules.map(({ source, target }) => `${source} → ${target ?? 'accepted as public'}`);
    return {
      ...projectFile,
      releases: project?.settings.release === undefined ? releases : [],
      takesPolicy,
      rules: takesPolicy && rules !== undefined ? rules : [],
      stacks: stacks.map(({ name, release, values }) => ({
        name,
        values,
        ...(release !== undefined && { release }),
      })),
      files,
    };
  },
);
