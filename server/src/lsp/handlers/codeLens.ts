import { CodeLensRequest, type CodeLens } from 'vscode-languageserver';
import type { StackView } from '../../core/analysis/stackView.ts';
import { summarizeManifest } from '../../core/features/manifestImages.ts';
import { verificationOf } from '../../core/mirror/verification.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { verifiedUri } from '../../core/workspace/virtualUris.ts';
import { defineHandler } from '../handler.ts';

/** The client's command that lists the images of a manifest. */
const listCommand = 'deploykf.showManifestImages';

/** The client's command that asks registries, or shows what they said. */
const verifyCommand = 'deploykf.verifyMirror';

/**
 * Says on the first line of a manifest how its images stand to the plan of the mirror, and on that of a values file what the registries
 * were seen to have.
 */
export const codeLensHandler = defineHandler(
  CodeLensRequest.type,
  async (session, { textDocument: { uri } }, token): Promise<CodeLens[] | null> => {
    if (session.workspace.document(uri) === undefined || !(await session.showsLenses(uri))) return null;
    const { snapshot } = session.workspace;
    const verified = snapshot.viewsByChoice(normalizeUri(uri)).flatMap(view => verifiedLens(view) ?? []);
    if (verified.length > 0) return verified;
    const report = await session.manifests.of(uri, () => token.isCancellationRequested);
    if (report === undefined) return null;
    return [lens(summarizeManifest(report), listCommand, uri)];
  },
  ({ own }) =>
    own.commands?.includes(listCommand) === true
      ? { codeLensProvider: { resolveProvider: false } }
      : undefined,
);

/** `undefined`: the registries were not asked, or the plan has changed since. */
function verifiedLens(view: StackView): CodeLens | undefined {
  const verification = verificationOf(view);
  if (verification === undefined) return undefined;
  const { id, name } = view.stack;
  const there = [...verification.images.values()].filter(({ state }) => state === 'there').length;
  const stack = name === '' ? '' : ` of ${name}`;
  const title = `${there} of ${verification.images.size} images${stack} are in the registry, checked at ${verification.time}`;
  return lens(title, verifyCommand, verifiedUri(id, name));
}

function lens(title: string, command: string, argument: string): CodeLens {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    command: { title: `deployKF: ${title}`, command, arguments: [argument] },
  };
}
