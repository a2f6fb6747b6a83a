import { WillRenameFilesRequest } from 'vscode-languageserver';
import { renameFiles } from '../../core/features/rename/renameFile.ts';
import { labelOf, normalizeUri } from '../../core/stack/uri.ts';
import { toWorkspaceEdit } from '../convert.ts';
import { defineHandler } from '../handler.ts';

/** A values file that gets another name keeps its place in the stacks that name it. */
export const willRenameFilesHandler = defineHandler(
  WillRenameFilesRequest.type,
  ({ workspace, client, log }, { files }) => {
    const renamings = files.map(({ oldUri, newUri }) => ({
      from: normalizeUri(oldUri),
      to: normalizeUri(newUri),
    }));
    const { edits, stale } = renameFiles(workspace.snapshot, renamings);
    for (const { uri, path } of stale) {
      const name = labelOf(workspace.snapshot.folderOf(uri)?.uri, uri);
      log.warn(`"${name}" still names "${path}": correct it, its new path cannot be written there`);
    }
    if (edits.length === 0) return null;
    return toWorkspaceEdit(workspace, client, edits);
  },
  () => ({
    workspace: {
      fileOperations: {
        willRename: {
          filters: [
            { pattern: { glob: '**/*.{yaml,yml}', matches: 'file' as const } },
            { pattern: { glob: '**', matches: 'folder' as const } },
          ],
        },
      },
    },
  }),
);
