import { projectFileName } from '../workspace/settings.ts';
import { projectKeyAt } from '../workspace/projectKeys.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { printPath, type Path } from '../yaml/nodes.ts';
import { code, lines, mark, plain, type Markdown } from './markdown.ts';

/** What a key of the project file is for; `undefined`: that is not known. */
export function projectHover({ state }: Snapshot, path: Path): Markdown | undefined {
  const key = projectKeyAt(state.catalogs.releases.toReversed(), path);
  if (key?.description === undefined || path.length === 0) return undefined;
  const said = [mark`**${plain(printPath(path))}** · ${code(projectFileName)}`, plain(key.description)];
  if (key.enum !== undefined) said.push(plain(`One of ${key.enum.join(', ')}`));
  return lines(said);
}
