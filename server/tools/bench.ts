// npm run bench: prints figures side by side with a fresh `yaml` parse and with yaml-language-server on the same file, and keeps
// those of the commit in bench/history.csv.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalogs } from '../src/host/catalogs.ts';
import { benchText } from './bench/benchText.ts';
import { recordFigures, type Figures } from './bench/history.ts';
import { measureCommands } from './bench/measureCommands.ts';
import { measureCore, type CoreFigures } from './bench/measureCore.ts';
import { builtCli, measureShell } from './bench/measureShell.ts';
import { measureVerify } from './bench/measureVerify.ts';
import { measureServer, type ServerFigures } from './bench/measureServer.ts';
import { measureWorkspace } from './bench/measureWorkspace.ts';
import { measureWorkspaceServer } from './bench/measureWorkspaceServer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const catalogs = new Catalogs();
const edits = Number(process.argv[2] ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'deploykf-values-bench-'));

try {
  const text = benchText();
  const file = join(folder, 'default_values.yaml');
  writeFileSync(file, text);
  console.log(
    `${text.split('\n').length - 1} lines of values of deployKF ${catalogs.newest}, ${edits} edits, Node ${process.version}\n`,
  );
  const core = measureCore(catalogs, text);
  printRows('core, and shares of the fresh parse', coreRows(core));
  const servers = await serverRows(file, text);
  printServers(servers);
  printRows('shell, the least of several runs', await shellRows(join(folder, 'shell')));
  printRows('mirrors, in the shell', await mirrorRows(join(folder, 'mirror')));
  printRows('workspace of 1,000 files in 200 stacks', [
    ...measureWorkspace(),
    ...(await workspaceServerRows(join(folder, 'workspace'))),
  ]);
  console.log(recordFigures(join(root, 'bench/history.csv'), root, figuresOf(core, servers)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Row = readonly [what: string, figure: string];

function coreRows({ freshParse, ownParse, keystroke, longKeystroke }: CoreFigures): readonly Row[] {
  const ofParse = (time: number): string => `${ms(time)}, ${(time / freshParse).toFixed(2)}`;
  const times = (longKeystroke.p50 / keystroke.p50).toFixed(1);
  return [
    ['a fresh parse with yaml', ms(freshParse)],
    ['a fresh parse of ours', ofParse(ownParse)],
    ['a keystroke with all rules, p50', ofParse(keystroke.p50)],
    ['a keystroke with all rules, p95', ofParse(keystroke.p95)],
    ['the same in ten times the file, p50', `${ms(longKeystroke.p50)}, ${times} times`],
  ];
}

/** What the history keeps: shares of something in the same run, since machines differ. */
function figuresOf(core: CoreFigures, servers: ReadonlyMap<string, ServerFigures>): Figures {
  const ours = servers.get('deploykf-values');
  const theirs = servers.get('yaml-language-server');
  const share = (figure: (server: ServerFigures) => number): number =>
    ours === undefined || theirs === undefined ? NaN : figure(ours) / figure(theirs);
  return {
    'yaml parse ms': core.freshParse,
    'keystroke p50 of parse': core.keystroke.p50 / core.freshParse,
    'keystroke p95 of parse': core.keystroke.p95 / core.freshParse,
    'long keystroke of keystroke': core.longKeystroke.p50 / core.keystroke.p50,
    'server keystroke ms': ours?.diagnostics.p50 ?? NaN,
    'initialize of yamlls': share(({ initialize }) => initialize),
    'hover of yamlls': share(({ hover }) => hover.p50),
    'cpu of yamlls': share(({ cpuPerEdit }) => cpuPerEdit),
    'memory of yamlls': share(({ memory }) => memory),
  };
}

async function serverRows(file: string, text: string): Promise<ReadonlyMap<string, ServerFigures>> {
  const ours = join(root, 'dist/server.js');
  if (!existsSync(ours)) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  const common = { folder, file, text, edits };
  const figures = new Map<string, ServerFigures>();
  figures.set(
    'deploykf-values',
    await measureServer({
      ...common,
      name: 'deploykf-values',
      command: [process.execPath, ours, '--stdio'],
      settings: {},
    }),
  );
  const yamlServer = installYamlServer();
  if (yamlServer !== undefined) {
    const settings = { yaml: { validate: true, hover: true, schemaStore: { enable: false } } };
    figures.set(
      'yaml-language-server',
      await measureServer({
        ...common,
        name: 'yaml-language-server',
        command: [process.execPath, yamlServer, '--stdio'],
        settings,
      }),
    );
  }
  return figures;
}

async function workspaceServerRows(workspace: string): Promise<readonly Row[]> {
  const ours = join(root, 'dist/server.js');
  if (!existsSync(ours)) return [['server', 'dist/server.js is not built']];
  return measureWorkspaceServer([process.execPath, ours, '--stdio'], workspace);
}

/** The server of Red Hat's YAML extension in a cache of the bench; `undefined`, with a line that says so, when it cannot be had. */
function installYamlServer(): string | undefined {
  const cache = join(root, '.cache/bench');
  const entry = join(cache, 'node_modules/yaml-language-server/bin/yaml-language-server');
  if (existsSync(entry)) return entry;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{ "private": true }\n');
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--silent', 'yaml-language-server@1.25.0'],
    { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status === 0 && existsSync(entry)) return entry;
  console.log('yaml-language-server 1.25.0 could not be installed, so it is left out');
  return undefined;
}

function printServers(servers: ReadonlyMap<string, ServerFigures>): void {
  const rows: readonly (readonly [string, (figures: ServerFigures) => string])[] = [
    ['initialize answered after spawn', figures => ms(figures.initialize)],
    ['first diagnostics', figures => ms(figures.firstDiagnostics)],
    [
      'keystroke to diagnostics, p50 / p95',
      figures => `${ms(figures.diagnostics.p50)} / ${ms(figures.diagnostics.p95)}`,
    ],
    ['hover behind a keystroke, p50 / p95', figures => `${ms(figures.hover.p50)} / ${ms(figures.hover.p95)}`],
    ['CPU an edit', figures => ms(figures.cpuPerEdit)],
    ['resident memory', figures => `${figures.memory.toFixed(0)} MiB`],
  ];
  const names = [...servers.keys()];
  console.log(`${'language server'.padEnd(40)}${names.map(name => name.padStart(24)).join('')}`);
  for (const [what, print] of rows)
    console.log(
      `  ${what.padEnd(38)}${[...servers.values()].map(figures => print(figures).padStart(24)).join('')}`,
    );
  console.log();
}

async function shellRows(repository: string): Promise<readonly Row[]> {
  const cli = builtCli();
  if (cli === undefined) return [['check of one file', 'nothing is built']];
  return measureShell(cli, repository);
}

async function mirrorRows(place: string): Promise<readonly Row[]> {
  const cli = join(root, 'dist/cli.cjs');
  if (!existsSync(cli)) return [['mirror', 'dist/cli.cjs is not built']];
  return [...(await measureCommands(cli, place)), ...(await measureVerify(cli, place))];
}

function printRows(title: string, rows: readonly Row[]): void {
  console.log(title);
  for (const [what, figure] of rows) console.log(`  ${what.padEnd(38)}${figure.padStart(24)}`);
  console.log();
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
