import { labelOf } from '../core/stack/uri.ts';
import { shortened } from '../core/text/shorten.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { Log } from './log.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

/** In UTF-16 units; files and stacks may be called anything. */
const longestName = 200;

interface MissingLogOptions {
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** Logs the values files of stacks that do not exist, each once, and again when it is gone again; not places that were only tried. */
export function logMissing({ workspace, log }: MissingLogOptions): void {
  let plans: Snapshot['plans'] | undefined;
  let missing: Snapshot['state']['missing'];
  let told: ReadonlySet<string> = new Set();
  workspace.onDidChange(() => {
    const { snapshot } = workspace;
    const isSame = snapshot.plans === plans && snapshot.state.missing === missing;
    if (isSame || !workspace.isSettled || snapshot.state.isReading === true) return;
    plans = snapshot.plans;
    missing = snapshot.state.missing;
    const found = missingFiles(snapshot);
    for (const [uri, file] of found) if (!told.has(uri)) log.warn(`${file} does not exist`);
    told = new Set(found.keys());
  });
}

/** By URI. */
function missingFiles({ plans, state: { missing } }: Snapshot): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, folder, uris } of plans) {
    const stack = name === '' ? '' : ` of stack ${shortened(name, longestName)}`;
    for (const uri of uris) {
      if (missing?.has(uri) !== true || found.has(uri)) continue;
      found.set(uri, `Values file "${shortened(labelOf(folder, uri), longestName)}"${stack}`);
    }
  }
  return found;
}
