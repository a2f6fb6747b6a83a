import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { helmFolder } from '../../../server/tools/helm.ts';

/** The programs among these that are not installed here. */
export function missingPrograms(names: readonly string[]): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.filter(name => !folders.some(folder => existsSync(join(folder, name))));
}

/**
 * Skips a suite where its programs are not installed, and fails it with `DEPLOYKF_REGISTRY=required`. To be called in `before`,
 * whose `this` it takes.
 */
export function needPrograms(suite: Mocha.Context, names: readonly string[]): void {
  const missing = missingPrograms(names);
  if (missing.length > 0)
    skip(
      suite,
      `not installed: ${missing.join(', ')} (apt-get install docker-registry skopeo openssl containerd)`,
    );
}

/** The path of one of the programs that `npm run helm` installs; skips or fails the suite where it is not there. */
export function needHelm(suite: Mocha.Context, program: 'helm' | 'kubectl'): string {
  const path = join(helmFolder, program);
  if (!existsSync(path)) skip(suite, `not installed: ${program} (npm run helm)`);
  return path;
}

/** Skips or fails the suite in the same way where only root can start a program. */
export function needRoot(suite: Mocha.Context, program: string): void {
  if (process.getuid?.() !== 0) skip(suite, `only root can start ${program}`);
}

function skip(suite: Mocha.Context, reason: string): void {
  if (process.env.DEPLOYKF_REGISTRY === 'required') throw new Error(reason);
  console.log(`      skipped, ${reason}`);
  suite.skip();
}
