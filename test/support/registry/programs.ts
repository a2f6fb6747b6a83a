import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
  if (missing.length === 0) return;
  const hint = `not installed: ${missing.join(', ')} (apt-get install docker-registry skopeo openssl containerd)`;
  if (process.env.DEPLOYKF_REGISTRY === 'required') throw new Error(hint);
  console.log(`      skipped, ${hint}`);
  suite.skip();
}
