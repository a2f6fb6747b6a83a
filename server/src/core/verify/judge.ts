import type { ImageContent, SeenChild, Sight, Sighting, VerifiedImage } from './types.ts';

/** What an image is to be like, from a lock or from upstream. */
export interface Wanted extends ImageContent {
  /** Where that is known from, to put after "that of". */
  readonly from: string;
  /** The manifests of the upstream index; empty when they are not known. */
  readonly children: readonly SeenChild[];
}

export interface Judged {
  readonly target: string;
  readonly source: string;
  readonly seen: Sighting;
  /** `undefined`: there is nothing to compare it with. */
  readonly wanted: Wanted | undefined;
  /** The only platform that has to be there; `undefined`: all. */
  readonly platform: string | undefined;
}

/** How an image is, by what was seen of it. */
export function judge({ target, source, seen, wanted, platform }: Judged): VerifiedImage {
  const content = wanted && { digest: wanted.digest, platforms: wanted.platforms };
  const image = { target, source, found: undefined, wanted: content };
  switch (seen.kind) {
    case 'missing':
      return { ...image, state: 'missing', detail: '' };
    case 'denied':
      return { ...image, state: 'missing-or-denied', detail: seen.reason };
    case 'unreachable':
    case 'unchecked':
      return { ...image, state: seen.kind, detail: seen.reason };
    case 'found': {
      const { digest, platforms } = seen;
      const manifests = seen.children.map(child => child.digest).filter(child => child !== digest);
      const found = { digest, platforms, manifests };
      return { ...image, found, ...stateOf(seen, wanted, platform) };
    }
  }
}

type Verdict = Pick<VerifiedImage, 'state' | 'detail'>;

function stateOf(seen: Sight, wanted: Wanted | undefined, platform: string | undefined): Verdict {
  if (seen.flaw !== undefined) return { state: 'different', detail: seen.flaw };
  if (seen.holes.length > 0) return { state: 'hole', detail: seen.holes.join(', ') };
  if (platform !== undefined && seen.platforms.length > 0 && !seen.platforms.includes(platform))
    return { state: 'some-platforms', detail: `not ${platform}, only ${seen.platforms.join(', ')}` };
  if (platform !== undefined && seen.platforms.length === 0)
    return { state: 'unchecked', detail: `it does not say whether it is for ${platform}` };
  if (wanted === undefined || wanted.digest === seen.digest) return there(seen);
  return compare(seen, wanted, platform);
}

function there({ notes }: Sight): Verdict {
  return { state: 'there', detail: notes.join(', ') };
}

/** The digests differ; a copy of single platforms is said to be one. */
function compare(seen: Sight, wanted: Wanted, platform: string | undefined): Verdict {
  const upstream = new Map(wanted.children.map(({ digest, platform: own }) => [digest, own]));
  const own = seen.children.filter(({ platform: its }) => its !== undefined || seen.children.length === 1);
  const isPart = own.length > 0 && own.every(({ digest }) => upstream.has(digest));
  const platforms = own.flatMap(child => child.platform ?? upstream.get(child.digest) ?? []);
  if (isPart && platform !== undefined && platforms.includes(platform)) return there(seen);
  const isKnown = isPart || (upstream.size === 0 && isSubset(platforms, wanted.platforms));
  if (isKnown && platforms.length < wanted.platforms.length) {
    const lack = `only ${platforms.join(', ')} of ${wanted.platforms.length} platforms`;
    return { state: 'some-platforms', detail: lack };
  }
  return {
    state: 'different',
    detail: `its digest is ${seen.digest}, that of ${wanted.from} ${wanted.digest}`,
  };
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.length > 0 && some.every(one => all.includes(one));
}
