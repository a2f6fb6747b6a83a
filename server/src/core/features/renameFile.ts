import type { Snapshot } from '../snapshot.ts';
import { sourcesIn } from '../plans.ts';
import { findValuesFile } from '../valuesPlaces.ts';
import { folderOf, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { sortEdits, type FileEdit, type TextEdit } from '../text/edit.ts';
import { visit } from '../yaml/lookup.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { replaceScalar } from '../yaml/write.ts';

/** A file, or a folder with all that is in it, that gets another name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The edits that make every stack name its values files by their new names. */
export function renameFiles(snapshot: Snapshot, renamings: readonly Renaming[]): readonly FileEdit[] {
  const projects = snapshot.state.folders.flatMap(folder => folder.project?.file ?? []);
  const definers = [...projects, ...[...snapshot.state.files.values()].filter(file => file.applications.length > 0)];
  return definers.flatMap(file => {
    const edits = sourcesIn(snapshot.state, file).flatMap(source =>
      source.files.flatMap(({ text, span }) => {
        const { application } = source;
        const folder = snapshot.folderOf(file.uri)?.uri ?? folderOf(file.uri);
        const target =
          application === undefined
            ? joinUri(folder, text)
            : findValuesFile(snapshot.state, file.uri, application, text);
        const renamed = renamedUri(target, renamings);
        const base = target.slice(0, target.length - cleanPath(text).length);
        return renamed === undefined || !renamed.startsWith(base)
          ? []
          : editOf(file, span.start, prefixOf(text) + decodeURI(renamed.slice(base.length)));
      }),
    );
    const sorted = sortEdits(edits);
    return sorted === undefined || sorted.length === 0 ? [] : [{ uri: file.uri, edits: sorted }];
  });
}

function renamedUri(uri: string, renamings: readonly Renaming[]): string | undefined {
  for (const { from, to } of renamings) {
    if (uri === from) return to;
    if (uri.startsWith(`${from}/`)) return to + uri.slice(from.length);
  }
  return undefined;
}

function prefixOf(path: string): string {
  return path.startsWith('./') ? './' : '';
}

/** The path as it ends the file's URI. */
function cleanPath(path: string): string {
  return encodeURI(path.replace(/^\.\//, ''));
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
