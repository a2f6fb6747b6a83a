import type { Connection } from 'vscode-languageserver';
import { imageCounts } from '../core/analysis/imageCounts.ts';
import { lacksPolicy } from '../core/analysis/privateOverrides.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { StackPlan } from '../core/stack/plan.ts';
import { reasonOfGuess } from '../core/stack/releaseGuess.ts';
import { defaultsUri, effectiveUri } from '../core/workspace/virtualUris.ts';
import { fileStatusNotification, sendNotification, type FileStatus, type StackStatus } from '../protocol.ts';
import { describeError, type Log } from './log.ts';
import type { OpenDocument } from './openDocuments.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

interface StatusOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** Tells the client what each open file is, whenever that is another than before. */
export function sendStatus({ connection, workspace, log }: StatusOptions): void {
  const sent = new Map<string, string>();
  const send = (document: OpenDocument): void => {
    const status = fileStatus(workspace, document);
    const text = JSON.stringify(status);
    if (sent.get(document.uri) === text) return;
    sent.set(document.uri, text);
    sendNotification(connection, fileStatusNotification, status).catch((error: unknown) =>
      log.warn(`The status of a file was not sent: ${describeError(error)}`),
    );
  };
  workspace.onDidChange(changed => {
    const documents =
      changed === 'all' ? [...workspace.documents] : changed.flatMap(uri => workspace.document(uri) ?? []);
    documents.forEach(send);
    for (const uri of sent.keys()) if (workspace.document(uri) === undefined) sent.delete(uri);
  });
}

function stackStatus(snapshot: Snapshot, plan: StackPlan): StackStatus {
  const { id, name, release, generator } = plan;
  const stack = snapshot.view(plan)?.stack;
  const unknown = generator === undefined ? release : `fork ${generator.path}`;
  return {
    id,
    name,
    release: stack?.release ?? unknown ?? snapshot.state.catalogs.newest,
    ...(stack?.guess !== undefined && { guess: reasonOfGuess(stack.guess) }),
    ...(stack && { documents: { effective: effectiveUri(id, name), defaults: defaultsUri(stack.catalog) } }),
  };
}

function fileStatus({ snapshot }: OpenWorkspace, { uri, file }: OpenDocument): FileStatus {
  const plans = snapshot.plansByChoice(file.uri);
  const stacks = plans.map(plan => stackStatus(snapshot, plan));
  const first = plans[0] && snapshot.view(plans[0]);
  return {
    uri,
    isValues: stacks.length > 0,
    stacks,
    hasPolicy: snapshot.settingsOf(file.uri).policy !== undefined,
    lacksPolicy: snapshot.viewsOf(file.uri).some(lacksPolicy),
    ...(first && { counts: first.memo(imageCounts) }),
  };
}
