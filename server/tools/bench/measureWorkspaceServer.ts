import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileStatusNotification, type FileStatus } from '../../src/protocol.ts';
import { LspClient } from '../../../test/support/lspClient.ts';
import { memoryOf } from './measureServer.ts';
import { valuesOf } from './measureWorkspace.ts';

const stacks = 200;
const bases = 10;
const edits = 40;

/**
 * The server of a build in a workspace of 1,000 files on disk: 200 Applications with three values files each, ten shared
 * ones, and YAML of other things. Times are those that a client sees.
 */
export async function measureWorkspaceServer(
  command: readonly string[],
  folder: string,
): Promise<readonly (readonly [string, string])[]> {
  writeWorkspace(folder);
  const root = pathToFileURL(folder).href;
  const open = `${root}/stack-0/values-2.yaml`;
  const base = `${root}/base-0.yaml`;
  const client = LspClient.spawn(command[0] ?? '', command.slice(1));
  try {
    const status = new Promise<void>(resolve => {
      client.connection.onNotification(fileStatusNotification.method, (told: FileStatus) => {
        if (told.uri === open && told.stacks[0]?.name === 'stack-0') resolve();
      });
    });
    await client.initialize({ folders: [root], own: { showsStatus: true } });
    const start = performance.now();
    await client.open(open, textOf('stack-0/values-2.yaml'));
    await status;
    await client.diagnostics(open);
    const indexed = performance.now() - start;
    const memory = memoryOf(client.pid);
    await client.open(base, textOf('base-0.yaml'));
    await client.diagnostics(base);
    const times: number[] = [];
    for (let edit = 0; edit < edits; edit++) times.push(await timeEdit(client, base, open));
    const sorted = times.toSorted((a, b) => a - b);
    return [
      ['server: index to diagnostics', `${indexed.toFixed(0)} ms`],
      ['server: memory after it', `${memory.toFixed(0)} MiB`],
      ['server: memory after the edits', `${memoryOf(client.pid).toFixed(0)} MiB`],
      ['server: shared edit to open file, p50', `${(sorted[edits / 2] ?? NaN).toFixed(1)} ms`],
      ['server: the same, p95', `${(sorted[Math.floor(edits * 0.95)] ?? NaN).toFixed(1)} ms`],
    ];
  } finally {
    await client.stop();
  }
}

/** From an edit in a shared file to the next diagnostics of another open file. */
async function timeEdit(client: LspClient, base: string, open: string): Promise<number> {
  const before = client.published.length;
  const start = performance.now();
  await client.replace(base, 'v2.39', 'v2.390');
  // In one round, the file of fewer stacks comes first.
  await client.until(() => client.published.slice(before).find(params => params.uri === open));
  const took = performance.now() - start;
  await client.diagnostics(base);
  return took;
}

function writeWorkspace(folder: string): void {
  for (const name of fileNames()) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(name));
  }
}

function fileNames(): readonly string[] {
  const ofStacks = Array.from({ length: stacks }, (_, stack) =>
    ['application', 'values-0', 'values-1', 'values-2'].map(name => `stack-${stack}/${name}.yaml`),
  ).flat();
  const shared = Array.from({ length: bases }, (_, index) => `base-${index}.yaml`);
  const others = Array.from(
    { length: 1000 - ofStacks.length - bases },
    (_, index) => `other/deployment-${index}.yaml`,
  );
  return [...ofStacks, ...shared, ...others];
}

function textOf(name: string): string {
  if (name.startsWith('other/'))
    return `kind: Deployment\nmetadata: { name: ${JSON.stringify(name)} }\nspec: {}\n`;
  return name.endsWith('/application.yaml') ? applicationOf(Number(/\d+/.exec(name)?.[0])) : valuesOf(name);
}

function applicationOf(stack: number): string {
  const files = [
    `base-${stack % bases}.yaml`,
    ...[0, 1, 2].map(index => `stack-${stack}/values-${index}.yaml`),
  ];
  return [
    'kind: Application',
    `metadata: { name: stack-${stack} }`,
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    `        - { name: values_files, array: [${files.join(', ')}] }`,
    '        - name: values',
    '          string: |',
    '            kubeflow_tools:',
    '              katib:',
    '                enabled: true',
    '',
  ].join('\n');
}
