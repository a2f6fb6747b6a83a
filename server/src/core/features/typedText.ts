import type { ValuesFile } from '../stack/valuesFile.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { Typing } from '../yaml/embedded.ts';

/** The innermost text that someone types in. */
export interface TypedText {
  /** `values`: of a stack. `application`: around the values of one. `new`: no stack has it yet. */
  readonly holds: 'values' | 'application' | 'project' | 'new';
  readonly file: ValuesFile;
  readonly typing: Typing;
}

/** `undefined` for texts about which we say nothing. */
export function typedText(snapshot: Snapshot, uri: string, offset: number): TypedText | undefined {
  const project = folderOfProjectFile(snapshot.state, uri)?.project;
  if (project !== undefined) return whole('project', project.file, offset);
  for (const file of snapshot.hostedIn(uri)) {
    const typing = file.host?.embedding.typingAt(offset);
    if (typing !== undefined) return { holds: 'values', file, typing };
  }
  const file = snapshot.file(uri);
  if (file === undefined) return undefined;
  if (file.applications.length > 0) return whole('application', file, offset);
  return whole(snapshot.isConcerned(uri) ? 'values' : 'new', file, offset);
}

function whole(holds: TypedText['holds'], file: ValuesFile, offset: number): TypedText {
  const { source } = file;
  return { holds, file, typing: { source, offset, holdsLines: true, editToOuter: edit => edit } };
}
