import { CodeLensRequest, type CodeLens } from 'vscode-languageserver';
import type { StackView } from '../../core/analysis/stackView.ts';
import { codeLenses, type LensId } from '../../core/features/codeLenses.ts';
import { summarizeManifest } from '../../core/features/manifestImages.ts';
import { verificationOf } from '../../core/mirror/verification.ts';
import { verifiedUri } from '../../core/workspace/virtualUris.ts';
import { toRange } from '../convert.ts';
import { defineHandler, type Session } from '../handler.ts';
import type { OpenDocument } from '../openDocuments.ts';

/** The client's command that lists the images of a manifest. */
const listCommand = 'deploykf.showManifestImages';

/** The client's command that asks registries, or shows what they said. */
const verifyCommand = 'deploykf.verifyMirror';

/** The client's commands that a lens of `codeLenses` runs. */
export const lensCommands = {
  rewrite: 'deploykf.rewriteComponent',
  choose: 'deploykf.rewriteToRegistry',
  plan: 'deploykf.showMirrorPlan',
} as const;

/** What a lens carries until it comes into sight. */
export interface LensData extends LensId {
  readonly uri: string;
}

/**
 * Counts the images of each component and stack of a values file, and says on its first line what the registries were seen to
 * have; on the first line of a manifest, how its images stand to the plan of the mirror.
 */
export const codeLensHandler = defineHandler(
  CodeLensRequest.type,
  async (session, { textDocument: { uri } }, token): Promise<CodeLens[] | null> => {
    const shown = await session.shownBeside(uri);
    const document = session.workspace.document(uri);
    if (document === undefined) return null;
    if (shown.codeLenses) {
      const lenses = valuesLenses(session, uri, document);
      if (lenses.length > 0) return lenses;
    }
    if (!shown.manifestLenses) return null;
    const report = await session.manifests.of(uri, () => token.isCancellationRequested);
    if (report === undefined) return null;
    return [lens(summarizeManifest(report), listCommand, uri)];
  },
  ({ own }) =>
    own.commands?.includes(listCommand) === true
      ? { codeLensProvider: { resolveProvider: true } }
      : undefined,
);

function valuesLenses(
  { workspace: { snapshot }, client: { own } }: Session,
  uri: string,
  { file }: OpenDocument,
): CodeLens[] {
  const verified = snapshot.viewsByChoice(file.uri).flatMap(view => verifiedLens(view) ?? []);
  const isPossible = Object.values(lensCommands).every(command => own.commands?.includes(command));
  if (!isPossible) return verified;
  const counts = codeLenses(snapshot, file.uri).map(({ span, id }): CodeLens => {
    const data: LensData = { uri, ...id };
    return { range: toRange(file.source, span), data };
  });
  return [...counts, ...verified];
}

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
