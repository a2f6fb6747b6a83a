import { notification, request } from '../protocol.ts';

/**
 * Client to server, only after the user said so: asks the registries whether they have the images of a stack's plan. The requests
 * to them come back as `deploykf/http`.
 */
export const verifyMirrorRequest = request<VerifyMirrorParams, VerifyMirrorResult>('deploykf/verifyMirror');

export interface VerifyMirrorParams {
  /** The `id` of a `StackReport`. */
  readonly stack: string;
}

export type VerifyMirrorResult =
  | {
      readonly kind: 'verified';
      /** The virtual document with what was found. */
      readonly document: string;
      /** What was found, in a few words. */
      readonly summary: string;
      readonly isComplete: boolean;
      /** What is wrong with logins. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Server to client, a notification: how many images of the stack that is asked for have been looked for. */
export const verifyProgressNotification = notification<VerifyProgress>('deploykf/verifyProgress');

export interface VerifyProgress {
  readonly done: number;
  readonly all: number;
}

/**
 * Server to client, only while it verifies: one HTTP request, sent as the editor sends its own, through the proxy of the user. Nothing of
 * it is to be logged: its headers may have a login. Redirects are not followed.
 */
export const httpRequest = request<HttpParams, HttpResult>('deploykf/http');

export interface HttpParams {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM texts for this host alone, those of authorities instead of the usual ones. */
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  /** Milliseconds without a byte after which the host is given up. */
  readonly patience: number;
  /** A longer body is not wanted. */
  readonly maxBodyBytes: number;
}

export type HttpResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** By lower-case name; several of one name are joined by `, `. */
      readonly headers: Readonly<Record<string, string>>;
      /** In base64. */
      readonly body: string;
    }
  /** The code is that of Node, such as `ECONNREFUSED`. */
  | { readonly kind: 'failed'; readonly code: string };
