// Manifests as large clusters have them: nine tenths are CustomResourceDefinitions, and few objects name an image.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A stream of manifests in a file. */
export interface ManifestStream {
  readonly name: string;
  readonly path: string;
}

type ObjectText = (index: number) => string;

/** Writes the same kinds of objects as documents, as a list in YAML as `kubectl get` prints it, and as one in JSON. */
export function writeStreams(folder: string): readonly ManifestStream[] {
  const yaml = templates.map(template => textOf(stringify(template)));
  const items = templates.map(template => textOf(`- ${indented(stringify(template), '  ')}`));
  const json = templates.map(template =>
    textOf(`        ${indented(JSON.stringify(template, null, 4), '        ')}`),
  );
  const write = (
    name: string,
    file: string,
    size: number,
    parts: Omit<StreamParts, 'size'>,
  ): ManifestStream => {
    const path = join(folder, file);
    writeStream(path, { ...parts, size: size * 1024 * 1024 });
    return { name, path };
  };
  return [
    write('57 MB of YAML documents', 'documents.yaml', 57, {
      start: '',
      objects: yaml,
      between: '---\n',
      end: '',
    }),
    write('52 MB of a list in YAML', 'list.yaml', 52, {
      start: 'apiVersion: v1\nitems:\n',
      objects: items,
      between: '',
      end: 'kind: List\nmetadata:\n  resourceVersion: ""\n',
    }),
    write('64 MB of a list in JSON', 'list.json', 64, {
      start: '{\n    "apiVersion": "v1",\n    "items": [\n',
      objects: json,
      between: ',\n',
      end: '\n    ],\n    "kind": "List"\n}\n',
    }),
  ];
}

interface StreamParts {
  readonly start: string;
  readonly objects: readonly ObjectText[];
  readonly between: string;
  readonly end: string;
  /** In bytes. */
  readonly size: number;
}

function writeStream(path: string, { start, objects, between, end, size }: StreamParts): void {
  const file = openSync(path, 'w');
  let written = writeSync(file, start);
  for (let index = 0; written < size; index++) {
    const object = objects[index % objects.length]?.(index) ?? '';
    written += writeSync(file, index === 0 ? object : between + object);
  }
  writeSync(file, end);
  closeSync(file);
}

function textOf(template: string): ObjectText {
  const parts = template.split('NAME');
  return index => parts.join(`object-${index}`);
}

function indented(text: string, blanks: string): string {
  return text.replace(/\n(?=.)/g, `\n${blanks}`);
}

/** In turn: two definitions, of which each fourth one knows images, and ten objects of a release. */
const templates: readonly unknown[] = Array.from({ length: 4 }, (_, round) => [
  definition('reference to another object of the same namespace'),
  definition(
    round === 3 ? 'image of the container, as its registry has it' : 'name of the field that is read',
  ),
  ...Array.from({ length: 9 }, (_unused, index) => plainObject(index)),
  round % 2 === 0 ? workload() : configMap(),
]).flat();

function definition(about: string): unknown {
  const group = Array.from({ length: 12 }, (_, index) => entryOf(`field${index}`, schemaOf(about, 2)));
  const schema = { openAPIV3Schema: { type: 'object', properties: Object.fromEntries<unknown>(group) } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'NAME.example.com',
      annotations: { 'controller-gen.kubebuilder.io/version': 'v0.11.1' },
    },
    spec: {
      group: 'example.com',
      names: { kind: 'Example', plural: 'NAME' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

function schemaOf(about: string, depth: number): unknown {
  const description = `The ${about}. Cannot be updated. More info in the guide of the API, where its defaults are listed too.`;
  if (depth === 0) return { description, type: 'string' };
  const properties = Array.from({ length: 7 }, (_, index) =>
    entryOf(`part${index}`, schemaOf(about, depth - 1)),
  );
  return {
    description,
    type: 'object',
    required: ['part0'],
    properties: Object.fromEntries<unknown>(properties),
  };
}

function entryOf(key: string, value: unknown): readonly [string, unknown] {
  return [key, value];
}

function plainObject(index: number): unknown {
  const rules = Array.from({ length: 4 + index }, () => ({
    apiGroups: ['apps', 'batch'],
    resources: ['deployments', 'jobs', 'statefulsets'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  }));
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'NAME' },
    rules,
  };
}

function workload(): unknown {
  const container = (name: string): unknown => ({
    name,
    image: `ghcr.io/example/${name}:v1.2.3`,
    imagePullPolicy: 'IfNotPresent',
    args: ['--v=2', '--leader-elect', '--executor-image', 'quay.io/argoproj/argoexec:v3.3.10'],
    env: Array.from({ length: 8 }, (_, index) => ({ name: `SETTING_${index}`, value: `value of ${index}` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'NAME', namespace: 'example', labels: { 'app.kubernetes.io/name': 'NAME' } },
    spec: { replicas: 1, template: { spec: { containers: [container('server'), container('proxy')] } } },
  };
}

function configMap(): unknown {
  const settings = { trial: { image: 'docker.io/example/trial:v0.15.0' }, limits: { cpu: '500m' } };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'NAME', namespace: 'example' },
    data: { 'settings.json': JSON.stringify(settings, null, 2), script: '#!/bin/sh\nexec "$@"\n'.repeat(40) },
  };
}
