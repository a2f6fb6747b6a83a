import { WillRenameFilesRequest } from 'vscode-languageserver';
import { renameFiles } from '../../core/features/renameFile.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { toWorkspaceEdit } from '../convert.ts';
import { defineHandler } from '../handler.ts';

/** A values file that gets another name keeps its place in the stacks that name it. */
export const willRenameFilesHandler = defineHandler(
  WillRenameFilesRequest.type,
  ({ world, client }, { files }) => {
    const renamings = files.map(({ oldUri, newUri }) => ({ from: normalizeUri(oldUri), to: normalizeUri(newUri) }));
    const edits = renameFiles(world.snapshot, renamings);
    return edits.length === 0 ? null : toWorkspaceEdit(world, client, edits);
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
