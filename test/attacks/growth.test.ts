import { checkFile } from '../../server/src/core/check/check.ts';
import { fixAll } from '../../server/src/core/fixes/fixAll.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { assertLinear } from '../support/growth.ts';
import { catalogs } from '../support/views.ts';

const uri = 'file:///ws/values.yaml';

function world(text: string): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: noSettings, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

function repeat(size: number, part: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => part(index)).join('');
}

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: a }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - { name: source_version, string: "0.1.5" }
        - name: values
          string: |
            kubeflow_tools:
              katib:
                enabled: true
                enabled: true
`;

const item = application.replace(/^/gm, '    ').replace('    a', '  - a').trimEnd();

/** Texts in which a part is as often as one likes. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  'a key that is there again with another value': size =>
    `kubeflow_tools:\n  katib:\n${repeat(size, index => `    enabled: "v${index}"\n`)}`,
  'a key that is there again with the same value': size =>
    `kubeflow_tools:\n  katib:\n${'    enabled: true\n'.repeat(size)}`,
  'Applications with values': size => `${application}---\n`.repeat(size),
  'anchors in each other below a credential, on a line': size =>
    `kubeflow_tools:\n  auths: ${repeat(size * 15, index => `[*a${index}, &a${index} `)}1${']'.repeat(size * 15)}\n`,
  'anchors in each other below a credential, each on its line': size =>
    `kubeflow_tools:\n  auths:\n${repeat(size * 15, index => `    [*a${index}, &a${index}\n`)}1${']'.repeat(size * 15)}\n`,
  'image names that the release does not have': size =>
    `kubeflow_tools:\n  katib:\n    images:\n${repeat(size * 10, index => `      katibControlle${index}: { tags: a }\n`)}`,
  'keys that the release does not have': size =>
    `kubeflow_tools:\n  katib:\n${repeat(size, index => `    enable${index}: true\n`)}`,
  'pull secrets': size => `deploykf_dependencies:
  kyverno:
    clusterPolicies:
      imagePullSecrets:
        enabled: true
        registryCredentials:
${repeat(size * 5, index => `          - existingSecret: s${index}\n`)}`,
  'a List of Applications with values': size =>
    `apiVersion: v1\nkind: List\nitems:\n${`${item}\n`.repeat(size)}`,
};

describe('What a file costs is in proportion to its size', () => {
  for (const [what, text] of Object.entries(texts)) {
    it(`check: ${what}`, () => assertLinear(size => () => checkFile(world(text(size)), uri), 20));
    it(`fix: ${what}`, () => assertLinear(size => () => fixAll(world(text(size)), [uri]), 20));
  }
});
