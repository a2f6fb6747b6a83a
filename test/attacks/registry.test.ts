// Registries and token servers that break, lie, or want a login for somebody else: a server of its own for what no real one does.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dockerLoginFinder } from '../../server/src/host/registry/dockerLogins.node.ts';
import { nodeTransport } from '../../server/src/host/registry/nodeTransport.node.ts';
import { verifyImages } from '../../server/src/host/registry/verifyImages.ts';
import { digestOf } from '../support/registry/pushImage.ts';

const user = 'canary-user';
const password = 'canary:pa$$word';
const login = Buffer.from(`${user}:${password}`).toString('base64');
const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'c'.repeat(64)}` };
const image = JSON.stringify({ schemaVersion: 2, config, layers: [] });

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

function indexOf(child: { readonly digest: string; readonly mediaType: string }): string {
  const platform = { os: 'linux', architecture: 'amd64' };
  return JSON.stringify({ schemaVersion: 2, manifests: [{ ...child, platform }] });
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Fake {
  readonly host: string;
  /** What came, with the login that came along. */
  readonly seen: (readonly [url: string, authorization: string | undefined])[];
  readonly stop: () => Promise<void>;
}

const running: Fake[] = [];

async function serve(handler: Handler): Promise<Fake> {
  const seen: (readonly [string, string | undefined])[] = [];
  const server = createServer((request, response) => {
    seen.push([request.url ?? '', request.headers.authorization]);
    handler(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const fake = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  running.push(fake);
  return fake;
}

/** Answers `GET /v2/`, and hands over what is asked below. */
function registry(handler: Handler, greeting?: Record<string, string>): Handler {
  return (request, response) => {
    if (request.url !== '/v2/') return handler(request, response);
    response.writeHead(greeting === undefined ? 200 : 401, greeting);
    response.end();
  };
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body = ''): void {
  response.writeHead(status, headers);
  response.end(body);
}

interface Asked {
  readonly config?: unknown;
  readonly env?: Record<string, string>;
  readonly untrusted?: readonly string[];
  /** Other repositories that are asked for. */
  readonly beside?: readonly string[];
}

/** The state and detail of one image, and everything that was said. */
async function verify(
  host: string,
  folder: string,
  { config, env = {}, untrusted = [], beside = [] }: Asked = {},
): Promise<{ readonly state: string; readonly said: readonly string[] }> {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config ?? { auths: { [host]: { auth: login } } }));
  const all = { PATH: process.env['PATH'] ?? '', REGISTRY_AUTH_FILE: file, ...env };
  const said: string[] = [];
  const { images } = await verifyImages(
    ['team/app', ...beside].map(name => ({
      ...{ target: `${host}/${name}:1`, source: `docker.io/library/${name}:1` },
      ...{ locked: undefined, isCache: false },
    })),
    {
      transport: nodeTransport({ authorities: [], env: all, patience: 2000 }),
      findLogin: dockerLoginFinder({ env: all, untrusted, complain: message => void said.push(message) }),
      signal: new AbortController().signal,
      plainHttp: [],
      isDeep: false,
      withSource: false,
      platform: undefined,
      onProgress: () => undefined,
    },
  );
  assert.doesNotMatch(JSON.stringify([images, said]), /canary/);
  const [found] = images;
  return { state: [found?.state, found?.detail].filter(Boolean).join(': '), said };
}

describe('A registry that cannot be trusted', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-fake-'));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(fake => fake.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const bodies: readonly (readonly [name: string, handler: Handler, state: string | RegExp])[] = [
    [
      'lies about a digest',
      (_, response) => send(response, 200, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }, image),
      `different: the registry says its digest is sha256:${'0'.repeat(64)}, but its content has ${digestOf(image)}`,
    ],
    [
      'has an index without an image',
      (_, response) => send(response, 200, {}, '{"schemaVersion":2,"manifests":[]}'),
      'different: its index does not name an image',
    ],
    [
      'has a chart of Helm',
      (_, response) => send(response, 200, {}, image.replace('oci.image', 'cncf.helm')),
      'different: its manifest cannot be read: its content is "application/vnd.cncf.helm.config.v1+json", which is not an image',
    ],
    [
      'has a manifest without a configuration',
      (_, response) => send(response, 200, {}, '{"schemaVersion":2,"layers":[]}'),
      'different: its manifest cannot be read: it has no configuration',
    ],
    [
      'has a layer without a digest',
      (_, response) => send(response, 200, {}, image.replace('[]', '[{}]')),
      'different: its manifest cannot be read: it names a layer without a digest',
    ],
    [
      'does not hand out blobs',
      (request, response) => {
        const isBlob = request.url?.includes('/blobs/') === true;
        send(response, isBlob ? 403 : 200, {}, isBlob ? '' : image);
      },
      'missing-or-denied: the login may not read it, or it does not exist',
    ],
    [
      'has an artifact alone in an index',
      (request, response) => {
        const artifact = image.replace('oci.image', 'oci.empty');
        const isIndex = request.url?.endsWith('/manifests/1') === true;
        const child = { digest: digestOf(artifact), mediaType: manifestType };
        send(
          response,
          200,
          {},
          isIndex ? JSON.stringify({ schemaVersion: 2, manifests: [child] }) : artifact,
        );
      },
      'different: its index does not name an image',
    ],
    [
      'has an index in an index that leads to nothing',
      (request, response) => {
        const inner = indexOf({ digest: `sha256:${'d'.repeat(64)}`, mediaType: manifestType });
        const outer = indexOf({ digest: digestOf(inner), mediaType: indexType });
        if (request.url?.endsWith('/manifests/1') === true) send(response, 200, {}, outer);
        else if (request.url?.endsWith(digestOf(inner)) === true) send(response, 200, {}, inner);
        else send(response, 404, {});
      },
      /^hole: linux\/amd64 is missing$/,
    ],
    [
      'sends half a manifest',
      (_, response) => send(response, 200, {}, image.slice(0, -3)),
      /^different: .* not JSON$/,
    ],
    ['sends a page', (_, response) => send(response, 200, {}, '<html>'), /^different: .* it is not JSON$/],
    [
      'sends schema 1',
      (_, response) => send(response, 200, {}, '{"schemaVersion":1}'),
      /^different: .* schema 1/,
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{', () => response.destroy());
      },
      'unreachable: the connection broke off',
    ],
    ['never answers', () => undefined, 'unreachable: it does not answer'],
    [
      'never ends',
      (_, response) => {
        const chunk = Buffer.alloc(1024 * 1024, ' ');
        const more = (): void => {
          if (response.write(chunk)) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      },
      'unreachable: its answer is larger than 4 MiB',
    ],
    ['is broken', (_, response) => send(response, 500, {}), 'unreachable: it answers with status 500'],
    [
      'redirects in circles',
      (request, response) => send(response, 302, { location: request.url ?? '' }),
      'unreachable: it redirects again and again',
    ],
    [
      'redirects to nowhere',
      (_, response) => send(response, 302, { location: 'http://[' }),
      'unreachable: it redirects to an address without TLS',
    ],
    [
      'wants to be left alone for hours',
      (_, response) => send(response, 429, { 'retry-after': '9999' }),
      'unchecked: the registry allows no more requests for now, try again in 9999 seconds',
    ],
    [
      'answers 401 for what is not there',
      (_, response) => send(response, 401, {}),
      'missing-or-denied: the login may not read it, or it does not exist',
    ],
  ];
  for (const [name, handler, wanted] of bodies)
    it(name, async () => {
      const { host } = await serve(registry(handler));
      const { state } = await verify(host, folder);
      if (typeof wanted === 'string') assert.equal(state, wanted);
      else assert.match(state, wanted);
    });

  it('is asked again after the time that it wants', async () => {
    let calls = 0;
    const { host } = await serve(
      registry((_, response) => {
        if (++calls === 1) send(response, 429, { 'retry-after': '1' });
        else send(response, 200, {}, image);
      }),
    );
    assert.equal((await verify(host, folder)).state, 'there');
  });

  it('gets no login unless it asks for one', async () => {
    const fake = await serve(registry((_, response) => send(response, 200, {}, image)));
    await verify(fake.host, folder);
    assert.deepEqual(new Set(fake.seen.map(([, authorization]) => authorization)), new Set([undefined]));
  });

  it('cannot hand a login on by a redirect', async () => {
    const other = await serve((_, response) => send(response, 200, {}, image));
    const fake = await serve(
      registry((_, response) => send(response, 307, { location: `http://${other.host}/blob` }), {
        'www-authenticate': 'Basic realm="x"',
      }),
    );
    assert.equal((await verify(fake.host, folder)).state, 'there');
    assert.deepEqual(fake.seen.at(-1)?.[1], `Basic ${login}`);
    assert.deepEqual(new Set(other.seen.map(String)), new Set(['/blob,']));
  });

  it('cannot have a login given to whom the target of a redirect names', async () => {
    const tokens = await serve((_, response) => send(response, 200, {}, '{"token":"t"}'));
    for (const challenge of [`Bearer realm="http://${tokens.host}/token"`, 'Basic realm="x"']) {
      const other = await serve((_, response) => send(response, 401, { 'www-authenticate': challenge }));
      const fake = await serve(
        registry((_, response) => send(response, 307, { location: `http://${other.host}/blob` })),
      );
      const { state } = await verify(fake.host, folder);
      assert.equal(state, `unreachable: it redirects to ${other.host}, which refuses to answer`);
      assert.deepEqual([tokens.seen, other.seen], [[], [['/blob', undefined]]]);
    }
  });

  it('is asked for one token when it gives none for many', async () => {
    for (const status of [400, 401, 403, 414]) {
      const tokens = await serve((request, response) => {
        const scopes = new URL(request.url ?? '', 'http://x').searchParams.getAll('scope');
        if (scopes.length > 1) send(response, status, {});
        else send(response, 200, {}, '{"token":"canary-token"}');
      });
      const challenge = { 'www-authenticate': `Bearer realm="http://${tokens.host}/t"` };
      const fake = await serve(registry((_, response) => send(response, 200, {}, image), challenge));
      const { state } = await verify(fake.host, folder, { config: {}, beside: ['team/other'] });
      assert.equal(state, 'there');
    }
  });

  it('cannot have a login sent in the clear to a token server elsewhere', async () => {
    const fake = await serve(
      registry((_, response) => send(response, 401, {}), {
        'www-authenticate': 'Bearer realm="http://tokens.example.com/token",service="s"',
      }),
    );
    assert.equal(
      (await verify(fake.host, folder)).state,
      'missing-or-denied: its token server tokens.example.com has no TLS, so that no login is sent there',
    );
  });

  it('has a token server of its own, which gets the login and nothing else', async () => {
    const tokens = await serve((_, response) => send(response, 200, {}, '{"access_token":"canary-token"}'));
    const challenge = `Negotiate, Bearer realm=http://${tokens.host}/t?a=b,service="x, y"`;
    const fake = await serve(
      registry((_, response) => send(response, 200, {}, image), { 'www-authenticate': challenge }),
    );
    assert.equal((await verify(fake.host, folder)).state, 'there');
    assert.deepEqual(tokens.seen, [
      ['/t?a=b&service=x%2C+y&scope=repository%3Ateam%2Fapp%3Apull', `Basic ${login}`],
    ]);
    assert.deepEqual(fake.seen.at(-1)?.[1], 'Bearer canary-token');
  });

  it('has a token server that sends no token, or one with a line break', async () => {
    for (const body of ['{}', '{"token":"a\\r\\nX-Evil: 1"}', 'no']) {
      const tokens = await serve((_, response) => send(response, 200, {}, body));
      const challenge = { 'www-authenticate': `Bearer realm="http://${tokens.host}/t"` };
      const fake = await serve(registry((_, response) => send(response, 401, {}), challenge));
      assert.match(
        (await verify(fake.host, folder)).state,
        /^unreachable: its token server .* sends no token$/,
      );
    }
  });
});

describe('A credential helper', () => {
  let folder = '';
  let host = '';

  beforeEach(async function () {
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'deploykf-helper-'));
    const greeting = { 'www-authenticate': 'Basic realm="x"' };
    const fake = await serve(
      registry((request, response) => {
        const isRight = request.headers.authorization === `Basic ${login}`;
        send(response, isRight ? 200 : 401, {}, image);
      }, greeting),
    );
    ({ host } = fake);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(fake => fake.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  function install(path: string): Record<string, string> {
    const bin = join(folder, path);
    mkdirSync(bin, { recursive: true });
    const file = join(bin, 'docker-credential-test');
    const answer = JSON.stringify({ ServerURL: 'x', Username: user, Secret: password });
    writeFileSync(file, `#!/bin/sh\ntouch '${folder}/ran'\ncat >/dev/null\nprintf '%s' '${answer}'\n`);
    chmodSync(file, 0o755);
    return { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) };
  }

  const helped = (name: string): unknown => ({ credHelpers: { [host]: name } });

  it('gives the login', async () => {
    const { state, said } = await verify(host, folder, { config: helped('test'), env: install('bin') });
    assert.deepEqual([state, said], ['there', []]);
  });

  it('is not taken from the workspace, nor from its packages', async () => {
    mkdirSync(join(folder, 'tree/.git'), { recursive: true });
    writeFileSync(join(folder, 'tree/.git/HEAD'), 'ref: refs/heads/main\n');
    mkdirSync(join(folder, 'tree/sub'));
    mkdirSync(join(folder, 'linked/bin'), { recursive: true });
    symlinkSync(join(folder, 'linked'), join(folder, 'link'));
    for (const [path, untrusted] of [
      ['work/bin', [join(folder, 'work')]],
      ['node_modules/.bin', []],
      // direnv and the like put a folder of the work tree into PATH.
      ['tree/bin', [join(folder, 'tree/sub')]],
      ['link/bin', [join(folder, 'linked')]],
    ] as const) {
      const { state, said } = await verify(host, folder, {
        config: helped('test'),
        env: install(path),
        untrusted,
      });
      assert.match(state, /^missing-or-denied/);
      assert.match(
        said.join(),
        /docker-credential-test, which the docker config names for .*, is not installed/,
      );
      assert.ok(!existsSync(join(folder, 'ran')));
    }
  });

  it('has a name, and nothing that leads elsewhere', async () => {
    const { said } = await verify(host, folder, { config: helped('../work/evil'), env: install('bin') });
    assert.match(said.join(), /that is not a name, so it is not run/);
  });
});
