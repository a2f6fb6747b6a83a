import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NpmRegistry } from './npmRegistry.ts';
import { packedNpm } from './packedNpm.ts';

/** What lets `npx` find the packed package in a registry, and nothing else anywhere. */
export class NpxSurroundings {
  readonly env: Record<string, string> = {};
  #registry: NpmRegistry | undefined;
  readonly #cache = mkdtempSync(join(tmpdir(), 'npx-'));

  async start(): Promise<void> {
    await packedNpm();
    this.#registry = new NpmRegistry();
    this.env['npm_config_registry'] = await this.#registry.start();
    this.env['npm_config_cache'] = this.#cache;
    this.env['npm_config_update_notifier'] = 'false';
  }

  stop(): void {
    this.#registry?.stop();
    rmSync(this.#cache, { recursive: true, force: true });
  }
}
