import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import manifest from '../../package.json' with { type: 'json' };
import { npmFile } from '../../server/tools/package/npmPackage.ts';

/** A package registry on loopback that has the packed package and nothing else. */
export class NpmRegistry {
  readonly #server: Server;
  readonly #tarball = readFileSync(npmFile);

  constructor() {
    this.#server = createServer(({ url, headers }, response) => {
      if (url?.endsWith('.tgz') === true) response.end(this.#tarball);
      else if (url === `/${manifest.name}`) response.end(JSON.stringify(this.#document(headers.host ?? '')));
      else response.writeHead(404).end('{}');
    });
  }

  /** Gives its address. */
  async start(): Promise<string> {
    await new Promise<void>(resolve => void this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #document(host: string): object {
    const { name, version } = manifest;
    const integrity = `sha512-${createHash('sha512').update(this.#tarball).digest('base64')}`;
    const own = JSON.parse(readFileSync(npmFile.replace(/[^/]+$/, 'npm/package.json'), 'utf8')) as object;
    const dist = { tarball: `http://${host}/${name}/-/${name}-${version}.tgz`, integrity };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...own, dist } } };
  }
}
