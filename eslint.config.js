import { readFileSync } from 'node:fs';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const { core, sides } = JSON.parse(
  readFileSync(new URL('server/tools/layers.json', import.meta.url), 'utf8'),
);
const node = {
  regex: '^node:',
  message: 'Only *.node.ts files, host/node*, the library and the command line touch Node.',
};
const vscode = { regex: '^vscode', message: 'Only the client and lsp/ know VS Code and LSP.' };
const yaml = { regex: '^yaml(/|$)', message: 'Only core/yaml imports the YAML library.' };

/** Forbids imports of other sides (core, host, lsp, cli, client), by the arrows of ARCHITECTURE.md. */
function otherSides(side) {
  const names = Object.keys(sides).filter(name => !sides[side].includes(name));
  const regex = `^(\\.\\./)+(server/src/)?(${names.join('|').replaceAll('.', '\\.')})(/|$)`;
  return { regex, message: `${side} may import only: ${sides[side].join(', ') || 'nothing'}.` };
}

/** Forbids imports of the rooms of core above the given rank. */
function higherRooms(rank) {
  const rooms = core.slice(rank + 1).flat();
  if (rooms.length === 0) return [];
  return [
    { regex: `^(\\.\\.?/)+(${rooms.join('|')})/`, message: 'An import must point to a lower room of core.' },
  ];
}

function restrict(files, patterns, ignores = []) {
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

const coreRules = core.flatMap((rooms, rank) =>
  rooms.map(room => {
    const others = [node, vscode, otherSides('core'), ...(room === 'yaml' ? [] : [yaml])];
    return restrict([`server/src/core/${room}/**/*.ts`], [...others, ...higherRooms(rank)]);
  }),
);

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.cache/', 'test/e2e/out/', 'server/catalog/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'Import from the module itself.' },
      ],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 60],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }],
    },
  },
  {
    // A text of the user can hold anything: an expression that takes more than linear time hangs on some of them.
    files: ['client/src/**/*.ts', 'server/src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  ...coreRules,
  restrict(
    ['server/src/host/**/*.ts'],
    [node, vscode, yaml, otherSides('host')],
    ['**/*.node.ts', '**/host/node*/**', '**/host/node*'],
  ),
  restrict(
    ['server/src/host/**/*.node.ts', 'server/src/host/node*/**/*.ts'],
    [vscode, yaml, otherSides('host')],
  ),
  restrict(['server/src/loader/**/*.ts'], [node, vscode, yaml, otherSides('loader')]),
  restrict(['server/src/lsp/**/*.ts'], [node, yaml, otherSides('lsp')], ['**/*.node.ts']),
  restrict(['server/src/lsp/**/*.node.ts'], [yaml, otherSides('lsp')]),
  restrict(['server/src/cli/**/*.ts'], [vscode, yaml, otherSides('cli')]),
  restrict(['server/src/api/**/*.ts'], [vscode, yaml, otherSides('api')]),
  restrict(['server/src/protocol.ts'], [node, vscode, yaml, otherSides('protocol.ts')]),
  restrict(['server/src/protocol/**/*.ts'], [node, vscode, yaml, otherSides('protocol')]),
  restrict(['client/**/*.ts'], [node, yaml, otherSides('client')], ['**/*.node.ts']),
  restrict(['client/**/*.node.ts'], [yaml, otherSides('client')]),
);
