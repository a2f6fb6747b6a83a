// Every command of the guides, run in their order as somebody types it who follows them.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../../server/src/cli/commands.ts';
import { commandsOf, mentionedCommands, type GuideCommand } from '../support/guides.ts';
import { bundle } from '../support/limited.ts';
import { runProgram } from '../support/shell.ts';
import { readText } from '../support/sources.ts';

/** What must not be run here, by the guide and command, and the test that runs the like with real programs. */
const unrun: Readonly<Record<string, string>> = {
  'private-registry: skopeo login registry.example.com': 'test/registry/skopeoScript.test.ts',
  'private-registry: sh mirror.sh': 'test/registry/skopeoScript.test.ts',
  'private-registry: deploykf-values verify': 'test/registry/verifyCommand.test.ts',
  'private-registry: deploykf-values pull-secret create --registry registry.example.com --name registry --namespace argocd | sh':
    'test/host/kubectlCommand.test.ts',
  'private-registry: kubectl create namespace cert-manager': 'test/host/kubectlCommand.test.ts',
  'private-registry: kubectl create namespace istio-system': 'test/host/kubectlCommand.test.ts',
  'private-registry: kubectl create namespace kyverno': 'test/host/kubectlCommand.test.ts',
  'private-registry: for namespace in cert-manager istio-system kyverno; do \\\n  deploykf-values pull-secret create --registry registry.example.com --name registry --namespace $namespace | sh; done':
    'test/host/kubectlCommand.test.ts',
  'air-gapped: hauler store sync -f images.yaml && hauler store save --filename images.tar.zst':
    'test/programs/forms.test.ts',
  'air-gapped: hauler store load --filename images.tar.zst && hauler store copy registry://registry.example.com':
    'test/programs/forms.test.ts',
  'air-gapped: deploykf-values verify --lock': 'test/registry/verifyCommand.test.ts',
  'air-gapped: sh charts.sh': 'test/registry/charts.test.ts',
  'air-gapped: sh nodes.sh': 'test/registry/containerd.test.ts',
  'air-gapped: kubectl apply -f redirect.yaml': 'test/registry/kyverno.test.ts',
  'air-gapped: kubectl get pods --all-namespaces --output json | deploykf-values rendered --running -':
    'test/cli/rendered.test.ts',
  'pull-secrets: deploykf-values pull-secret create --from-docker-config | kubectl apply -f -':
    'test/host/kubectlCommand.test.ts',
  'upgrading: deploykf-values upgrade 0.1.5 --stack prod --verify': 'test/registry/verifyCommand.test.ts',
};

const quiet = 'rules: { chart-retired: off, image-retired: off }\n';
const rules = 'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n';

/** Those in sentences and tables, without what asks a registry. */
function mentioned(guide: string): readonly string[] {
  const names = commands.map(({ name }) => name).filter(name => !['verify', 'lsp', 'mcp'].includes(name));
  return mentionedCommands(guide, names).filter(command => !/--verify|--missing/.test(command));
}

/** What the reader of a guide has already; those that come one after the other share a folder. */
const journeys: readonly {
  readonly guides: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}[] = [
  { guides: ['private-registry', 'air-gapped'], files: {} },
  {
    guides: ['pull-secrets'],
    files: {
      'prod.yaml':
        'deploykf_core: { deploykf_auth: { images: { dex: { repository: registry.example.com/dex } } } }\n',
      '.deploykf-values.yaml':
        'release: 0.1.5\nregistry: { private: [registry.example.com] }\nstacks: [{ name: prod, values: [prod.yaml] }]\n',
      'docker/config.json': JSON.stringify({ auths: { 'registry.example.com': { auth: 'bWU6c2VjcmV0' } } }),
    },
  },
  {
    guides: ['upgrading'],
    files: {
      'prod.yaml': upgraded(),
      '.deploykf-values.yaml': `release: 0.1.4\n${rules}stacks: [{ name: prod, values: [prod.yaml] }]\n`,
    },
  },
  {
    guides: ['ci'],
    files: {
      'prod.yaml': 'deploykf_core: { deploykf_auth: { enabled: true } }\n',
      '.deploykf-values.yaml': `release: 0.1.5\n${quiet}stacks: [{ name: prod, values: [prod.yaml] }]\n`,
    },
  },
];

/** Values of 0.1.4 with what the guide shows, in the lines that it names. */
function upgraded(): string {
  const lines = Array.from({ length: 31 }, () => '#');
  const put = (line: number, ...texts: readonly string[]): void =>
    void lines.splice(line - 1, texts.length, ...texts);
  put(9, 'deploykf_core:', '  deploykf_auth:', '    images:', '      oauth2Proxy: { tag: "v7.5.1" }');
  put(28, 'kubeflow_tools:', '  pipelines:', '    kfpV2:', '      minioFix: true');
  return `${lines.join('\n')}\n`;
}

describe('The commands of the guides', function () {
  this.timeout(60_000);
  const program = bundle('cli');
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-guides-'));
  const env = {
    PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    DOCKER_CONFIG: 'docker',
  };

  before(() => {
    const command = `exec '${process.execPath}' '${program.file}' "$@"\n`;
    writeProgram('deploykf-values', command);
    // Real npx is run in test/npm: here it is only seen to that it is asked for this version.
    writeProgram(
      'npx',
      `[ "$1 $2" = "--yes deploykf-values@${manifest.version}" ] || exit 9\nshift 2\n${command}`,
    );
  });

  after(() => {
    program.remove();
    rmSync(folder, { recursive: true });
  });

  function writeProgram(name: string, text: string): void {
    const path = join(folder, 'bin', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${text}`);
    chmodSync(path, 0o755);
  }

  for (const { guides, files } of journeys)
    for (const guide of guides)
      it(`of docs/${guide}.md do what it says`, async () => {
        const cwd = join(folder, guides[0] ?? '');
        if (guide === guides[0])
          for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(cwd, name)), { recursive: true });
            writeFileSync(join(cwd, name), text);
          }
        mkdirSync(cwd, { recursive: true });
        const own = commandsOf(guide).filter(({ needs }) => needs === undefined);
        assert.ok(own.length > 0);
        for (const command of own) await follow(command, cwd);
        for (const command of mentioned(guide)) {
          const ran = await runProgram('bash', ['-c', command], { cwd, env });
          assert.ok(ran.code < 2, `docs/${guide}.md ${command}\n${ran.stderr}`);
        }
      });

  async function follow({ guide, line, text, code, shown }: GuideCommand, cwd: string): Promise<void> {
    const ran = await runProgram('bash', ['-c', text], { cwd, env });
    const place = `docs/${guide}.md:${line} ${text}\n${ran.stdout}${ran.stderr}`;
    assert.equal(ran.code, code, place);
    if (shown.length > 0) assert.ok(isShown(ran.stdout.split('\n'), shown), place);
  }

  it('create the Secret in each namespace where a chart is told to look for it', async () => {
    const cwd = join(folder, 'private-registry');
    const { stdout } = await runProgram('deploykf-values', ['check', '--format', 'json'], { cwd, env });
    const wanted = [...stdout.matchAll(/Secret \\"([\w-]+)\/registry\\", which a chart is given/g)];
    const page = readText('docs/private-registry.md') ?? '';
    const [, namespaces = ''] = /^for namespace in ([^;]*); do/m.exec(page) ?? [];
    assert.deepEqual([...new Set(wanted.map(([, name]) => name))].sort(), namespaces.split(' '));
  });

  it('are run, but for those that say what they need and that another test runs', () => {
    const all = journeys.flatMap(({ guides }) => guides.flatMap(commandsOf));
    const open = all
      .filter(({ needs }) => needs !== undefined)
      .map(({ guide, text }) => `${guide}: ${text.replace(/\s*# needs .*/, '')}`);
    assert.deepEqual(open.sort(), Object.keys(unrun).sort());
    for (const test of Object.values(unrun)) assert.ok(readText(test), test);
  });
});

/**
 * Whether an output has the lines that a guide shows, one after the other, however wide their columns are. After a line `…` any
 * lines may come, and a line may end with one.
 */
function isShown(printed: readonly string[], shown: readonly string[]): boolean {
  const lines = printed.map(narrow).filter(Boolean);
  let next = 0;
  let isGap = true;
  for (const wanted of shown.map(narrow)) {
    if (wanted === '…') {
      isGap = true;
      continue;
    }
    const start = wanted.endsWith('…') ? wanted.slice(0, -1).trim() : undefined;
    const isSame = (line: string): boolean =>
      start === undefined ? line === wanted : line.startsWith(start);
    const found = lines.findIndex((line, index) => index >= next && isSame(line));
    if (found < 0 || (!isGap && found > next)) return false;
    next = found + 1;
    isGap = false;
  }
  return true;
}

function narrow(line: string): string {
  return line.replace(/\s+/g, ' ').trim();
}
