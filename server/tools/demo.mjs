// npm run demo [-- --editor]: shows the command line on examples/, or opens examples/ in the real VS Code in a browser.
// Plain Node: in a fresh clone nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));

if (!existsSync(tsx)) must('npm', ['ci']);
if (process.argv.includes('--editor')) {
  must(process.execPath, [tsx, 'server/tools/package.ts']);
  must(process.execPath, [tsx, 'test/e2e/openEditor.ts', 'examples']);
} else {
  must(process.execPath, [tsx, 'server/tools/build.ts']);
  show('check');
  show('fix', '--dry-run');
  show('images', '--stack', 'prod');
}

/** Runs a command of ours in examples/. Findings make it end with 1, which is what the examples are for. */
function show(...args) {
  console.log(`\n$ deploykf-values ${args.join(' ')}`);
  const { status } = run(process.execPath, ['../dist/cli.cjs', ...args], examples);
  if (status !== 0 && status !== 1) process.exit(status ?? 2);
}

function must(command, args) {
  const { status, error } = run(command, args, root);
  if (error !== undefined) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

function run(command, args, cwd) {
  return spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  });
}
