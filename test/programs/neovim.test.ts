import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundles, esbuildOptions } from '../../server/tools/build.ts';
import { CliWorkspace } from '../support/cli.ts';
import { canRun } from '../support/exports.ts';
import { runProgram } from '../support/shell.ts';

const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What docs/editors.md gives to users of that Neovim which is here. */
function documented(): string {
  const [, older] = readFileSync(repository('docs/editors.md'), 'utf8').split('Older ones, from 0.7 on:');
  return /```lua\n([^]*?)```/.exec(older ?? '')?.[1] ?? '';
}

/** Waits for findings, hovers, applies the preferred fix, renames the registry, and writes what it saw. */
const drive = `
vim.cmd('edit values.yaml')
local buffer = vim.api.nvim_get_current_buf()
local function ask(method, line, character, more)
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), position = { line = line, character = character } }
  for key, value in pairs(more or {}) do params[key] = value end
  for _, answer in pairs(vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}) do
    if answer.result then return answer.result end
  end
end
vim.wait(20000, function() return #vim.diagnostic.get(buffer) >= 2 end, 20)
local seen = { findings = {} }
for _, finding in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(seen.findings, (finding.lnum + 1) .. ' ' .. finding.message)
end
seen.hover = ask('textDocument/hover', 5, 16).contents.value
seen.completed = {}
local list = ask('textDocument/completion', 2, 13)
for _, item in ipairs(list.items or list) do table.insert(seen.completed, item.label) end
local range = { start = { line = 6, character = 14 }, ['end'] = { line = 6, character = 14 } }
local actions = ask('textDocument/codeAction', 6, 14, { range = range, context = { diagnostics = {} } })
for _, action in ipairs(actions) do
  if action.isPreferred then
    local answers = vim.lsp.buf_request_sync(buffer, 'codeAction/resolve', action, 20000)
    for _, answer in pairs(answers) do vim.lsp.util.apply_workspace_edit(answer.result.edit, 'utf-16') end
    break
  end
end
local renamed = ask('textDocument/rename', 5, 22, { newName = 'harbor.example.com' })
vim.lsp.util.apply_workspace_edit(renamed, 'utf-16')
vim.cmd('silent wall')
vim.fn.writefile({ vim.fn.json_encode(seen) }, 'seen.json')
vim.cmd('qall!')
`;

describe('Neovim, as the docs set it up', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;

  before(async function () {
    if (!canRun('nvim', '--version')) {
      assert.notEqual(process.env.CI, 'true', 'nvim is not installed');
      this.skip();
    }
    workspace = new CliWorkspace({
      '.deploykf-values.yaml':
        'release: 0.1.5\nregistry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n',
      'values.yaml':
        'deploykf_core:\n  deploykf_auth:\n    enabled: true\n    images:\n      dex:\n        repository: r.example.com/ghcr.io/dexidp/dex\n        tag: 2.40\n',
    });
    const programs = join(workspace.root, 'bin');
    mkdirSync(programs);
    const command = join(programs, 'deploykf-values');
    // As in the package: the command starts what is beside it.
    const outfiles = {
      'server/src/cli/main.ts': command,
      'server/src/lsp/main.ts': join(programs, 'server.js'),
    };
    for (const bundle of bundles) {
      const outfile = outfiles[bundle.entry as keyof typeof outfiles];
      if (outfile !== undefined) await build(esbuildOptions({ ...bundle, outfile }));
    }
    chmodSync(command, 0o755);
    writeFileSync(join(workspace.root, 'drive.lua'), `vim.cmd('filetype on')\n${documented()}\n${drive}`);
  });
  after(() => workspace.remove());

  it('shows findings and hovers, completes, applies a fix, and renames in all files', async () => {
    const env = { PATH: `${join(workspace.root, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: workspace.root };
    const { stderr } = await runProgram(
      'nvim',
      ['--headless', '--clean', '-u', 'NONE', '-c', 'luafile drive.lua'],
      { cwd: workspace.root, env },
    );
    assert.equal(stderr.replace(/\r?\n$/, ''), '');
    const seen = JSON.parse(workspace.read('seen.json')) as {
      findings: string[];
      hover: string;
      completed: string[];
    };
    assert.ok(
      seen.findings.includes('7 YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it'),
      seen.findings.join('\n'),
    );
    assert.deepEqual(seen.completed, ['false', 'true']);
    assert.match(seen.hover, /r\.example\.com\/ghcr\.io\/dexidp\/dex/);
    assert.match(
      workspace.read('values.yaml'),
      / repository: harbor\.example\.com\/ghcr\.io\/dexidp\/dex\n {8}tag: "2\.40"\n$/,
    );
    assert.match(workspace.read('.deploykf-values.yaml'), /"harbor\.example\.com\/\{registry\}\/\{path\}"/);
  });
});
