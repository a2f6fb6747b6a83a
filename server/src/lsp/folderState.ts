import { combineSettings, type Project, type Settings } from '../core/workspace/settings.ts';
import type { Folder } from '../core/workspace/state.ts';

/** What is known of a workspace folder. */
export interface FolderState {
  readonly editor: Settings;
  readonly project: Project | undefined;
}

/** What is wrong with a file whose open text is too large: a phrase to put after its name. */

/** The folders as a snapshot has them: the project file wins over the settings of the editor. */
export function folderList(folders: ReadonlyMap<string, FolderState>): readonly Folder[] {
  return [...folders].map(([uri, { editor, project }]) => ({
    uri,
    settings: project === undefined ? editor : combineSettings(editor, project.settings),
    project,
  }));
}
