import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ReleaseTemplates } from '../templates/facts.ts';
import { compareReleases } from '../../src/core/catalog/release.ts';
import type {
  CatalogImage,
  ChartImage,
  Component,
  EndingKind,
  HiddenImage,
  MissingProgram,
  ItemRule,
  PluginImage,
  PodSwitch,
  PullSecretFacts,
  RepositoryRule,
  Retired,
  RunProgram,
  SecondPlace,
  SecretKey,
  TagRule,
} from '../../src/core/catalog/types.ts';

/** Bounds of an entry of our facts; both are inclusive, and a missing one is open. */
interface Range {
  readonly from?: string;
  readonly until?: string;
}

type Ranged<T> = T &
  Range & { readonly changes?: readonly (Range & { readonly [K in keyof T]?: T[K] | null })[] };

export interface ComponentFact {
  readonly path: string;
  readonly title: string;
  readonly kind: Component['kind'];
  readonly required?: boolean;
  readonly namespace?: string;
  readonly syncWave: number;
}

export interface ImageFact {
  readonly path: string;
  readonly rule: string;
  readonly usedFor: string;
  readonly namespaces?: readonly string[];
  readonly repository?: Partial<RepositoryRule>;
  readonly tag?: TagFact;
  readonly secondPlace?: SecondPlace;
  readonly runs?: readonly RunProgram[];
  readonly pullPolicy?: 'ignored';
  readonly pullPolicySince?: NonNullable<CatalogImage['pullPolicySince']>;
  readonly evidence: readonly string[];
}

/** A tag rule; `table` is the name of a table of chart versions. */
export type TagFact = Partial<Omit<TagRule, 'fallbackByVersion'>> & { readonly table?: string };

export interface RuleFact {
  readonly repository: RepositoryRule;
  readonly tag: TagFact & Pick<TagRule, 'read'>;
  readonly reader?: string;
  /** Follows that of each image. */
  readonly evidence?: readonly string[];
}

export interface TableFact {
  readonly path: string;
  readonly tags: { readonly [version: string]: string };
}

/** Where overrides set an image of a chart; paths are written with dots. */
export type ChartImageFact = Omit<ChartImage, 'keys' | 'registries' | 'pullPolicies' | 'bare'> & {
  readonly keys: string;
  readonly registries?: readonly string[];
  readonly pullPolicies?: readonly string[];
  readonly bare?: {
    readonly name?: string;
    readonly hub: string;
    readonly hubs: readonly string[];
    readonly version: string;
    readonly tags: readonly string[];
    readonly variants: readonly string[];
  };
};

/** A value path about which something is known. */
export interface ValueFact {
  readonly path: string;
  readonly evidence: readonly string[];
}

export type ItemRuleFact = ItemRule & { readonly evidence: readonly string[] };

/** Our facts as they hold for one release. */
export interface Facts {
  readonly release: string;
  /** Somebody has reviewed the facts for this release; otherwise they are those of the newest one. */
  readonly reviewed: boolean;
  readonly components: readonly ComponentFact[];
  readonly rules: { readonly [name: string]: RuleFact };
  readonly images: readonly ImageFact[];
  readonly tables: { readonly [name: string]: TableFact };
  readonly hiddenImages: readonly HiddenImage[];
  readonly pluginImages: readonly PluginImage[];
  readonly pullSecrets: PullSecretFacts;
  readonly secretKeys: readonly SecretKey[];
  readonly podSwitches: readonly PodSwitch[];
  readonly missingPrograms: readonly MissingProgram[];
  readonly chartImages: readonly ChartImageFact[];
  readonly endingKinds: readonly EndingKind[];
  readonly documentedNulls: readonly ValueFact[];
  readonly exampleLists: readonly ValueFact[];
  readonly pluginSwitches: readonly ValueFact[];
  readonly itemRules: readonly ItemRuleFact[];
  readonly templates: ReleaseTemplates | undefined;
}

export interface FactFiles {
  readonly reviewed: readonly string[];
  readonly components: readonly Ranged<ComponentFact>[];
  readonly rules: { readonly [name: string]: RuleFact };
  readonly images: readonly Ranged<ImageFact>[];
  readonly tables: { readonly [name: string]: Ranged<TableFact> };
  readonly hiddenImages: readonly Ranged<HiddenImage>[];
  readonly pluginImages: readonly Ranged<PluginImage>[];
  readonly pullSecrets: PullSecretFacts;
  readonly secretKeys: readonly Ranged<SecretKey>[];
  readonly podSwitches: readonly Ranged<PodSwitch>[];
  readonly missingPrograms: readonly Ranged<MissingProgram>[];
  readonly chartImages: readonly Ranged<ChartImageFact>[];
  readonly endingKinds: readonly Ranged<EndingKind>[];
  readonly documentedNulls: readonly Ranged<ValueFact>[];
  readonly exampleLists: readonly Ranged<ValueFact>[];
  readonly pluginSwitches: readonly Ranged<ValueFact>[];
  readonly itemRules: readonly Ranged<ItemRuleFact>[];
  /** What the templates of each release need, as `server/tools/templates.ts` reads it. */
  readonly templates: ReadonlyMap<string, ReleaseTemplates>;
  readonly retired: readonly Retired[];
}

/** Reads the files of `server/tools/facts`. Every scalar stays a text but true, false and whole numbers of sync waves. */
export function readFactFiles(directory: URL): FactFiles {
  const read = (name: string): object =>
    parse(readFileSync(new URL(name, directory), 'utf8'), typeScalar, { schema: 'failsafe' }) as object;
  const names = [
    'releases',
    'components',
    'images',
    'charts',
    'chartImages',
    'hidden',
    'plugin',
    'programs',
    'pullSecrets',
    'retired',
    'values',
  ];
  const files = Object.assign({}, ...names.map(name => read(`${name}.yaml`))) as FactFiles;
  return { ...files, templates: readTemplateFacts(new URL('templates/', directory)) };
}

function readTemplateFacts(directory: URL): ReadonlyMap<string, ReleaseTemplates> {
  const names = readdirSync(directory).filter(name => name.endsWith('.json'));
  return new Map(
    names.map(name => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as ReleaseTemplates,
    ]),
  );
}

/** With the failsafe schema `1.10` stays a text; sync waves and booleans are typed here. */
function typeScalar(key: unknown, value: unknown): unknown {
  if (key === 'syncWave') return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return value === 'null' ? null : value;
}

/** The facts for one release: entries out of range dropped, changes laid over. */
export function factsFor(release: string, files: FactFiles): Facts {
  const resolveAll = <T extends object>(entries: readonly Ranged<T>[]): readonly T[] =>
    entries.filter(entry => isWithin(release, entry)).map(entry => applyChanges(release, entry));
  return {
    release,
    reviewed: files.reviewed.includes(release),
    components: resolveAll(files.components),
    rules: files.rules,
    images: resolveAll(files.images),
    tables: Object.fromEntries(
      Object.entries(files.tables).map(([name, table]) => [name, applyChanges(release, table)]),
    ),
    hiddenImages: resolveAll(files.hiddenImages),
    pluginImages: resolveAll(files.pluginImages),
    pullSecrets: files.pullSecrets,
    secretKeys: resolveAll(files.secretKeys),
    podSwitches: resolveAll(files.podSwitches),
    missingPrograms: resolveAll(files.missingPrograms),
    chartImages: resolveAll(files.chartImages),
    endingKinds: resolveAll(files.endingKinds),
    documentedNulls: resolveAll(files.documentedNulls),
    exampleLists: resolveAll(files.exampleLists),
    pluginSwitches: resolveAll(files.pluginSwitches),
    itemRules: resolveAll(files.itemRules),
    templates: files.templates.get(release),
  };
}

function isWithin(release: string, { from, until }: Range): boolean {
  return (
    (from === undefined || compareReleases(release, from) >= 0) &&
    (until === undefined || compareReleases(release, until) <= 0)
  );
}

function applyChanges<T extends object>(release: string, entry: Ranged<T>): T {
  const layers = [entry, ...(entry.changes ?? []).filter(change => isWithin(release, change))];
  const merged: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const both = isPlain(merged[key]) && isPlain(value) && (key === 'tag' || key === 'repository');
      merged[key] = both ? { ...(merged[key] as object), ...value } : value;
    }
  }
  const { from: _from, until: _until, changes: _changes, ...own } = merged;
  return withoutNulls(own) as T;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(value: unknown): unknown {
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, below]) => below !== null)
      .map(([key, below]) => [key, withoutNulls(below)]),
  );
}
