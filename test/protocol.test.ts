import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  CancellationToken,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { rewriteRequest, sendRequest, type RewriteParams } from '../server/src/protocol.ts';

describe('A request of our own', () => {
  it('carries its parameters and nothing else, with a token or without', async () => {
    const [there, back] = [new PassThrough(), new PassThrough()];
    const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
    const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
    const received: unknown[] = [];
    server.onRequest(rewriteRequest.method, (params: unknown, token: unknown) => {
      received.push([params, CancellationToken.is(token)]);
      return {};
    });
    client.listen();
    server.listen();
    const params: RewriteParams = {
      uri: 'file:///values.yaml',
      what: 'file',
      position: { line: 0, character: 0 },
    };
    await sendRequest(client, rewriteRequest, params);
    await sendRequest(client, rewriteRequest, params, CancellationToken.None);
    client.dispose();
    server.dispose();
    assert.deepEqual(received, [
      [params, true],
      [params, true],
    ]);
  });
});
