import type { CopyClass, MirrorPlan } from '../mirror/types.ts';
import { schema } from './json.ts';

export interface MirrorJson {
  readonly schema: typeof schema;
  readonly stack: string;
  readonly release: string;
  readonly copies: readonly CopyJson[];
  readonly charts: readonly ChartJson[];
  readonly files: readonly { readonly name: string }[];
  readonly unresolved: readonly UnresolvedJson[];
  /** Why no export can be written. */
  readonly refused: readonly string[];
}

export interface CopyJson {
  readonly source: string;
  /** What Pods pull; null without a policy. */
  readonly target: string | null;
  /** Where it is copied to, when that is another host; null when it is not. */
  readonly pushTarget: string | null;
  /** Of `mirror.lock`; null where that has none. */
  readonly digest: string | null;
  readonly platforms: readonly string[] | null;
  readonly class: CopyClass;
  readonly paths: readonly string[];
  readonly component: string;
  readonly hidden: boolean;
  readonly choices: readonly string[];
  readonly reason: string;
  readonly retired: string | null;
  readonly replaces: string | null;
}

export interface ChartJson {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly target: string | null;
  readonly paths: readonly string[];
}

export interface UnresolvedJson {
  readonly reference: string;
  readonly reason: string;
  readonly paths: readonly string[];
}

/** A plan, exactly as `mirror --format json` prints it. */
export function mirrorJson({
  stack,
  release,
  copies,
  charts,
  files,
  unresolved,
  refused,
}: MirrorPlan): MirrorJson {
  return {
    schema,
    stack,
    release,
    copies: copies.map(copy => ({
      source: copy.source,
      target: copy.target ?? null,
      pushTarget: copy.pushTarget === copy.target ? null : (copy.pushTarget ?? null),
      digest: copy.locked?.digest ?? null,
      platforms: copy.locked?.platforms ?? null,
      class: copy.class,
      paths: copy.paths,
      component: copy.component,
      hidden: copy.isHidden,
      choices: copy.choices,
      reason: copy.reason,
      retired: copy.retired ?? null,
      replaces: copy.replaces ?? null,
    })),
    charts: charts.map(({ target, ...chart }) => ({ ...chart, target: target ?? null })),
    files: files.map(name => ({ name })),
    unresolved,
    refused,
  };
}
