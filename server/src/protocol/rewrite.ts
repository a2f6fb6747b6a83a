import { request, type AdoptRegistryResult, type RegistryChoice } from '../protocol.ts';

/** Client to server: what a rewrite to a private registry has to ask for, and what it can change. */
export const offerRewriteRequest = request<OfferRewriteParams, OfferRewriteResult>('deploykf/offerRewrite');

export interface OfferRewriteParams {
  readonly uri: string;
}

export interface OfferRewriteResult {
  /** Why nothing can be rewritten; `undefined`: it can. */
  readonly problem?: string;
  /** A registry need not be asked for. */
  readonly hasPolicy: boolean;
  /** The policy that private images follow already, in words such as `* → registry.example.com/{registry}`; empty: none. */
  readonly rules: readonly string[];
  readonly files: readonly RewritableFileOffer[];
}

export interface RewritableFileOffer {
  readonly uri: string;
  readonly label: string;
  readonly stacks: readonly string[];
  /** What of its stacks is not to be had, such as `prod: base.yaml`. */
  readonly missing: readonly string[];
  /** Whether it belongs to the stacks of the file that was asked for. */
  readonly isRelated: boolean;
}

/** What is to be rewritten, and to where. */
export interface RewriteChoice {
  readonly uri: string;
  /** `undefined`: by the policy that there is, else by the one that is inferred. */
  readonly choice: RegistryChoice | undefined;
  /** The files to change; `undefined`: that of `uri`. */
  readonly files?: readonly string[];
}

/** Client to server: what a rewrite would change. */
export const planRewriteRequest = request<RewriteChoice, PlanRewriteResult>('deploykf/planRewrite');

export interface PlanRewriteResult {
  /** Why nothing can be rewritten; `undefined`: it can. */
  readonly problem?: string;
  /** What is rewritten, in words such as `66 images in 13 components of 2 files`. */
  readonly summary: string;
  /** Why no image is rewritten, though the policy can be written or tags can be pinned; `undefined`: some are. */
  readonly reason?: string;
  /** How many tags could be pinned as well. */
  readonly tags: number;
  /** The files that would be changed or made. */
  readonly changed: readonly string[];
}

/** Client to server: rewrites, and writes the registry policy into the project file where there is none; all by one edit. */
export const adoptRegistryRequest = request<AdoptRegistryParams, AdoptRegistryResult>(
  'deploykf/adoptRegistry',
);

export interface AdoptRegistryParams extends RewriteChoice {
  readonly pinsTags?: boolean;
  /** The editor is to show every change before it makes those that the user leaves ticked. */
  readonly isPreviewed?: boolean;
  /** The user has seen the problems. */
  readonly isConfirmed?: boolean;
}
