import type { Snapshot } from '../snapshot.ts';
import type { Script } from '../snapshotState.ts';
import { sourcesIn } from '../plans.ts';
import {
  applicationNamer,
  projectNamer,
  renamedPath,
  renamedWorld,
  scriptNamer,
  type RenamedWorld,
  type Renaming,
} from '../renamedPath.ts';
import { folderOf } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { sortEdits, type FileEdit, type TextEdit } from '../text/edit.ts';
import { visit } from '../yaml/lookup.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { replaceScalar } from '../yaml/write.ts';

/** The edits that make every stack name its values files by their new names, in definitions and command lines. */
export function renameFiles(snapshot: Snapshot, renamings: readonly Renaming[]): readonly FileEdit[] {
  const { folders, files, scripts } = snapshot.state;
  const world = renamedWorld(snapshot.state, renamings);
  const projects = folders.flatMap(folder => folder.project?.file ?? []);
  const definers = [...projects, ...[...files.values()].filter(file => file.applications.length > 0)];
  return [
    ...definers.flatMap(file => fileEdit(file, definitionEdits(world, file, snapshot.folderOf(file.uri)?.uri))),
    ...(scripts ?? []).flatMap(script => fileEdit(script.file, commandEdits(world, script))),
  ];
}

function fileEdit({ uri }: ValuesFile, edits: readonly TextEdit[]): readonly FileEdit[] {
  const sorted = sortEdits(edits);
  return sorted === undefined || sorted.length === 0 ? [] : [{ uri, edits: sorted }];
}

function definitionEdits(world: RenamedWorld, file: ValuesFile, folder: string | undefined): readonly TextEdit[] {
  const { uri } = file;
  return sourcesIn(world.before, file).flatMap(({ application, files }) => {
    const namer =
      application === undefined
        ? projectNamer(uri, folder ?? folderOf(uri))
        : applicationNamer(world.before, uri, application);
    return files.flatMap(({ text, span }) => {
      const renamed = renamedPath(world, namer, text);
      return renamed.kind === 'path' ? editOf(file, span.start, renamed.path) : [];
    });
  });
}

/** A path with quotes or escapes inside has no place of its own and is left alone. */
function commandEdits(world: RenamedWorld, { uri, commands }: Script): readonly TextEdit[] {
  return commands.flatMap(({ values }) =>
    values.flatMap(({ text, span }) => {
      const renamed = renamedPath(world, scriptNamer(uri), text);
      const isPlain = span.end - span.start === text.length;
      return renamed.kind !== 'path' || !isPlain || /[\s"'$\\;|&()<>#]/.test(renamed.path)
        ? []
        : [{ span, newText: renamed.path }];
    }),
  );
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
