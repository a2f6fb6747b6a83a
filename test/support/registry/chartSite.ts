// Helm repositories on loopback, as chart maintainers publish them: an index and archives.
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class ChartSite {
  readonly #folder = mkdtempSync(join(tmpdir(), 'deploykf-charts-'));
  readonly #helm: string;
  readonly #server: Server;

  private constructor(helm: string) {
    this.#helm = helm;
    this.#server = createServer((request, response) => {
      const file = join(this.#folder, 'site', new URL(request.url ?? '/', 'http://localhost').pathname);
      if (!existsSync(file)) return void response.writeHead(404).end();
      createReadStream(file).pipe(response);
    });
  }

  /** `helm` is the path of the program that packages. */
  static async start(helm: string): Promise<ChartSite> {
    const site = new ChartSite(helm);
    await new Promise<void>(resolve => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** The address of a repository. */
  urlOf(repository: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${repository}`;
  }

  /** Publishes a tiny chart. */
  publish(repository: string, name: string, version: string): void {
    const source = join(this.#folder, 'source', name);
    mkdirSync(join(source, 'templates'), { recursive: true });
    writeFileSync(join(source, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n`);
    writeFileSync(
      join(source, 'templates/config.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
    );
    const site = join(this.#folder, 'site', repository);
    mkdirSync(site, { recursive: true });
    const env = { PATH: process.env.PATH, HOME: this.#folder };
    execFileSync(this.#helm, ['package', source, '--destination', site], { env });
    execFileSync(this.#helm, ['repo', 'index', site, '--url', this.urlOf(repository)], { env });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
