import type { ImageCopy } from '../mirror/types.ts';
import { pulledName } from '../upgrade/images.ts';
import type { ChangedImage, OverrideChange, OverrideProblem, Upgrade } from '../upgrade/types.ts';
import { schema } from './json.ts';
import type { ChartJson, UnresolvedJson } from './mirrorJson.ts';
import type { PathOf, Range } from './types.ts';
import { verifyJson, type VerifiedJson, type VerifyReport } from './verifyJson.ts';

export interface UpgradeJson {
  readonly schema: typeof schema;
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  readonly added: readonly UpgradeImageJson[];
  readonly removed: readonly UpgradeImageJson[];
  /** How many images stay. */
  readonly same: number;
  readonly retagged: readonly ChangedImage[];
  /** Those that come from another repository. */
  readonly renamed: readonly ChangedImage[];
  /** What the installation of the ArgoCD plugin pulls in addition. */
  readonly plugin: readonly UpgradeImageJson[];
  readonly charts: readonly ChartJson[];
  readonly files: readonly { readonly name: string }[];
  /** What is pulled in addition and cannot be copied. */
  readonly unresolved: readonly UnresolvedJson[];
  readonly overrides: readonly OverrideJson[];
  /** Whether the registry has what is added, as `images` of `verify`; null where it was not asked. */
  readonly verified: readonly VerifiedJson[] | null;
}

interface UpgradeImageJson {
  /** What the release names. */
  readonly image: string;
  /** What is copied: the same, or what takes its place. */
  readonly source: string;
  readonly target: string | null;
  readonly paths: readonly string[];
}

export interface OverrideJson {
  readonly path: string;
  readonly file: string;
  readonly range: Range;
  readonly what: OverrideProblem;
  readonly message: string;
}

/** An upgrade, exactly as `upgrade --format json` prints it. */
export function upgradeJson(
  upgrade: Upgrade,
  pathOf: PathOf,
  verified: VerifyReport | undefined,
): UpgradeJson {
  const { stack, from, to, images, charts, files, unresolved, overrides } = upgrade;
  return {
    schema,
    stack,
    from,
    to,
    added: images.added.map(copyJson),
    removed: images.removed.map(copyJson),
    same: images.same,
    retagged: images.retagged,
    renamed: images.renamed,
    plugin: images.plugin.map(copyJson),
    charts: charts.map(({ target, ...chart }) => ({ ...chart, target: target ?? null })),
    files: files.map(name => ({ name })),
    unresolved,
    overrides: overrides.map(override => overrideJson(override, pathOf)),
    verified: verified === undefined ? null : verifyJson(verified).images,
  };
}

function copyJson(copy: ImageCopy): UpgradeImageJson {
  return {
    image: pulledName(copy),
    source: copy.source,
    target: copy.target ?? null,
    paths: copy.paths,
  };
}

function overrideJson({ path, uri, range, what, message }: OverrideChange, pathOf: PathOf): OverrideJson {
  return { path, file: pathOf(uri), range, what, message };
}
