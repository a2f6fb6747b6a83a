import assert from 'node:assert/strict';
import { discover } from '../../server/src/core/workspace/discovery.ts';
import { renameFiles } from '../../server/src/core/features/rename/renameFile.ts';
import { definedIn } from '../../server/src/core/workspace/sources.ts';
import { noSettings, readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { joinUri } from '../../server/src/core/stack/uri.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { root } from './stacks.ts';
import { catalogs } from './views.ts';

/** Texts by their paths in a workspace. */
export type Files = Readonly<Record<string, string>>;
export type Move = readonly [from: string, to: string];

/** A workspace as a host finds it. */
export function workspaceOf(files: Files): Snapshot {
  const all = Object.entries(files).map(([path, text]) => new ValuesFile(joinUri(root, path), text));
  const project = all.find(({ uri }) => uri.endsWith('/.deploykf-values.yaml'));
  const read = project && readProject(project, { releases: catalogs.releases, codes: [] });
  const found = all.filter(file => file !== project).map(file => discover(file));
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: read?.settings ?? noSettings, project: read }],
    files: new Map(found.flatMap(({ file } = {}) => (file === undefined ? [] : [[file.uri, file]]))),
    scripts: found.flatMap(({ script } = {}) => script ?? []),
  });
}

/** The files under their new names, with the edits that go with that. */
export function afterRenaming(files: Files, moves: readonly Move[]): Files {
  const renamings = moves.map(([from, to]) => ({ from: joinUri(root, from), to: joinUri(root, to) }));
  const edits = new Map(renameFiles(workspaceOf(files), renamings).edits.map(own => [own.uri, own.edits]));
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const edited = applyEdits(text, edits.get(joinUri(root, path)) ?? []);
      assert.ok(edited !== undefined);
      return [renamed(path, moves), edited];
    }),
  );
}

/** The paths of values files that the Applications, the project file and the scripts of a workspace name. */
export function namedIn(files: Files): readonly string[] {
  const { state } = workspaceOf(files);
  const projects = state.folders.flatMap(({ project }) => project?.file ?? []);
  const sources = [...state.files.values(), ...projects].flatMap(file => definedIn(state, file));
  return [
    ...sources.flatMap(({ files: named }) => named.map(({ text }) => text)),
    ...(state.scripts ?? []).flatMap(({ commands }) =>
      commands.flatMap(({ values }) => values.map(({ text }) => text)),
    ),
  ];
}

function renamed(path: string, moves: readonly Move[]): string {
  const [from, to] = moves.find(([own]) => path === own || path.startsWith(`${own}/`)) ?? ['', ''];
  return from === '' ? path : to + path.slice(from.length);
}
