import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../../server/src/core/rules/index.ts';
import { application, pullSecretManifest } from '../manifests.ts';
import { sharedFile } from '../shared.ts';
import { root } from '../sources.ts';
import { texts as stackTexts } from '../stacks.ts';
import { type FuzzKind } from './cases.ts';
import type { Random } from './random.ts';

/** The texts that runs begin with, by what is attacked with them. */
export interface StartTexts {
  readonly byKind: ReadonlyMap<FuzzKind, readonly string[]>;
  /** Lines of all of them, to type and paste. */
  readonly lines: readonly string[];
}

const scripts: readonly string[] = [
  '#!/bin/sh\n# deploys\ndeploykf generate --source-version 0.1.5 --values base.yaml --values "values.yaml,c.yaml" \\\n  --output-dir out\n',
  'generate:\n\tdeploykf-linux-amd64 generate -V v0.1.4 -f values.yaml -f=base.yaml # all\n',
  "jobs:\n  a:\n    steps:\n      - run: >-\n          deploykf generate\n          -V 0.1.5 -f 'values.yaml'\n",
  '& .\\deploykf.exe generate `\n  --source-path ".\\fork" `\n  -f base.yaml -f "my values.yaml" | Out-Null\n',
];

const ignores: readonly string[] = [
  '# build\n/dist/\n*.log\n!keep.log\n**/node_modules/**\ndoc/*.txt\nfoo\\ \n[a-c]?.yaml\n',
  'a/**/b\n/**\n!/values.yaml\n[[:alpha:]]*\n\\#x\n\\!y\n**/[!.]*.y*ml\n',
];

const images: readonly string[] = [
  'mysql\nghcr.io/deploykf/kfam:v1.2\nregistry.example.com:5000/a/b_c/d--e:1.0@sha256:' +
    `${'a'.repeat(64)}\nlocalhost/x\ndocker.io/library/redis\nhttps://quay.io/a/b\nUPPER/Case:Tag\na/b/\n[::1]:5000/x\n`,
];

const policies: readonly string[] = [
  'rules:\n  - source: docker.io\n    target: harbor.example.com/{registry}/{path}\n  - source: "*"\n    target: r.corp/{flat}\n    separator: "."\nprivate: [r.corp]\n',
  'rules:\n  ghcr.io/deploykf: { target: null }\n  "*.io": { target: "r.corp/{namespace}/{name}", library: strip }\n  "*": { target: r.corp/all, path: last, images: { docker.io/library/mysql: r.corp/db } }\npushTo: push.r.corp\n',
];

/** Values under whose keys the rules look. */
const values: readonly string[] = [
  `deploykf_dependencies:\n  istio: &istio\n    images: {istioProxy: {tag: ~, repository: 'docker.io/istio/proxyv2'}}\n  <<: {kyverno: *istio}\n`,
  'a: 1\n? b\n: 2\nkubeflow_tools: &k\n  katib: # c\n    enabled: no\n  pipelines: {enabled: yes, kfpV2: {}}\nkubeflow_dependencies: *k\n',
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: {repository: "ghcr.io/dexidp/dex", tag: 2.30}\n    dex:\n      connectors:\n        - type: oidc\n          config: |\n            clientID: x\n',
];

export function startTexts(): StartTexts {
  const files = [...examples('examples'), ...examples('test/corpus/other')];
  const upstream = ['default_values.yaml', 'sample-values.yaml', 'app-of-apps.yaml'].flatMap(
    name => sharedFile(`deploykf/0.1.5/${name}`) ?? [],
  );
  const docs = rules.flatMap(({ doc }) => [doc.bad, doc.good ?? '']).filter(text => text !== '');
  const secret = pullSecretManifest('harbor', '{"auths": {"r.corp": {"username": "a", "password": "b"}}}');
  const isApplication = (text: string): boolean => text.includes('kind: Application');
  const isProject = (text: string): boolean => /^(?:stacks|release|registry|rules):/m.test(text);
  const all = [...files, ...docs, ...values, ...Object.values(stackTexts), secret];
  const plain = all.filter(text => !isApplication(text) && !isProject(text));
  const byKind = new Map<FuzzKind, readonly string[]>([
    ['values', [...plain, ...upstream]],
    ['stack', [...plain, ...upstream]],
    ['application', [...[...all, ...upstream].filter(isApplication), ...plain.map(embedded)]],
    ['project', all.filter(isProject)],
    ['script', scripts],
    ['gitignore', ignores],
    ['image', images],
    ['policy', policies],
  ]);
  const lines = [...byKind.values()]
    .flat()
    .flatMap(text => text.split('\n').filter(line => line.trim() !== ''));
  return { byKind, lines: [...new Set(lines)].map(line => line.slice(0, 200)) };
}

/** At most so many lines of a text: a window of whole lines. */
export function someOf(random: Random, text: string, most: number): string {
  const lines = text.split('\n');
  if (lines.length <= most) return text;
  const start = random.below(lines.length - most);
  const part = lines.slice(start, start + most);
  const margin = Math.min(
    ...part.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  );
  return `${part.map(line => line.slice(margin)).join('\n')}\n`;
}

/** Values as a string of an Application, written in every way that YAML has. */
function embedded(text: string, index: number): string {
  const indent = (line: string): string => (line === '' ? '' : `              ${line}`);
  const block = text.split('\n').map(indent).join('\n').trimEnd();
  const headers = ['|', '|-', '>', '|+', '|2'];
  const quoted = [JSON.stringify(text), `'${text.replaceAll("'", "''").replaceAll('\n', '\n\n')}'`];
  const header = headers[index % 7];
  const written = header === undefined ? (quoted[index % 2] ?? '') : `${header}\n${block}`;
  return application('app', `- name: values\n          string: ${written}`);
}

function examples(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => readFileSync(join(root, folder, name), 'utf8'));
}
