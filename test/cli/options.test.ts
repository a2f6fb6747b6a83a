import assert from 'node:assert/strict';
import { commands } from '../../server/src/cli/commands.ts';
import { flagOf } from '../../server/src/cli/arguments/options.ts';
import { CliWorkspace, type CliResult } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const project = 'stacks:\n  - {name: prod, values: [values.yaml]}\n';

/** Images are in a registry that nobody runs. */
const nobody = 'registry:\n  rules: [{source: "*", target: "127.0.0.1:1/{registry}/{path}"}]\n';

/** Without these no registry is asked. */
const asking: Readonly<Record<string, readonly string[]>> = { mirror: ['--missing'], upgrade: ['--verify'] };

/** What each command needs beside the option. */
const base: Readonly<Record<string, readonly string[]>> = {
  report: ['--html', '-'],
  explain: ['deploykf_core.deploykf_auth.images.dex'],
  upgrade: ['0.1.4', '0.1.5'],
  'pull-secret create': ['--registry', 'registry.example.com', '--name', 'reg', '--namespace', 'argocd'],
  init: ['--registry', 'registry.example.com'],
};

/** Words that a command which honours the option does something else with, and how that is seen. */
const trials: Readonly<
  Record<string, readonly [words: readonly string[], seen: (ran: CliResult) => boolean]>
> = {
  values: [['--values', 'nowhere.yaml'], isRefused],
  stack: [['--stack', 'nowhere'], isRefused],
  release: [['--release', '9.9.9'], isRefused],
  generator: [['--generator', './nowhere'], isRefused],
  config: [['--config', './nowhere.yaml'], isRefused],
  format: [['--format', 'json'], ({ stdout }) => stdout.startsWith('{')],
  color: [['--color', 'always'], ({ stdout }) => stdout.includes('\u001B[')],
  // Alone it has warnings only.
  failOn: [['--fail-on', 'error', 'warning.yaml'], isDone],
  output: [['--output', 'no/where'], isRefused],
  html: [['--html', 'no/where'], isRefused],
  baseline: [['--baseline', 'nowhere.json'], isRefused],
  updateBaseline: [['--update-baseline'], isRefused],
  maxWarnings: [['--max-warnings', 'some'], isRefused],
  quiet: [['--quiet'], ({ stdout }) => !stdout.includes('finding')],
  only: [['--only', 'no-such-rule'], isRefused],
  export: [['--export', 'no-such-form'], isRefused],
  platform: [['--platform', 'nowhere'], isRefused],
  all: [['--all'], ({ stdout }) => /docker\.io\/library\/mysql|all 91 images/.test(stdout)],
  // Not together with a value path.
  image: [['--image', 'nowhere/x:1'], isRefused],
  running: [['--running'], ({ stderr }) => stderr.includes('no Pod')],
  // Its release is not named, so that no tag is sure.
  pin: [['--pin'], ({ stdout }) => stdout.includes('No tag is pinned where the release is only guessed')],
  pinDigests: [['--pin-digests'], ({ stderr }) => stderr.includes('mirror.lock does not exist')],
  check: [['--check'], ({ stdout }) => stdout.includes('would be fixed')],
  project: [['--project'], ({ stdout }) => stdout.includes('deployKF Values project')],
  diff: [['--diff'], ({ stdout }) => stdout.includes('+++ ')],
  dryRun: [['--dry-run'], ({ stdout }) => stdout.includes('+++ ')],
  deep: [['--deep', '--stack', 'nowhere'], isRefused],
  source: [['--source', '--stack', 'nowhere'], isRefused],
  lock: [['--lock', '--stack', 'nowhere'], isRefused],
  verify: [['--verify'], ({ stderr }) => stderr.includes('no registry policy says where the images are')],
  missing: [['--missing'], ({ stderr }) => stderr.includes('no registry policy says where the images are')],
  registryCa: [['--registry-ca', 'nowhere.crt'], isRefused],
  plainHttp: [['--plain-http', 'http://x'], isRefused],
  help: [['--help'], ({ stdout }) => stdout.startsWith('Usage: ')],
  registry: [['--registry', 'HTTP://x y'], isRefused],
  layout: [['--layout', 'nowhere'], isRefused],
  name: [['--name', 'Not_A_Name'], isRefused],
  namespace: [['--namespace', 'Not_A_Name'], isRefused],
  form: [['--form', 'manifest'], ({ stdout }) => stdout.includes('kind: Secret')],
  fromDockerConfig: [['--from-docker-config'], isRefused],
  out: [['--out', 'none/secret.yaml'], isRefused],
  force: [['--force', '--out', 'secret.yaml'], ({ code }) => code === 0],
  stdio: [['--stdio'], ({ code }) => code === 0],
};

/** The commands that have a summary and no findings. */
function isTerse(name: string): boolean {
  return !['check', 'fix'].includes(name);
}

/** The lines of summaries, and of what was written. */
function isTerseOutput({ stdout }: CliResult): boolean {
  return !/ to mirror, |are there|^Wrote |^Added |^Next: /m.test(stdout);
}

function isRefused({ code }: CliResult): boolean {
  return code === 2;
}

describe('each option is honoured or refused', () => {
  for (const { name, options } of commands) {
    for (const key of Object.keys(options)) {
      it(`${name} ${flagOf(key)}`, async () => {
        const workspace = new CliWorkspace({
          'values.yaml': values,
          '.deploykf-values.yaml': project,
          'secret.yaml': 'x',
          'warning.yaml': 'kubeflow_tools:\n  nonsense: 1\n',
        });
        try {
          if (name === 'verify') workspace.write('.deploykf-values.yaml', project + nobody);
          if (name === 'init' && key !== 'force') workspace.write('.deploykf-values.yaml', '');
          const asks = /^(?:registryCa|plainHttp)$/.test(key) ? (asking[name] ?? []) : [];
          const [words, seen] =
            key === 'quiet' && isTerse(name)
              ? [['--quiet'], isTerseOutput]
              : key === 'force' && name === 'init'
                ? [['--force'], isDone]
                : (trials[key] ?? [[], isRefused]);
          const own = (base[name] ?? []).filter(
            (_, index, all) => !words.includes(all[index - (index % 2)] ?? ''),
          );
          const needed = name === 'init' && key !== 'force' ? ['--force'] : [];
          const env = { DOCKER_CONFIG: 'nowhere' };
          const ran = await workspace.run([...name.split(' '), ...own, ...needed, ...words, ...asks], {
            env,
            ...(name === 'rendered' && { stdin: 'kind: Service\n' }),
          });
          assert.ok(seen(ran), JSON.stringify(ran));
        } finally {
          workspace.remove();
        }
      });
    }

    it(`${name} refuses what it does not have`, async () => {
      const workspace = new CliWorkspace({ 'values.yaml': values });
      const foreign = Object.keys(trials).find(key => !(key in options)) ?? 'nothing';
      const { code, stderr } = await workspace.run([
        ...name.split(' '),
        ...(base[name] ?? []),
        flagOf(foreign),
        'x',
      ]);
      workspace.remove();
      assert.equal(code, 2);
      assert.match(stderr, /unknown option/);
    });
  }
});

function isDone({ code }: CliResult): boolean {
  return code === 0;
}
