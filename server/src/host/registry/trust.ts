/** What a host is trusted by, and known to it by. */
export interface Trust {
  /** PEM texts, besides those of Node; `undefined`: none. */
  readonly ca: readonly string[] | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}
