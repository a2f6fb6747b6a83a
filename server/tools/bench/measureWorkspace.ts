import { checkFile } from '../../src/core/check/check.ts';
import { noSettings, type StackDefinition } from '../../src/core/workspace/settings.ts';
import { Snapshot } from '../../src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../src/core/stack/valuesFile.ts';
import { Catalogs } from '../../src/host/catalogs.ts';

const folder = 'file:///bench/';
const stacks = 200;
const filesPerStack = 5;

/** The time to index a large workspace, and an edit in a file that 20 stacks share. */
export function measureWorkspace(): readonly (readonly [string, string])[] {
  const memory = process.memoryUsage().rss;
  const start = performance.now();
  const files = new Map(
    fileNames().map(name => [folder + name, new ValuesFile(folder + name, valuesOf(name))]),
  );
  let snapshot = Snapshot.of({
    catalogs: new Catalogs(),
    folders: [{ uri: folder, settings: { ...noSettings, stacks: definitions() }, project: undefined }],
    files,
  });
  const open = `${folder}stack-0/values-4.yaml`;
  checkFile(snapshot, open);
  const indexed = performance.now() - start;
  const base = `${folder}base-0.yaml`;
  const times = Array.from({ length: 30 }, (_, index) => {
    const before = snapshot.file(base);
    const begun = performance.now();
    snapshot = snapshot.withFile(
      base,
      new ValuesFile(
        base,
        `${valuesOf('base-0.yaml')}# ${index}\n`,
        before === undefined ? {} : { previous: before },
      ),
    );
    checkFile(snapshot, open);
    return performance.now() - begun;
  });
  return [
    ['index and first check', `${indexed.toFixed(0)} ms`],
    ['memory for it', `${((process.memoryUsage().rss - memory) / 2 ** 20).toFixed(0)} MiB`],
    ['edit in a shared file to findings, p50', `${(times.toSorted((a, b) => a - b)[15] ?? 0).toFixed(1)} ms`],
  ];
}

function fileNames(): readonly string[] {
  const own = Array.from({ length: stacks }, (_, stack) =>
    Array.from({ length: filesPerStack - 1 }, (__, index) => `stack-${stack}/values-${index + 1}.yaml`),
  ).flat();
  return [...own, ...Array.from({ length: stacks }, (_, index) => `base-${index}.yaml`)];
}

/** Twenty stacks share each of the first ten base files. */
function definitions(): readonly StackDefinition[] {
  return Array.from({ length: stacks }, (_, stack) => ({
    name: `stack-${stack}`,
    release: '0.1.5',
    values: [
      `base-${stack % 10}.yaml`,
      ...Array.from({ length: filesPerStack - 1 }, (__, index) => `stack-${stack}/values-${index + 1}.yaml`),
    ],
    span: { start: 0, end: 0 },
  }));
}

/** A values file of the workspace. */
export function valuesOf(name: string): string {
  return [
    `# ${name}`,
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    '      dex:',
    '        repository: registry.example.com/dexidp/dex',
    '        tag: v2.39.1',
    'kubeflow_tools:',
    '  pipelines:',
    '    enabled: true',
    ...Array.from({ length: 60 }, (_, index) => `    # line ${index} of ${name}`),
    '',
  ].join('\n');
}
