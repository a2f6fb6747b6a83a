import type { Connection } from 'vscode-languageserver';
import { imageCounts, type ImageCounts } from '../core/analysis/imageCounts.ts';
import { lacksPolicy } from '../core/analysis/privateOverrides.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { Stack } from '../core/stack/stack.ts';
import type { StackPlan } from '../core/stack/plan.ts';
import { reasonOfGuess } from '../core/stack/releaseGuess.ts';
import { defaultsUri, effectiveUri, mergedUri } from '../core/workspace/virtualUris.ts';
import {
  fileStatusNotification,
  sendNotification,
  type FileStatus,
  type StackDocuments,
  type StackStatus,
} from '../protocol.ts';
import { describeError, type Log } from './log.ts';
import type { OpenDocument } from './openDocuments.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

interface StatusOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** In milliseconds; all images of a stack are too much for each keystroke. */
const countingWait = 500;

/** Tells the client what each open file is, whenever that is another than before. */
export function sendStatus({ connection, workspace, log }: StatusOptions): void {
  const sent = new Map<string, string>();
  const counts = new Map<string, ImageCounts | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = (document: OpenDocument): void => {
    const status = fileStatus(workspace, document, counts.get(document.uri));
    const text = JSON.stringify(status);
    if (sent.get(document.uri) === text) return;
    sent.set(document.uri, text);
    sendNotification(connection, fileStatusNotification, status).catch((error: unknown) =>
      log.warn(`The status of a file was not sent: ${describeError(error)}`),
    );
  };
  let isBehind = false;
  workspace.onDidChange(changed => {
    const isAll = changed === 'all' || isBehind;
    // What is said of a file whose folder is just being read would be taken back at once.
    isBehind = !workspace.isSettled;
    const documents = isAll
      ? [...workspace.documents]
      : changed.flatMap(uri => workspace.document(uri) ?? []);
    if (!isBehind) documents.forEach(send);
    for (const uri of sent.keys()) {
      if (workspace.document(uri) !== undefined) continue;
      sent.delete(uri);
      counts.delete(uri);
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      if (workspace.snapshot.state.isReading === true) return;
      for (const document of workspace.documents) {
        counts.set(document.uri, countsOf(workspace, document));
        send(document);
      }
    }, countingWait);
  });
}

/** Of the stack that hovers show first; `undefined`: there is none, or its release is not known. */
function countsOf({ snapshot }: OpenWorkspace, { file }: OpenDocument): ImageCounts | undefined {
  const [first] = snapshot.plansByChoice(file.uri);
  return first && snapshot.view(first)?.memo(imageCounts);
}

function documentsOf({ id, name }: StackPlan, { catalog }: Stack): StackDocuments {
  return {
    effective: effectiveUri(id, name),
    merged: mergedUri(id, name),
    defaults: defaultsUri(catalog),
  };
}

function stackStatus(snapshot: Snapshot, plan: StackPlan): StackStatus {
  const { id, name, release, generator } = plan;
  const stack = snapshot.view(plan)?.stack;
  const unknown = generator === undefined ? release : `fork ${generator.path}`;
  return {
    id,
    name,
    release: stack?.release ?? unknown ?? snapshot.state.catalogs.newest,
    ...(stack?.guess !== undefined && { guess: reasonOfGuess(stack.guess, stack.guessedBy) }),
    ...(stack && { documents: documentsOf(plan, stack) }),
  };
}

function fileStatus(
  { snapshot }: OpenWorkspace,
  { uri, file }: OpenDocument,
  counts: ImageCounts | undefined,
): FileStatus {
  const stacks = snapshot.plansByChoice(file.uri).map(plan => stackStatus(snapshot, plan));
  return {
    uri,
    isValues: stacks.length > 0,
    stacks,
    hasPolicy: snapshot.settingsOf(file.uri).policy !== undefined,
    lacksPolicy: snapshot.viewsOf(file.uri).some(lacksPolicy),
    ...(counts && { counts }),
  };
}
