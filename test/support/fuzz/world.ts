import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { rules } from '../../../server/src/core/rules/index.ts';
import { secretsIn } from '../../../server/src/core/secrets/secretsInFile.ts';
import type { StackPlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings, readProject, type Project } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../views.ts';
import type { FuzzKind } from './cases.ts';

const folder = 'file:///ws/';
export const baseUri = `${folder}base.yaml`;
const uris: Partial<Record<FuzzKind, string>> = {
  project: `${folder}.deploykf-values.yaml`,
  application: `${folder}app.yaml`,
  script: `${folder}deploy.sh`,
};

export function uriOf(kind: FuzzKind): string {
  return uris[kind] ?? `${folder}values.yaml`;
}

const { policy } = parsePolicy({
  rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }],
});
const base = new ValuesFile(
  baseUri,
  'kubeflow_tools:\n  katib:\n    enabled: false\ndeploykf_core:\n  deploykf_auth:\n    images:\n      dex: &dex\n        tag: v1\n',
);
const known = { releases: catalogs.releases, codes: rules.map(({ code }) => code) };

/** The text that is attacked, in a workspace. */
export interface FuzzWorld {
  readonly file: ValuesFile;
  readonly snapshot: Snapshot;
}

/** As the server makes it for a new text; `before` is the world of the text before it. */
export function worldOf(kind: FuzzKind, text: string, before?: FuzzWorld): FuzzWorld {
  const uri = uriOf(kind);
  const file = new ValuesFile(uri, text, before && { previous: before.file });
  if (kind === 'project') return { file, snapshot: withProject(file, before) };
  const secrets = secretsIn(uri, text);
  if (before !== undefined)
    return { file, snapshot: before.snapshot.withFile(uri, file).withSecrets(secrets) };
  const plan: StackPlan = {
    id: 'all',
    name: '',
    kind: 'given',
    release: '0.1.5',
    uris: [baseUri, uri],
    folder,
  };
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: folder, settings: { ...noSettings, policy }, project: undefined }],
    files: new Map([
      [uri, file],
      [baseUri, base],
    ]),
    secrets,
    ...(kind === 'stack' && { given: [plan] }),
  });
  return { file, snapshot };
}

function withProject(file: ValuesFile, before: FuzzWorld | undefined): Snapshot {
  const previous: Project | undefined = before?.snapshot.folderOf(file.uri)?.project;
  const project = readProject(file, known, previous);
  const folders = [{ uri: folder, settings: project.settings, project }];
  return (
    before?.snapshot.withFolders(folders) ??
    Snapshot.of({ catalogs, folders, files: new Map([[baseUri, base]]), missing: new Set(), secrets: [] })
  );
}
