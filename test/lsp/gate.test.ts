import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { FrameReader } from '../../server/src/lsp/frames.node.ts';
import { Gate } from '../../server/src/lsp/gate.ts';

function frame(message: object): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const initialize = frame({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: 4711, capabilities: {} },
});

describe('The watch of a client', () => {
  it('begins after initialize, although the client says nothing more', async () => {
    const input = new PassThrough();
    const watched = new Promise<number | undefined>(resolve => {
      new Gate(new FrameReader(input), { write: () => Promise.resolve() }, resolve).listen(() => undefined);
    });
    input.write(initialize);
    assert.equal(await watched, 4711);
  });

  it('begins once, with the next message at the latest', async () => {
    const input = new PassThrough();
    const watched: (number | undefined)[] = [];
    const passed: string[] = [];
    const gate = new Gate(new FrameReader(input), { write: () => Promise.resolve() }, id => watched.push(id));
    const both = new Promise<void>(resolve => {
      gate.listen(message => {
        passed.push(`${'method' in message ? String(message.method) : ''} ${watched.length}`);
        if (passed.length === 3) resolve();
      });
    });
    input.write(initialize);
    input.write(frame({ jsonrpc: '2.0', method: 'initialized', params: {} }));
    input.write(frame({ jsonrpc: '2.0', method: '$/setTrace', params: { value: 'off' } }));
    await both;
    assert.deepEqual(passed, ['initialize 0', 'initialized 1', '$/setTrace 1']);
  });
});
