import { CodeLensRequest, type CodeLens } from 'vscode-languageserver';
import { summarizeManifest } from '../../core/features/manifestImages.ts';
import { defineHandler } from '../handler.ts';

/** The client's command that lists the images of a manifest. */
const listCommand = 'deploykf.showManifestImages';

/** Says on the first line of a manifest how its images stand to the plan of the mirror. */
export const codeLensHandler = defineHandler(
  CodeLensRequest.type,
  async (session, { textDocument: { uri } }, token): Promise<CodeLens[] | null> => {
    if (session.workspace.document(uri) === undefined || !(await session.showsLenses(uri))) return null;
    const report = await session.manifests.of(uri, () => token.isCancellationRequested);
    if (report === undefined) return null;
    const start = { line: 0, character: 0 };
    const title = `deployKF: ${summarizeManifest(report)}`;
    return [{ range: { start, end: start }, command: { title, command: listCommand, arguments: [uri] } }];
  },
  ({ own }) =>
    own.commands?.includes(listCommand) === true
      ? { codeLensProvider: { resolveProvider: false } }
      : undefined,
);
