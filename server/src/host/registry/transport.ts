/** One HTTP request to a registry or its token server. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; several of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** `failed`: nothing usable came back. `reason` is a sentence part such as `nothing listens there`; it does not contain credentials. */
export type HttpAnswer =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly reason: string; readonly isTls: boolean };

/**
 * Sends a request and reads the whole answer, at most `maxBodyBytes` of it. Follows no redirects and never rejects. The command line
 * does it with `node:https`; an editor asks its own side, which knows the proxy and the certificates of the user.
 */
export type HttpTransport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

/** Milliseconds without a byte after which a host is given up. */
export const patience = 20_000;

/** Manifests and configurations are smaller; registries refuse larger ones. */
export const maxBodyBytes = 4 * 1024 * 1024;
