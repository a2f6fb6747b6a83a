import { request, type RewriteResult } from '../protocol.ts';

/** Client to server: writes a comment that ignores findings, with the reason; the edit comes back as for a rewrite. */
export const ignoreFindingRequest = request<IgnoreFindingParams, RewriteResult>('deploykf/ignoreFinding');

/** The findings of a rule in one line, as a code action gives them to the command of the client. */
export interface FindingPlace {
  readonly uri: string;
  readonly code: string;
  readonly position: { readonly line: number; readonly character: number };
}

export interface IgnoreFindingParams extends FindingPlace {
  readonly reason: string;
}
