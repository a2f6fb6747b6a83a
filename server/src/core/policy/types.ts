/** One mapping from public images to a private place. */
export interface MirrorRule {
  /**
   * A registry or repository prefix (`docker.io`, `ghcr.io/deploykf`),
   * `*.example.com` for sub-domains, or `*` for all.
   */
  readonly source: string;
  /**
   * Without placeholders a prefix that replaces the source (`*` replaces the registry). With `{path}`,
   * `{namespace}`, `{name}` or `{flat}` the whole repository; with `{registry}` alone still a prefix.
   * `null`: accepted as public.
   */
  readonly target: string | null;
  /** What is kept of the path: all, the last part, or all with `separator` in place of `/`. */
  readonly path: 'keep' | 'last' | 'flat';
  /** Whether official images of Docker Hub keep their `library/`. */
  readonly library: 'keep' | 'strip';
  readonly separator: string;
  /** Fixed renames: upstream repository to the whole private repository. They win over every prefix. */
  readonly images: { readonly [canonicalSource: string]: string };
}

export interface RegistryPolicy {
  /** The longest source wins, the earlier one among equals. */
  readonly rules: readonly MirrorRule[];
  /** Prefixes that also count as private; `*.example.com` is allowed. */
  readonly private: readonly string[];
  /** Prefixes whose images cannot be pulled without credentials; `undefined`: not said. */
  readonly credentials?: readonly string[];
  /** Prefixes that fill themselves from upstream when an image is pulled; `undefined`: not said. */
  readonly caches?: readonly string[];
  /** The host that a mirror is filled through, when it is not the one that Pods pull from. */
  readonly pushTo?: string;
  /** Helm repository URL to its private URL; `null`: accepted as public. */
  readonly charts?: { readonly [sourceUrl: string]: string | null };
}
