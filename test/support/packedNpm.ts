import { packNpm } from '../../server/tools/package/npmPackage.ts';

let packing: Promise<readonly string[]> | undefined;

/** Packs the npm package once for all tests; gives the paths in it. */
export function packedNpm(): Promise<readonly string[]> {
  return (packing ??= packNpm());
}
