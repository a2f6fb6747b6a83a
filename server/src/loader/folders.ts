import {
  combineSettings,
  projectFileName,
  readProject,
  type KnownNames,
  type Project,
  type Settings,
} from '../core/workspace/settings.ts';
import type { Folder } from '../core/workspace/state.ts';
import { joinUri } from '../core/stack/uri.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import type { Files, Unread } from '../host/files.ts';

/** Where the project file of a folder is, if it has one. */
export function projectUri(folder: string): string {
  return joinUri(folder, projectFileName);
}

export function isProjectFile(uri: string): boolean {
  return uri.endsWith(`/${projectFileName}`);
}

/** Reads a project file. Where it says something wrong, what the one `before` it said still holds. */
export async function readProjectFile(
  files: Pick<Files, 'read'>,
  uri: string,
  names: KnownNames,
  before?: Project,
): Promise<{ readonly kind: 'project'; readonly project: Project } | Unread> {
  const result = await files.read(uri);
  if (result.kind !== 'text') return result;
  return { kind: 'project', project: readProject(new ValuesFile(uri, result.text), names, before) };
}

/** A folder with what was decided for it: its project file wins over other settings. */
export function folderWith(uri: string, project: Project | undefined, under: Settings): Folder {
  if (project === undefined) return { uri, settings: under, project };
  return { uri, settings: combineSettings(under, project.settings), project };
}
