import type { ImageCopy, MirrorPlan } from '../types.ts';

/** A plan in the form of one tool. */
export interface Exporter {
  /** As `--export` names it. */
  readonly name: string;
  /** What it makes, for the help; a noun without a full stop. */
  readonly summary: string;
  readonly write: (plan: MirrorPlan, options: ExportOptions) => Exported;
}

export interface ExportOptions {
  /** Only this platform, such as `linux/amd64`; `undefined`: all. */
  readonly platform: string | undefined;
}

/** The text, or every reason why there is none. */
export type Exported =
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** One copy as the tools take it. */
export interface CopyPair {
  readonly source: string;
  /** Where it is copied to. */
  readonly target: string;
  readonly copy: ImageCopy;
}

/** The copies of a plan with their targets, or why it cannot be carried out by any tool. */
export function copyPairs({ copies, refused }: MirrorPlan): readonly CopyPair[] | Exported {
  if (refused.length > 0) return { kind: 'refused', reasons: refused };
  if (copies.length === 0)
    return { kind: 'refused', reasons: ['the stack pulls no image that could be copied'] };
  const unmapped = copies.filter(({ pushTarget }) => pushTarget === undefined);
  if (unmapped.length === copies.length)
    return {
      kind: 'refused',
      reasons: ['no registry policy says where images are copied to: add "registry:" to the project file'],
    };
  if (unmapped.length > 0)
    return {
      kind: 'refused',
      reasons: unmapped.map(({ source }) => `no rule of the registry policy maps ${source}`),
    };
  return copies.flatMap(copy => {
    if (copy.pushTarget === undefined) return [];
    return [{ source: copy.source, target: copy.pushTarget, copy }];
  });
}

export function isExported(pairs: readonly CopyPair[] | Exported): pairs is Exported {
  return 'kind' in pairs;
}

/** Lines about what is not in an export, each to be made a comment. */
export function headerLines({ stack, release, copies, unresolved }: MirrorPlan): readonly string[] {
  const name = stack === '' ? '' : ` of ${oneLine(stack)}`;
  const hub = copies.filter(({ source }) => source.startsWith('docker.io/')).length;
  const lines = [`The ${copies.length} images${name} that deployKF ${oneLine(release)} pulls.`];
  if (hub > 0)
    lines.push(
      `${hub} come from Docker Hub, which allows 100 pulls in 6 hours without a login, and counts each platform: log in first.`,
    );
  for (const { reference, reason } of unresolved)
    lines.push(`Not in here: ${oneLine(reference)}, since ${reason}.`);
  for (const { source, retired } of copies)
    if (retired !== undefined) lines.push(`Gone at its source: ${source} (${retired}).`);
  return lines;
}

/** A text that is safe within a comment. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
