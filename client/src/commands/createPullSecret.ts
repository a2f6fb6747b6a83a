import { l10n, Uri, window } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  addPullSecretRequest,
  offerPullSecretRequest,
  type PullSecretPlace,
} from '../../../server/src/protocol/pullSecrets.ts';
import type { Server } from '../server.ts';
import { askPullSecret } from './askPullSecret.ts';
import { showPullSecrets } from './reports.ts';
import { secretWays } from './secretWays.ts';
import { targetFile } from './targetFile.ts';

/**
 * Asks for an image pull Secret and for every namespace that needs one, makes it or helps to, and adds it to the values of a file: by
 * default the active one. A code action gives what an entry of the values names already.
 */
export async function createPullSecret(server: Server, storage: Uri, given?: unknown): Promise<void> {
  const named = isPullSecretPlace(given) ? given : undefined;
  const uri = named?.uri ?? (await targetFile(server, given));
  if (uri === undefined) return;
  const client = await server.start();
  const asked = await askPullSecret(
    params => sendRequest(client, offerPullSecretRequest, { uri, ...params }),
    named === undefined ? {} : { name: named.name, namespace: named.namespace },
    secretWays(client, storage),
  );
  if (asked === undefined) return;
  const { secret, offered, addsValues, way } = asked;
  const next = await way.run(secret, offered);
  if (next === undefined) return;
  const { name, namespace } = secret;
  const done = next === '' ? [] : [next];
  if (addsValues && offered.values.kind === 'edits')
    done.push((await sendRequest(client, addPullSecretRequest, { uri, name, namespace })).message);
  if (offered.values.kind === 'refused') done.push(offered.values.reason);
  // Nobody waits for the answer: what was asked for is done.
  void offerMatrix(server, uri, done.join('. ') || l10n.t('Nothing is left to do'));
}

async function offerMatrix(server: Server, uri: string, message: string): Promise<void> {
  const show = l10n.t('Show Namespaces and Pull Secrets');
  if ((await window.showInformationMessage(message, show)) === show)
    await showPullSecrets(server, Uri.parse(uri));
}

/** A key binding may give anything. */
function isPullSecretPlace(given: unknown): given is PullSecretPlace {
  return (
    typeof given === 'object' && given !== null && 'uri' in given && 'name' in given && 'namespace' in given
  );
}
