import { folderOf, isInside, trimSlash } from '../stack/uri.ts';
import { isTemplateFile } from './discovery.ts';
import { baseName, isOverlay, looseFile, type LooseFile, type LooseGroup } from './looseFiles.ts';
import { folderOfUri } from './paths.ts';
import type { Snapshot } from './snapshot.ts';

/** Folders whose files those of the folders beside them are laid over, as in `base` and `overlays/prod`. */
const baseFolder = /\/_?(?:bases?|common|shared|defaults?|global)\/$/i;

/** More files in one folder are examples or tests. */
export const mostFiles = 12;

/** So are more in the folders below one. */
const mostBelow = 40;

/** The folder whose files, those of folders below included, may be laid over a base: where a folder for bases is in, else its own. */
export function scopeOf(uri: string): string {
  const folder = folderOf(uri);
  return baseFolder.test(folder) ? outerOf(folder) : folder;
}

/**
 * The group of a file with files of other folders that nothing names: one in a folder above or in a folder for bases beside it, and those
 * that are laid over that. `undefined`: nothing speaks for it.
 */
export function groupAround(snapshot: Snapshot, uri: string): LooseGroup | undefined {
  const base = baseAround(snapshot, uri) ?? uri;
  const below = looseBelow(snapshot, base);
  const overlays = below.filter(other => other !== base && baseAround(snapshot, other) === base);
  if (overlays.length === 0 || (base !== uri && !overlays.includes(uri))) return undefined;
  return { base, overlays };
}

/** The files of other folders that a file may form a stack with. */
export function looseAround(snapshot: Snapshot, uri: string): readonly string[] {
  const above = foldersWithBases(snapshot, uri).flatMap(folder => looseFiles(snapshot, folder));
  return [...above, ...looseBelow(snapshot, uri)].filter(other => other !== uri);
}

/** The file that another one is laid over, in the nearest folder that has one. */
function baseAround(snapshot: Snapshot, uri: string): string | undefined {
  const own = looseFiles(snapshot, folderOf(uri)).includes(uri) ? readLoose(snapshot, uri) : undefined;
  if (own === undefined || baseFolder.test(folderOf(uri))) return undefined;
  for (const folder of foldersWithBases(snapshot, uri)) {
    const base = baseIn(snapshot, folder);
    if (base !== undefined && isOverlay(own, base, isNamedBase(base))) return base.uri;
  }
  return undefined;
}

/** The one file of a folder that others may be laid over. */
function baseIn(snapshot: Snapshot, folder: string): LooseFile | undefined {
  const files = looseFiles(snapshot, folder).flatMap(uri => readLoose(snapshot, uri) ?? []);
  const named = files.filter(({ stem }) => baseName.test(stem));
  const usual = files.filter(({ stem }) => stem === 'values');
  const [base, another] = [named, usual, files].find(({ length }) => length > 0) ?? [];
  return another === undefined ? base : undefined;
}

function isNamedBase({ uri, stem }: LooseFile): boolean {
  return baseName.test(stem) || baseFolder.test(folderOf(uri));
}

/** The folders around that of a file, nearest first, each after the folders for bases in it. */
function foldersWithBases(snapshot: Snapshot, uri: string): readonly string[] {
  const root = folderOfUri(snapshot.state.folders, uri)?.uri;
  if (root === undefined) return [];
  const folders: string[] = [];
  for (let folder = folderOf(uri); folder !== `${trimSlash(root)}/`;) {
    folder = outerOf(folder);
    if (!isInside(root, folder)) break;
    const inner = snapshot.looseFolders(folder).filter(name => baseFolder.test(name));
    folders.push(...inner.filter(name => !isInside(name, uri)), folder);
  }
  return folders;
}

function outerOf(folder: string): string {
  return folderOf(trimSlash(folder));
}

function looseBelow(snapshot: Snapshot, base: string): readonly string[] {
  const found: string[] = [];
  const open = [scopeOf(base)];
  for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
    if (folder !== folderOf(base)) found.push(...looseFiles(snapshot, folder));
    open.push(...snapshot.looseFolders(folder));
    if (found.length > mostBelow || open.length > mostBelow) return [];
  }
  return found;
}

function looseFiles(snapshot: Snapshot, folder: string): readonly string[] {
  const plans = snapshot.looseIn(folder);
  if (plans.length > mostFiles) return [];
  return plans
    .flatMap(({ isNamed, uris }) => (isNamed === true ? [] : uris))
    .filter(uri => !isTemplateFile(uri));
}

function readLoose(snapshot: Snapshot, uri: string): LooseFile | undefined {
  const [plan] = snapshot.plansOf(uri);
  return plan && looseFile(snapshot, plan);
}
