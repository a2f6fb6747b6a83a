import { request, type RewriteResult } from '../protocol.ts';

/** Client to server: what a pull secret for the stacks of a file may be, what is wrong with one, and how to make it. */
export const offerPullSecretRequest = request<OfferPullSecretParams, OfferPullSecretResult>(
  'deploykf/offerPullSecret',
);

/** The Secret of a finding, as a code action gives it to the command of the client. */
export interface PullSecretPlace {
  readonly uri: string;
  readonly name: string;
  readonly namespace: string;
}

/** What is left out is suggested. */
export interface OfferPullSecretParams {
  readonly uri: string;
  readonly registries?: readonly string[];
  readonly name?: string;
  readonly namespace?: string;
  /** Where it is made besides. */
  readonly others?: readonly string[];
}

export interface OfferPullSecretResult extends PullSecretParams {
  /** What is wrong with each part; empty: nothing. */
  readonly problems: { readonly registries?: string; readonly name?: string; readonly namespace?: string };
  /** The namespaces that need one of their own, since the policy does not bring it in time, or at all. */
  readonly own: readonly { readonly name: string; readonly reason: string }[];
  /** What the values need for it; `refused`: why they cannot be changed. */
  readonly values:
    { readonly kind: 'edits' | 'present' } | { readonly kind: 'refused'; readonly reason: string };
  /** `undefined` while there are problems. */
  readonly texts?: PullSecretTexts;
  /** The path of the docker config that the server could read; `undefined`: it can read none. */
  readonly dockerConfig?: string;
}

/** None of them holds a password. */
export interface PullSecretTexts {
  /** A script for a POSIX shell that asks for the passwords and creates the Secret. */
  readonly script: string;
  /** A manifest with placeholders to fill in. */
  readonly manifest: string;
}

export interface PullSecretParams {
  readonly registries: readonly string[];
  readonly name: string;
  /** The one that the policy copies it from. */
  readonly namespace: string;
}

/**
 * Client to server, only after the user said so: writes a manifest with the logins of the docker config to a file. The
 * logins themselves are in no message.
 */
export const writePullSecretRequest = request<WritePullSecretParams, WritePullSecretResult>(
  'deploykf/writePullSecret',
);

export interface WritePullSecretParams extends PullSecretParams {
  readonly others?: readonly string[];
  /** The URI of the file, which is overwritten. */
  readonly target: string;
}

export interface WritePullSecretResult {
  /** What was written for which registries, or why nothing was. */
  readonly message: string;
  readonly isWritten: boolean;
  /** What to know about it: registries without a login, a file that git would take in. */
  readonly notes: readonly string[];
}

/**
 * Client to server: adds a Secret to the values of the file's first stack, and hands it to the charts that the policy does not reach;
 * the edit comes back as for a rewrite.
 */
export const addPullSecretRequest = request<PullSecretPlace, RewriteResult>('deploykf/addPullSecret');
