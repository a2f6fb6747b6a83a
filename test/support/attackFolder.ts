import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder of its own, for files that are none and links that lead anywhere. */
export class AttackFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'deploykf-attack-')));

  path(name: string): string {
    return join(this.root, name);
  }

  uri(name: string): string {
    return pathToFileURL(this.path(name)).href;
  }

  write(name: string, text: string | Uint8Array): void {
    writeFileSync(this.#place(name), text);
  }

  folder(name: string): void {
    mkdirSync(this.path(name), { recursive: true });
  }

  pipe(name: string): void {
    execFileSync('mkfifo', [this.#place(name)]);
  }

  link(name: string, target: string): void {
    symlinkSync(target, this.#place(name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #place(name: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    return this.path(name);
  }
}

/** Values with one error that is always found, so that a test sees what is read. */
export function dex(tag: string): string {
  return `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ${tag}\n`;
}
