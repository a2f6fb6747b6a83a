import type { Snapshot } from '../../workspace/snapshot.ts';
import type { Script } from '../../workspace/state.ts';
import { definedIn } from '../../workspace/sources.ts';
import {
  applicationNamer,
  projectNamer,
  renamedPath,
  renamedWorld,
  scriptNamer,
  type RenamedPath,
  type RenamedWorld,
  type Renaming,
} from './renamedPath.ts';
import { replaceScriptPath } from './scriptEdit.ts';
import { folderOf } from '../../stack/uri.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import { sortEdits, type FileEdit, type TextEdit } from '../../text/edit.ts';
import { visit } from '../../yaml/lookup.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { replaceScalar } from '../../yaml/write.ts';

/** What renaming files does to the stacks that name them. */
export interface RenameChanges {
  readonly edits: readonly FileEdit[];
  /** Where no new path can be written: these name the old one still. */
  readonly stale: readonly StalePath[];
}

/** A path that leads nowhere, or elsewhere, once the files have their new names. */
export interface StalePath {
  /** The file that it is in. */
  readonly uri: string;
  /** As written. */
  readonly path: string;
}

/**
 * The edits that make every stack name its values files by their new names, in definitions and command lines.
 */
export function renameFiles(snapshot: Snapshot, renamings: readonly Renaming[]): RenameChanges {
  const { folders, files, scripts } = snapshot.state;
  const world = renamedWorld(snapshot.state, renamings);
  const projects = folders.flatMap(folder => folder.project?.file ?? []);
  const definers = [...projects, ...[...files.values()].filter(file => file.applications.length > 0)];
  const changes = [
    ...definers.map(file =>
      changesOf(file, definitionChanges(world, file, snapshot.folderOf(file.uri)?.uri)),
    ),
    ...(scripts ?? []).map(script => changesOf(script.file, commandChanges(world, script))),
  ];
  return { edits: changes.flatMap(({ edits }) => edits), stale: changes.flatMap(({ stale }) => stale) };
}

/** A new path to write; without an edit it stays as it is. */
interface PathChange {
  readonly path: string;
  readonly edit: TextEdit | undefined;
}

function changesOf({ uri }: ValuesFile, changes: readonly PathChange[]): RenameChanges {
  const sorted = sortEdits(changes.flatMap(({ edit }) => edit ?? []));
  const lost = sorted === undefined ? changes : changes.filter(({ edit }) => edit === undefined);
  const paths = [...new Set(lost.map(({ path }) => path))];
  const stale = paths.map(path => ({ uri, path }));
  if (sorted === undefined || sorted.length === 0) return { edits: [], stale };
  return { edits: [{ uri, edits: sorted }], stale };
}

function definitionChanges(
  world: RenamedWorld,
  file: ValuesFile,
  folder: string | undefined,
): readonly PathChange[] {
  const { uri } = file;
  return definedIn(world.before, file).flatMap(({ application, files }) => {
    const namer =
      application === undefined
        ? projectNamer(uri, folder ?? folderOf(uri))
        : applicationNamer(world.before, uri, application);
    return files.flatMap(({ text, span }) =>
      changeOf(renamedPath(world, namer, text), text, path => editOf(file, span.start, path)),
    );
  });
}

function commandChanges(world: RenamedWorld, { uri, file, commands }: Script): readonly PathChange[] {
  return commands.flatMap(({ values, folder }) =>
    values.flatMap(value =>
      changeOf(renamedPath(world, scriptNamer(uri, folder), value.text), value.text, path =>
        replaceScriptPath(file, value, path),
      ),
    ),
  );
}

function changeOf(
  renamed: RenamedPath,
  path: string,
  write: (path: string) => TextEdit | undefined,
): readonly PathChange[] {
  if (renamed.kind === 'keep') return [];
  if (renamed.kind !== 'path') return [{ path, edit: undefined }];
  return [{ path, edit: write(renamed.path) }];
}

function editOf(file: ValuesFile, start: number, text: string): TextEdit | undefined {
  let found: YamlScalar | undefined;
  for (const { root } of file.yaml.documents) {
    visit(root, node => {
      if (node.kind === 'scalar' && node.span.start === start) found = node;
    });
  }
  return found && replaceScalar(found, text);
}
