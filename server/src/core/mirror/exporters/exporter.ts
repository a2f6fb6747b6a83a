import { byTag, splitImage } from '../../image/splitImage.ts';
import { printable } from '../../text/printable.ts';
import { misplacedCopies } from '../unmapped.ts';
import type { ImageCopy, MirrorPlan } from '../types.ts';

/** A plan in the form of one tool. */
export interface Exporter {
  /** As `--export` names it. */
  readonly name: string;
  /** What it makes, for the help; a noun without a full stop. */
  readonly summary: string;
  /** The language of the text, by the names that editors have for them. */
  readonly language: 'plaintext' | 'json' | 'yaml' | 'shellscript' | 'ini';
  /** Whether a platform can be chosen in it; of the others all platforms are the only way, or there is nothing to choose. */
  readonly hasPlatform?: true;
  /** It says where everything is, so that one for missing images alone is hardly what is wanted. */
  readonly isWhole?: true;
  /** It is about something else than the images of the plan, so that those which are not known do not lack in it. */
  readonly withoutPlannedImages?: true;
  readonly write: (plan: MirrorPlan, options: ExportOptions) => Exported;
}

export interface ExportOptions {
  /** Only this platform, such as `linux/amd64`; `undefined`: all. */
  readonly platform: string | undefined;
}

/** The text with notes for whoever asked for it, or every reason why there is none. */
export type Exported =
  | { readonly kind: 'written'; readonly text: string; readonly notes?: readonly string[] }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** What a text that was written lacks: images of the plan that cannot be copied, each with its place and the reason. */
export function lackingImages({ withoutPlannedImages }: Exporter, plan: MirrorPlan): readonly string[] {
  if (withoutPlannedImages === true) return [];
  return [...plan.unresolved, ...misplacedCopies(plan)].map(({ reference, reason, paths }) => {
    const [place] = paths;
    const at = place === undefined ? '' : ` at ${place}`;
    return `${reference}${at} is not in it: ${reason}`;
  });
}

/** One copy as the tools take it. */
export interface CopyPair {
  /** Without the tag where it has a digest, since several tools take one of them. */
  readonly source: string;
  /** The source by the digest of the lock where there is one: then the same content is copied, whatever the tag has become. */
  readonly pinned: string;
  /** Where it is copied to, by its tag where it has one. */
  readonly target: string;
  /** What Pods pull. */
  readonly pulled: string;
  readonly copy: ImageCopy;
}

/** The copies of a plan with their targets, or why it cannot be carried out by any tool. */
export function copyPairs({ copies, refused: obstacles }: MirrorPlan): readonly CopyPair[] | Exported {
  if (obstacles.length > 0) return refused(...obstacles);
  if (copies.length === 0) return refused('the stack pulls no image that could be copied');
  const unmapped = copies.filter(({ pushTarget }) => pushTarget === undefined);
  if (unmapped.length === copies.length)
    return refused(
      'no registry policy says where images are copied to: write one with deploykf-values init --registry HOST',
    );
  if (unmapped.length > 0)
    return refused(...unmapped.map(({ source }) => `no rule of the registry policy maps ${source}`));
  return copies.flatMap(copy => {
    const { target, pushTarget } = copy;
    if (target === undefined || pushTarget === undefined) return [];
    return [
      {
        source: ownSource(copy),
        pinned: pinnedSource(copy),
        target: byTag(pushTarget),
        pulled: target,
        copy,
      },
    ];
  });
}

export function refused(...reasons: readonly string[]): Exported {
  return { kind: 'refused', reasons };
}

/** Texts are short lists for people: the first few reasons, and how many there are more. */
export function refusedFor(reasons: readonly string[]): Exported {
  if (reasons.length <= 4) return refused(...reasons);
  return refused(...reasons.slice(0, 3), `and ${reasons.length - 3} more like these`);
}

function pinnedSource(copy: ImageCopy): string {
  const digest = upstreamDigest(copy);
  if (digest === undefined) return ownSource(copy);
  return `${splitImage(copy.source).repository}@${digest}`;
}

/** Without the tag where it has a digest; by its tag where only the mirror was seen to have that digest. */
function ownSource(copy: ImageCopy): string {
  const { source } = copy;
  const { repository, digest } = splitImage(source);
  if (digest === undefined || upstreamDigest(copy) === undefined) return byTag(source);
  return `${repository}@${digest}`;
}

/** The digest of the values, else of the lock; `undefined`: there is none, or only the mirror was seen to have it. */
export function upstreamDigest({ source, locked }: ImageCopy): string | undefined {
  const { digest } = splitImage(source);
  if (locked?.isUpstream === true) return digest ?? locked.digest;
  return locked?.digest === digest ? undefined : digest;
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

/** The lines as comments, for all forms that have them after `#`. */
export function comments(lines: readonly string[]): readonly string[] {
  return lines.map(line => `# ${oneLine(line)}`);
}

/** A text that is safe within a comment: on one line, with every character to be seen. */
export function oneLine(text: string): string {
  return printable(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
}
