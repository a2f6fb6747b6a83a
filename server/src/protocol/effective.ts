import { request, type FilePlace } from '../protocol.ts';

/** Client to server: where the effective values have what a place of a file says, or what is nearest above it. */
export const effectivePlaceRequest = request<EffectivePlaceParams, FilePlace | null>(
  'deploykf/effectivePlace',
);

export interface EffectivePlaceParams {
  /** The virtual document. */
  readonly document: string;
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Client to server: the values of a file that stronger layers override in all its stacks. */
export const overriddenRequest = request<OverriddenParams, readonly OverriddenValue[]>('deploykf/overridden');

export interface OverriddenParams {
  readonly uri: string;
}

export interface OverriddenValue extends FilePlace {
  /** Who wins, such as `prod.yaml:8 (prod)`. */
  readonly by: readonly string[];
}
