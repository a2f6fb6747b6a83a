import type { MirrorPlan, UnresolvedImage } from '../mirror/types.ts';
import { unmappedCopies } from '../mirror/unmapped.ts';
import type { ImageContent, VerifiedImage, VerifyState } from '../verify/types.ts';
import { schema } from './json.ts';

export interface VerifyJson {
  readonly schema: typeof schema;
  readonly stack: string;
  readonly release: string;
  readonly images: readonly VerifiedJson[];
}

export interface VerifiedJson {
  /** What Pods pull; null where that is not known. */
  readonly target: string | null;
  /** What it is a copy of. */
  readonly image: string;
  readonly state: VerifyState;
  /** Null when it was not read. */
  readonly digest: string | null;
  readonly platforms: readonly string[];
  /** What it was compared with: the lock, or upstream; null for nothing. */
  readonly source: ContentJson | null;
  readonly detail: string;
}

interface ContentJson {
  readonly digest: string;
  readonly platforms: readonly string[];
}

export interface VerifyReport {
  /** Empty when the stack has no name. */
  readonly stack: string;
  readonly release: string;
  readonly images: readonly VerifiedImage[];
  /** What the plan does not know well enough to look for. */
  readonly unresolved: readonly UnresolvedImage[];
}

/** What was seen of a plan, with what could not be looked for. */
export function verifyReport(
  plan: Pick<MirrorPlan, 'stack' | 'release' | 'copies' | 'unresolved'>,
  images: readonly VerifiedImage[],
): VerifyReport {
  const { stack, release } = plan;
  return { stack, release, images, unresolved: [...plan.unresolved, ...unmappedCopies(plan)] };
}

/** Whether every image is there as it should be, so that nothing is left to do. */
export function isComplete({ images, unresolved }: VerifyReport): boolean {
  return unresolved.length === 0 && images.every(({ state }) => state === 'there');
}

/** What was found in the registries, exactly as `verify --format json` prints it. */
export function verifyJson({ stack, release, images, unresolved }: VerifyReport): VerifyJson {
  return {
    schema,
    stack,
    release,
    images: [
      ...images.map(({ target, source, state, found, wanted, detail }) => ({
        target,
        image: source,
        state,
        digest: found?.digest ?? null,
        platforms: found?.platforms ?? [],
        source: contentJson(wanted),
        detail,
      })),
      ...unresolved.map(({ reference, reason }) => ({
        target: null,
        image: reference,
        state: 'unchecked' as const,
        digest: null,
        platforms: [],
        source: null,
        detail: reason,
      })),
    ],
  };
}

function contentJson(content: ImageContent | undefined): ContentJson | null {
  if (content === undefined) return null;
  return { digest: content.digest, platforms: content.platforms };
}
