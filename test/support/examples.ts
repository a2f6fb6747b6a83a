import { checkFile } from '../../server/src/core/check/check.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import type { RuleDoc } from '../../server/src/core/rules/rule.ts';
import { noSettings, projectFileName, readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot, type Folder } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { catalogs } from './views.ts';

const root = 'file:///ws/';
/** What the stacks of example project files may name; any other file is missing. */
const others: readonly string[] = ['values.yaml', 'prod.yaml'];

/** The codes that are found in an example of a rule's page: a values file, an Application or a project file. */
export function codesIn(text: string, doc: RuleDoc, release?: string): readonly string[] {
  const isProject = /^(?:stacks|release|registry|rules):/m.test(text);
  const name = isProject ? projectFileName : 'values.yaml';
  const file = new ValuesFile(root + name, text);
  const files = isProject
    ? others.map(other => new ValuesFile(root + other, 'kubeflow_tools: {}\n'))
    : [file, ...besideOf(doc)];
  const named = [...text.matchAll(/[\w.-]+\.yaml/g)].map(match => match[0]);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [isProject ? projectFolder(file) : valuesFolder(doc, release)],
    files: new Map(files.map(each => [each.uri, each])),
    secrets: [],
    missing: new Set(isProject ? named.filter(each => !others.includes(each)).map(each => root + each) : []),
  });
  return [file, ...files].flatMap(each => checkFile(snapshot, each.uri).map(({ code }) => code));
}

function besideOf({ beside = {} }: RuleDoc): readonly ValuesFile[] {
  return Object.entries(beside).map(([name, text]) => new ValuesFile(root + name, text));
}

function projectFolder(file: ValuesFile): Folder {
  const project = readProject(file, { releases: catalogs.releases, codes: rules.map(({ code }) => code) });
  return { uri: root, settings: project.settings, project };
}

function valuesFolder({ registry }: RuleDoc, release: string | undefined): Folder {
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  return { uri: root, settings: { ...noSettings, policy, release }, project: undefined };
}
