import type { Span } from '../text/span.ts';
import type { Stack } from './stack.ts';

/** A stack before its files are read. */
export interface StackPlan {
  readonly id: string;
  readonly name: string;
  readonly kind: Stack['kind'];
  /** `undefined`: nothing tells it, the newest known release is taken. */
  readonly release: string | undefined;
  /** The values files, the weakest first. */
  readonly uris: readonly string[];
  /** The folder that paths in messages are relative to, and whose settings count. */
  readonly folder: string | undefined;
  readonly definedAt?: { readonly uri: string; readonly span: Span };
}

/** A values file that belongs to no stack is one of its own. */
export function alonePlan(uri: string, folder: string | undefined, release: string | undefined): StackPlan {
  return { id: `alone:${uri}`, name: '', kind: 'alone', release, uris: [uri], folder };
}
