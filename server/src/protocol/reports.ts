import { request } from '../protocol.ts';

/** Client to server: what can be reported on the stacks of a file: those that have it as a layer, or that it defines. */
export const offerReportsRequest = request<OfferReportsParams, OfferReportsResult>('deploykf/offerReports');

export interface OfferReportsParams {
  readonly uri: string;
}

export interface OfferReportsResult {
  /** The one that hovers show first at the front. */
  readonly stacks: readonly StackReport[];
  /** Whether the file is a layer, so that the first stack is meant; else it defines the stacks. */
  readonly isLayer: boolean;
  /** The newest release first. */
  readonly upgrades: readonly UpgradeReport[];
  /** The forms that a plan can be written in. */
  readonly forms: readonly { readonly name: string; readonly summary: string }[];
}

export interface StackReport {
  readonly id: string;
  /** A stack of one file over the defaults has the name ''. */
  readonly name: string;
  readonly release: string;
  /** The virtual document with the plan of the mirror. */
  readonly plan: string;
  /** The virtual document with the namespaces and the Secrets that reach them. */
  readonly pullSecrets: string;
}

export interface UpgradeReport {
  readonly from: string;
  readonly to: string;
  /** The virtual document with what the upgrade means. */
  readonly document: string;
}

/** Client to server: the plan of a stack's mirror in the form of a tool. */
export const exportMirrorRequest = request<ExportMirrorParams, ExportMirrorResult>('deploykf/exportMirror');

export interface ExportMirrorParams {
  /** The `id` of a `StackReport`. */
  readonly stack: string;
  readonly form: string;
}

export type ExportMirrorResult =
  | {
      readonly kind: 'written';
      readonly text: string;
      /** As VS Code names languages. */
      readonly language: string;
      /** What is not in it, and what to know about it. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };
