import { readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { catalogs } from './views.ts';

export const root = 'file:///ws/';
export const texts: Readonly<Record<string, string>> = {
  'base.yaml': 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: v1\n',
  'values/prod.yaml': 'deploykf_core: { deploykf_auth: { images: { dex: { tag: v2 } } } }\n',
  'app.yaml': [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    '        - { name: values_files, array: ["./base.yaml", values/prod.yaml] }',
    '        - name: values',
    '          string: |',
    '            deploykf_core:',
    '              deploykf_auth: { images: { dex: { tag: v3 } } }',
    '',
  ].join('\n'),
};
export const project = new ValuesFile(
  `${root}.deploykf-values.yaml`,
  'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [base.yaml, "values/prod.yaml"]\n',
);

/** The files as two stacks: an Application and one of a project file. */
export function snapshot(): Snapshot {
  const read = readProject(project, { releases: catalogs.releases, codes: [] });
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: read.settings, project: read }],
    files: new Map(
      Object.entries(texts).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
  });
}
