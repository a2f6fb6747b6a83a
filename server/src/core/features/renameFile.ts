import type { Snapshot } from '../snapshot.ts';
import type { Script } from '../snapshotState.ts';
import { sourcesIn } from '../plans.ts';
import { folderOf, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { findScriptFile, findValuesFile } from '../valuesPlaces.ts';
import { sortEdits, type FileEdit, type TextEdit } from '../text/edit.ts';
import { visit } from '../yaml/lookup.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { replaceScalar } from '../yaml/write.ts';

/** A file, or a folder with all that is in it, that gets another name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The edits that make every stack name its values files by their new names, in definitions and command lines. */
export function renameFiles(snapshot: Snapshot, renamings: readonly Renaming[]): readonly FileEdit[] {
  const { folders, files, scripts } = snapshot.state;
  const projects = folders.flatMap(folder => folder.project?.file ?? []);
  const definers = [...projects, ...[...files.values()].filter(file => file.applications.length > 0)];
  return [
    ...definers.flatMap(file => fileEdit(file, definitionEdits(snapshot, file, renamings))),
    ...(scripts ?? []).flatMap(script => fileEdit(script.file, commandEdits(snapshot, script, renamings))),
  ];
}

function fileEdit({ uri }: ValuesFile, edits: readonly TextEdit[]): readonly FileEdit[] {
  const sorted = sortEdits(edits);
  return sorted === undefined || sorted.length === 0 ? [] : [{ uri, edits: sorted }];
}

function definitionEdits(snapshot: Snapshot, file: ValuesFile, renamings: readonly Renaming[]): readonly TextEdit[] {
  const folder = snapshot.folderOf(file.uri)?.uri ?? folderOf(file.uri);
  return sourcesIn(snapshot.state, file).flatMap(({ application, files }) =>
    files.flatMap(({ text, span }) => {
      const target =
        application === undefined ? joinUri(folder, text) : findValuesFile(snapshot.state, file.uri, application, text);
      const path = renamedPath({ target, text }, renamings);
      return path === undefined ? [] : editOf(file, span.start, path);
    }),
  );
}

/** A path with quotes or escapes inside has no place of its own and is left alone. */
function commandEdits(
  snapshot: Snapshot,
  { uri, commands }: Script,
  renamings: readonly Renaming[],
): readonly TextEdit[] {
  return commands.flatMap(({ values }) =>
    values.flatMap(({ text, span }) => {
      const path = renamedPath({ target: findScriptFile(snapshot.state, uri, text), text }, renamings);
      const isPlain = span.end - span.start === text.length;
      return path === undefined || !isPlain || /[\s"'$\\;|&()<>#]/.test(path) ? [] : [{ span, newText: path }];
    }),
  );
}

interface NamedTarget {
  /** The URI of the file. */
  readonly target: string;
  /** The path as written. */
  readonly text: string;
}

/** The new path in the style of the old one; `undefined` when it stays, or leads out of the folder that it starts from. */
function renamedPath({ target, text }: NamedTarget, renamings: readonly Renaming[]): string | undefined {
  const renamed = renamedUri(target, renamings);
  const [, prefix = '', path = ''] = /^((?:\.\.?\/)*)(.*)$/.exec(text) ?? [];
  const encoded = encodeURI(path);
  if (renamed === undefined || !target.endsWith(encoded)) return undefined;
  const base = target.slice(0, target.length - encoded.length);
  return renamed.startsWith(base) ? prefix + decodeURI(renamed.slice(base.length)) : undefined;
}

function renamedUri(uri: string, renamings: readonly Renaming[]): string | undefined {
  for (const { from, to } of renamings) {
    if (uri === from) return to;
    if (uri.startsWith(`${from}/`)) return to + uri.slice(from.length);
  }
  return undefined;
}

function editOf(file: ValuesFile, start: number, text: string): readonly TextEdit[] {
  let found: YamlScalar | undefined;
  for (const { root } of file.yaml.documents) {
    visit(root, node => {
      if (node.kind === 'scalar' && node.span.start === start) found = node;
    });
  }
  const edit = found && replaceScalar(found, text);
  return edit === undefined ? [] : [edit];
}
