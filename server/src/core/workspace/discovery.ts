import { plainRelease } from '../catalog/release.ts';
import { secretsIn, type LocatedSecret } from '../secrets/secretsInFile.ts';
import { parseJson, type JsonNode } from '../text/json.ts';
import { withoutLogins } from '../text/logins.ts';
import { shortened } from '../text/shorten.ts';
import type { GeneratedOutput, Script } from './state.ts';
import { mayHoldApplications } from '../stack/application.ts';
import { officialRelease } from '../stack/upstream.ts';
import { findCommands } from '../stack/command.ts';
import { shellOf } from '../stack/commandWords.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';

/** Folders that do not contain the user's own files: packages, git's store, deployKF's output. */
export const skippedFolders: readonly string[] = ['node_modules', '.git', '.deploykf_output'];

const scriptNames = ['Makefile', 'makefile', 'GNUmakefile', 'Jenkinsfile', 'Justfile', 'justfile'];
/** What deployKF writes beside the manifests that it generates. */
const outputName = '.deploykf_output';

const endings = ['yaml', 'yml', 'json', 'sh', 'bash', 'zsh', 'mk', 'ps1'];

/** What follows the ending of YAML in the name of a template: of Terraform, Go and Helmfile, Jinja, envsubst and configure. */
const templateEndings = ['tftpl', 'tpl', 'tmpl', 'gotmpl', 'j2', 'jinja2', 'envsubst', 'in', 'template'];

const templateGlobs = ['yaml', 'yml'].flatMap(yaml => templateEndings.map(ending => `*.${yaml}.${ending}`));

/** A glob of the files that may have to do with stacks, relative to a folder. Editors do not support nested braces. */
export const candidateGlob = `**/{${[...endings.map(ending => `*.${ending}`), ...templateGlobs, ...scriptNames, outputName].join(',')}}`;

/** JSON of other programs, of which a folder may have many. */
const foreignJson =
  /^(?:\.|(?:package|package-lock|npm-shrinkwrap|composer|manifest|renovate|[jt]sconfig(?:[.-].*)?|.*[.-](?:lock|schema))\.json$)/i;

/** A folder with more JSON has data in it, which would take long to read. */
const mostJson = 20;

/** Paths without the JSON of folders that have much of it. */
export function withoutData(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const folderOfPath = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  for (const path of paths.filter(isJsonFile)) {
    const folder = folderOfPath(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  if (Math.max(0, ...counts.values()) <= mostJson) return paths;
  return paths.filter(path => !isJsonFile(path) || (counts.get(folderOfPath(path)) ?? 0) <= mostJson);
}

/** What a file can be by its name; `undefined`: nothing that stacks are made of. YAML, which JSON is, may hold commands too. */
export function candidateKind(path: string): 'yaml' | 'script' | 'output' | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === outputName) return 'output';
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (ending === 'json') return foreignJson.test(name) ? undefined : 'yaml';
  if (ending === 'yaml' || ending === 'yml' || isTemplateFile(name)) return 'yaml';
  if (endings.includes(ending) || scriptNames.includes(name)) return 'script';
  return undefined;
}

/** Whether a file is a template of YAML by its name, such as `values.yaml.tftpl`: deployKF merges only what is made of it. */
export function isTemplateFile(uri: string): boolean {
  const [, ending = ''] = /\.ya?ml\.([a-z0-9]+)$/i.exec(uri) ?? [];
  return templateEndings.includes(ending.toLowerCase());
}

/** Whether deployKF and we take a file for JSON by its name; other programs have to be able to read it, too. */
export function isJsonFile(uri: string): boolean {
  return /\.json$/i.test(uri);
}

/** Scripts name values files, and may contain texts that look like one, but are not. */
export function isScript(uri: string): boolean {
  return candidateKind(uri) === 'script';
}

/** What a text has to do with stacks. */
export interface Discovered {
  /** It is a values file or holds Applications. */
  readonly file?: ValuesFile;
  /** It generates from values files. */
  readonly script?: Script;
  /** Pull secrets, at least one. Their file is not ours. */
  readonly secrets?: readonly LocatedSecret[];
  /** It says which release manifests were generated with. */
  readonly output?: GeneratedOutput;
}

/** Looks into a text; `undefined` for one that deployKF has nothing to do with, as are most, which are not parsed. */
export function discover(file: ValuesFile): Discovered | undefined {
  const { text, uri } = file;
  if (candidateKind(uri) === 'output') {
    const output = outputOf(uri, text);
    return output && { output };
  }
  const ofStacks = stacksIn(file);
  if (candidateKind(uri) !== 'yaml') return ofStacks;
  const secrets = secretsIn(uri, text);
  if (secrets.length === 0) return ofStacks;
  return { ...ofStacks, secrets };
}

/** The values and Applications of a text, else its commands. */
function stacksIn(file: ValuesFile): Discovered | undefined {
  const { text, uri } = file;
  if (!/deploykf|kubeflow_/.test(text)) return undefined;
  if (candidateKind(uri) === 'yaml' && mayBeFile(text) && isStackFile(file)) return { file };
  // Of its texts, JSON does not show the quotes and line ends that a shell would see.
  if (isJsonFile(uri)) return undefined;
  const script = scriptOf(file);
  return script && { script };
}

/** What deployKF says of its own output; `undefined` where it does not name a release. */
function outputOf(uri: string, text: string): GeneratedOutput | undefined {
  const root = parseJson(text);
  if (root?.kind !== 'object') return { uri, release: undefined, problem: 'is not a JSON object' };
  const valueOf = (name: string): JsonNode | undefined => root.members.find(({ key }) => key === name)?.value;
  const value = valueOf('source_version');
  if (value === undefined || (value.kind === 'string' && value.text === ''))
    return ofGenerator(uri, valueOf('source_path'));
  if (value.kind !== 'string')
    return { uri, release: undefined, problem: 'has a "source_version" that is not a string' };
  return { uri, release: plainRelease(value.text) };
}

/** Output of a generator that only a path names, such as that of a fork; `undefined` where there is no path, either. */
function ofGenerator(uri: string, path: JsonNode | undefined): GeneratedOutput | undefined {
  if (path?.kind !== 'string' || path.text === '') return undefined;
  const release = officialRelease(path.text);
  if (release !== undefined) return { uri, release };
  const shown = withoutLogins(shortened(path.text, 80));
  return { uri, release: undefined, problem: `names the generator "${shown}" and no release` };
}

/** The commands of a file that is none of values; `undefined` when it has none. Texts without any are not parsed. */
export function scriptOf(file: ValuesFile): Script | undefined {
  const isYaml = candidateKind(file.uri) === 'yaml';
  // To look for commands takes longer than to see that most values are values.
  if (isYaml && mayBeFile(file.text) && isStackFile(file)) return undefined;
  const commands = findCommands(file.text, shellOf(file.uri));
  if (commands.length === 0 || (isYaml && isStackFile(file))) return undefined;
  return { uri: file.uri, file, commands };
}

function isStackFile(file: ValuesFile): boolean {
  return file.isValues || file.applications.length > 0;
}

/** Most YAML is ruled out by this, without parsing. */
function mayBeFile(text: string): boolean {
  return (
    mayHoldApplications(text) ||
    /(?:^|[{,]\s*)["']?(?:deploykf_|kubeflow_)[a-z]+["']?\s*:/m.test(text.slice(0, 2 ** 20))
  );
}
