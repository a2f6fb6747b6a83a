/**
 * The variables that a script, a Makefile or a CI file assigns in its own text, by name: `NAME=x`, `NAME := x`, `export NAME="x"`,
 * `NAME: x` of YAML, `$NAME = "x"` of PowerShell. One that is assigned several values is not known, and neither is one whose value
 * a command makes. Takes time in proportion to the text.
 */
export function assignedVariables(text: string): ReadonlyMap<string, string | undefined> {
  const variables = new Map<string, string | undefined>();
  for (const { 1: name = '', 2: written = '' } of text.matchAll(assignment)) {
    const value = plainValue(written);
    if (!variables.has(name)) variables.set(name, value);
    else if (variables.get(name) !== value) variables.set(name, undefined);
  }
  return variables;
}

const assignment =
  /^[ \t]*(?:- )?(?:export |readonly |local |set |ENV |ARG |\$(?:env:)?)?([A-Za-z_]\w{0,80})(?:[ \t]*(?:[:?]?=)|:)[ \t]?([^\r\n]{0,400})/gm;

/** The text of a value without quotes and comment; `undefined` where only a shell can tell. */
function plainValue(written: string): string | undefined {
  const text = written.trimStart();
  const quoted = /^(["'])([^"'$`]*)\1/.exec(text)?.[2];
  if (quoted !== undefined) return quoted;
  const word = /^[^\s"'$`#;|&]+/.exec(text)?.[0];
  if (word !== undefined && /^[\s#;&]|^$/.test(text.slice(word.length))) return word;
  return undefined;
}

/** The folders that scripts work out from their own place. */
const ownFolder =
  /dirname|BASH_SOURCE|MAKEFILE_LIST|CURDIR|PSScriptRoot|\bpwd\b|PWD\b|github\.workspace|CI_PROJECT_DIR/;

/** The names of variables that hold the folder of the script or the directory that it is run in. */
export function folderVariables(text: string): ReadonlySet<string> {
  const names = new Set(['PWD', 'CURDIR', 'PSScriptRoot', 'GITHUB_WORKSPACE', 'CI_PROJECT_DIR']);
  for (const { 1: name = '', 2: written = '' } of text.matchAll(assignment))
    if (ownFolder.test(written)) names.add(name);
  return names;
}

export interface Variables {
  readonly values: ReadonlyMap<string, string | undefined>;
  readonly folders: ReadonlySet<string>;
}

const reference =
  /\$\{\{ *(?:env|vars)\.(\w{1,80}) *\}\}|\$[{(](?:env:)?(\w{1,80})(?::-([^}"'$`]{0,200}))?[})]|\$(?:env:)?(\w{1,80})/g;

/** A word with the variables filled in that are known; a folder of the script itself becomes `.`. */
export function fillIn(word: string, { values, folders }: Variables): string {
  if (!word.includes('$')) return word;
  return word.replace(reference, (whole, ...names: readonly (string | undefined)[]) => {
    const [ofWorkflow, inBraces, otherwise, bare] = names;
    const name = ofWorkflow ?? inBraces ?? bare ?? '';
    if (folders.has(name)) return '.';
    if (values.has(name)) return values.get(name) ?? whole;
    return otherwise ?? whole;
  });
}
