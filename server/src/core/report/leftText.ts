import { leftImages, type LeftImages, type LeftReason } from '../analysis/leftImages.ts';
import type { StackView } from '../analysis/stackView.ts';
import { parsesWhole } from '../findings/location.ts';
import { hiddenPolicy } from '../mirror/hiddenPolicy.ts';
import { ownValue } from '../text/ownValue.ts';
import { printable } from '../text/printable.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { count, listed } from './style.ts';

/** What of one stack does not come from its private registry, as `check --format json` and `fix --format json` print it. */
export interface LeftJson {
  /** '' for a stack of one file over the defaults. */
  readonly stack: string;
  readonly release: string;
  /** Not all layers are known, so that there may be more. */
  readonly partial?: true;
  /** References by the reason why they are still public: only the reasons that there are. */
  readonly public: Readonly<Partial<Record<LeftReason, readonly string[]>>>;
  /** References of the private registry whose tag is not known, or cannot be one. */
  readonly untagged: readonly string[];
}

export interface LeftOptions {
  /** Whether a file, by its URI, is to be changed at all. */
  readonly isWritable: (uri: string) => boolean;
  /** Whether the findings of a rule are switched off for the stack. */
  readonly isOff: (view: StackView, code: string) => boolean;
}

/** What to know where the files are given that may be changed. */
export function leftOptions(snapshot: Snapshot, uris: ReadonlySet<string>): LeftOptions {
  return {
    isWritable: uri => uris.has(uri),
    isOff: ({ ownLayer, stack }, code) => {
      const uri = ownLayer?.file?.uri ?? stack.definedAt?.uri;
      return uri !== undefined && ownValue(snapshot.settingsOf(uri).severities, code) === 'off';
    },
  };
}

interface Wording {
  readonly reason: LeftReason;
  readonly text: string;
  /** The rules that name these images. */
  readonly codes: readonly string[];
}

const wordings: readonly Wording[] = [
  { reason: 'hidden', text: 'that no value can change', codes: ['image-hidden'] },
  { reason: 'unmapped', text: 'that no rule of the policy maps', codes: [] },
  { reason: 'refused', text: 'that the policy cannot map', codes: [] },
  { reason: 'readOnly', text: 'in files that are only read', codes: [] },
  {
    reason: 'uncertain',
    text: 'unless lines with templates or errors override them',
    codes: ['image-not-overridden'],
  },
  { reason: 'rewritable', text: 'to rewrite', codes: ['image-public', 'image-not-overridden'] },
];

/** Stacks that are named; a folder may hold hundreds. */
const mostStacks = 5;

/**
 * A line per stack that does not have all of its images in the private registry, or of which this is not known; empty: all do, or there
 * is no policy.
 */
export function leftLines(views: readonly StackView[], options: LeftOptions): readonly string[] {
  const lines: string[] = [];
  for (const view of views) {
    const left = leftOf(view, options);
    const text = left && leftText(left, code => options.isOff(view, code));
    if (text === undefined) continue;
    lines.push(`${subjectOf(view)}: ${text}`);
  }
  const unique = [...new Set(lines)];
  if (unique.length <= mostStacks) return unique;
  const others = unique.length - mostStacks;
  const come = others === 1 ? 'does' : 'do';
  return [
    ...unique.slice(0, mostStacks),
    `${count(others, 'other stack')} ${come} not come from the private registry alone, either`,
  ];
}

export function leftJson(views: readonly StackView[], options: LeftOptions): readonly LeftJson[] {
  const stacks: LeftJson[] = [];
  for (const view of views) {
    const left = leftOf(view, options);
    if (left === undefined) continue;
    const reasons = wordings
      .map(({ reason }) => [reason, [...left.public[reason]]] as const)
      .filter(([, references]) => references.length > 0);
    if (reasons.length + left.untagged.size === 0 && !left.isPartial) continue;
    stacks.push({
      stack: view.stack.name,
      release: view.stack.release,
      ...(left.isPartial && { partial: true }),
      public: Object.fromEntries(reasons),
      untagged: [...left.untagged],
    });
  }
  return stacks;
}

function leftOf(view: StackView, { isWritable }: LeftOptions): LeftImages | undefined {
  return leftImages(view, {
    isWritable,
    redirectsHidden: view.memo(hiddenPolicy).state === 'current',
    isWhole: parsesWhole(view),
  });
}

function subjectOf({ stack, ownLayer }: StackView): string {
  if (stack.name !== '') return `Stack ${printable(stack.name)}`;
  return ownLayer === undefined ? `deployKF ${stack.release}` : printable(ownLayer.label);
}

function leftText(left: LeftImages, isOff: (code: string) => boolean): string | undefined {
  const parts: string[] = [];
  let total = 0;
  for (const { reason, text, codes } of wordings) {
    const { size } = left.public[reason];
    if (size === 0) continue;
    total += size;
    parts.push(`${size} ${text}${offText(codes, isOff)}`);
  }
  const said = left.isPartial ? ['not all layers of the stack are known'] : [];
  if (total > 0) {
    const come = total === 1 ? 'comes' : 'come';
    said.push(`${count(total, 'image')} still ${come} from public registries: ${parts.join(', ')}`);
  }
  if (left.untagged.size > 0)
    said.push(`${count(left.untagged.size, 'private image')} without a tag that is known`);
  if (said.length === 0) return undefined;
  return said.join('; ');
}

/** That nothing else names them. */
function offText(codes: readonly string[], isOff: (code: string) => boolean): string {
  if (codes.length === 0 || !codes.every(isOff)) return '';
  return ` (${listed(codes)} ${codes.length === 1 ? 'is' : 'are'} off)`;
}
