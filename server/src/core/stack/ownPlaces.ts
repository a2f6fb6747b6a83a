/** The top of the work tree in a path of a script, as git itself writes it: `:/values.yaml`. */
const workTree = ':';

/** `$(git rev-parse --show-toplevel)`, also with `shell` as Make has it. */
const topOfWorkTree =
  /\$\((?:shell )?git (?:-C [^()\n]{1,100} )?rev-parse --show-toplevel\)|`git rev-parse --show-toplevel`/g;

/** `$(dirname "$0")`, whose quotes a shell has taken off already. */
const folderOfScript =
  /\$\(dirname (?:-- )?["']?(?:\$0|\$\{0\}|\$BASH_SOURCE|\$\{BASH_SOURCE(?:\[0\])?\})["']?\)/g;

/** What scripts work out from their own place. */
const ownFolder =
  /dirname|BASH_SOURCE|MAKEFILE_LIST|CURDIR|PSScriptRoot|\bpwd\b|PWD\b|github\.workspace|CI_PROJECT_DIR/;

const folderAssignment =
  /^[ \t]*(?:- )?(?:export |readonly |local |set |ENV |ARG |\$(?:env:)?)?([A-Za-z_]\w{0,80})(?:[ \t]*(?:[:?]?=)|:)[ \t]?([^\r\n]{0,400})/gm;

/** `cd "$(dirname "$0")/.." && pwd` */
const foldersUp = /\bdirname\b[^()]{0,100}\)["']{0,2}((?:\/\.\.){1,9})["']?[ \t]*(?:&&|;)/;

/** The path that goes on from there at the end of a line. */
const goingOn = /[)}]["']?((?:\/[\w.-]+|\/?\$\{?\w{1,80}\}?){1,20})["']?[ \t]*(?:[;&|#][^\n)]*)?$/;

/** A word with the folder of the script as `.` and the top of its work tree as `:` where commands tell them. */
export function withOwnPlaces(word: string): string {
  return word.replace(topOfWorkTree, workTree).replace(folderOfScript, '.');
}

/** The variables of a text that hold the script's own folder, that where it is run, or the top of its work tree, or a path from there. */
export function ownPlacesIn(text: string): ReadonlyMap<string, string> {
  const names = ['PWD', 'pwd', 'CURDIR', 'PSScriptRoot', 'GITHUB_WORKSPACE', 'CI_PROJECT_DIR'];
  const places = new Map(names.map(name => [name, '.']));
  for (const { 1: name = '', 2: written = '' } of text.matchAll(folderAssignment)) {
    const start = startOf(written);
    if (start !== undefined) places.set(name, `${start}${goingOn.exec(written)?.[1] ?? ''}`);
  }
  return places;
}

function startOf(written: string): string | undefined {
  if (/\bgit\b.{0,100} rev-parse --show-toplevel/.test(written)) return workTree;
  if (!ownFolder.test(written)) return undefined;
  return `.${foldersUp.exec(written)?.[1] ?? ''}`;
}

/** The part of a path below the top of the work tree; `undefined`: it does not start there. */
export function belowWorkTree(path: string): string | undefined {
  if (path === workTree) return '.';
  return path.startsWith(`${workTree}/`) ? path.slice(2) : undefined;
}

/** Whether a path starts at a place of the script's own, wherever it has gone. */
export function isOwnPlace(path: string): boolean {
  return path.startsWith('.') || belowWorkTree(path) !== undefined;
}
