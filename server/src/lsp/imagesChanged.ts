import type { Connection } from 'vscode-languageserver';
import { imageCounts } from '../core/analysis/imageCounts.ts';
import { problemsOf } from '../core/features/imagesView.ts';
import { sendNotification } from '../protocol.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import { imagesChangedNotification, type FirstStack } from '../protocol/images.ts';
import { clientUri } from './convert.ts';
import { describeError, type Log } from './log.ts';
import type { OpenWorkspace } from './openWorkspace.ts';
import { Turns } from './turns.ts';

interface ImagesChangedOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** In milliseconds; all stacks are too much for each keystroke. */
const wait = 500;

/** Tells the client when what its Images view shows may have changed. */
export function sendImagesChanged({ connection, workspace, log }: ImagesChangedOptions): void {
  const turns = new Turns();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent: string | undefined;

  const send = async (): Promise<void> => {
    await workspace.settled();
    timer = undefined;
    const { snapshot } = workspace;
    // When it is read, the timer is set again.
    if (snapshot.state.isReading === true) return;
    let problems = 0;
    for (const plan of snapshot.plans) {
      await turns.next();
      // Whatever changed it has set the timer again.
      if (workspace.snapshot !== snapshot) return;
      const view = snapshot.view(plan);
      if (view !== undefined) problems += problemsOf(view);
    }
    const uris = new Set(snapshot.plans.flatMap(plan => plan.uris));
    const files = [...uris].filter(uri => snapshot.file(uri) !== undefined);
    const text = files.join('\n');
    const isSame = text === sent;
    sent = text;
    const first = firstStack(snapshot);
    await sendNotification(connection, imagesChangedNotification, {
      problems,
      ...(first && { first }),
      ...(!isSame && { files: files.map(uri => clientUri(workspace, uri)) }),
    });
  };

  workspace.onDidChange(() => {
    timer ??= setTimeout(() => {
      send().catch((error: unknown) =>
        log.warn(`A change of the images was not reported: ${describeError(error)}`),
      );
    }, wait);
  });
}

/** The chosen stack, else the first one. */
function firstStack(snapshot: Snapshot): FirstStack | undefined {
  const chosen = snapshot.state.active?.find(id => snapshot.planById(id) !== undefined);
  const plan = chosen === undefined ? snapshot.plans[0] : snapshot.planById(chosen);
  const view = plan && snapshot.view(plan);
  if (view === undefined) return undefined;
  return { name: view.stack.name, release: view.stack.release, counts: view.memo(imageCounts) };
}
