import { request } from '../protocol.ts';

/** Client to server: the images of an open manifest beside the plan of a stack, or null where it is not deployKF's. */
export const manifestImagesRequest = request<ManifestImagesParams, ManifestImagesResult | null>(
  'deploykf/manifestImages',
);

export interface ManifestImagesParams {
  readonly uri: string;
}

export interface ManifestImagesResult {
  /** How many images there are, and how they stand to the plan. */
  readonly summary: string;
  /** By how they stand to the plan, what is to be looked at first at the front. */
  readonly groups: readonly ManifestImageGroup[];
}

export interface ManifestImageGroup {
  readonly title: string;
  readonly images: readonly ManifestImagePlace[];
}

export interface ManifestImagePlace {
  readonly image: string;
  /** The object and the field. */
  readonly place: string;
  /** What of it is in the plan; empty when nothing is. */
  readonly planned: string;
  readonly position: { readonly line: number; readonly character: number };
}
