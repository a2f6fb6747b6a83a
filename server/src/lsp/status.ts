import type { Connection } from 'vscode-languageserver';
import { fileStatusNotification, type FileStatus } from '../protocol.ts';
import { describeError, type Log } from './log.ts';
import type { OpenDocument, World } from './world.ts';

interface StatusOptions {
  readonly connection: Connection;
  readonly world: World;
  readonly log: Log;
}

/** Tells the client what each open file is, whenever that is another than before. */
export function sendStatus({ connection, world, log }: StatusOptions): void {
  const sent = new Map<string, string>();
  const send = (document: OpenDocument): void => {
    const status = fileStatus(world, document);
    const text = JSON.stringify(status);
    if (sent.get(document.uri) === text) return;
    sent.set(document.uri, text);
    connection
      .sendNotification(fileStatusNotification, status)
      .catch((error: unknown) => log.warn(`The status of a file was not sent: ${describeError(error)}`));
  };
  world.onDidChange(changed => {
    const documents = changed === 'all' ? [...world.documents] : changed.flatMap(uri => world.document(uri) ?? []);
    documents.forEach(send);
    for (const uri of sent.keys()) if (world.document(uri) === undefined) sent.delete(uri);
  });
}

function fileStatus({ snapshot }: World, { uri, file }: OpenDocument): FileStatus {
  const newest = snapshot.state.catalogs.newest;
  const stacks = snapshot.plansOf(file.uri).map(({ name, release }) => ({ name, release: release ?? newest }));
  return {
    uri,
    isValues: stacks.length > 0,
    stacks,
    hasPolicy: snapshot.settingsOf(file.uri).policy !== undefined,
  };
}
