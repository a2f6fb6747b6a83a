import assert from 'node:assert/strict';
import { findCommands } from '../../../server/src/core/stack/command.ts';

const command = 'deploykf generate -V 0.1.5 -f a.yaml -O o';

function foldersOf(text: string): readonly (string | undefined)[] {
  return findCommands(text.replaceAll('GENERATE', command)).map(({ folder }) => folder);
}

describe('the folder that a script goes to before deploykf generate', () => {
  const cases: readonly (readonly [title: string, text: string, folders: readonly (string | undefined)[]])[] =
    [
      ['is nothing that it says', 'GENERATE\n', [undefined]],
      ['is that of cd in the same line', 'cd prod && GENERATE\nGENERATE\n', ['prod', 'prod']],
      ['goes on from the one before', 'cd a/b\ncd ../c/ # c\nGENERATE\ncd ..; GENERATE\n', ['a/c', 'a']],
      [
        'ends with its shell',
        '(cd prod && GENERATE)\n(cd dev; GENERATE)\nGENERATE\n',
        ['prod', 'dev', undefined],
      ],
      [
        'ends with the shell of sh -c',
        `sh -c "cd prod && GENERATE"\nbash -euc 'cd dev\n  GENERATE\n'\nsh -c 'GENERATE'; /bin/bash -x -c "true; cd x; GENERATE"\nGENERATE\n`,
        ['prod', 'dev', undefined, 'x', undefined],
      ],
      ['is left by popd', 'pushd "prod" >/dev/null\nGENERATE\npopd\nGENERATE\n', ['prod', undefined]],
      [
        'starts from the script itself',
        'cd x\ncd "$(dirname "${BASH_SOURCE[0]}")/../env"\nGENERATE\ncd $PWD/y\nGENERATE\n',
        ['../env', 'y'],
      ],
      ['has variables filled in', 'ENV=prod\ncd "envs/$ENV" || exit 1\nGENERATE\n', ['envs/prod']],
      [
        'is not known where only the shell knows',
        'cd "$1"\nGENERATE\ncd sub\nGENERATE\ncd -\nGENERATE\ncd\nGENERATE\ncd /tmp/x\nGENERATE\n',
        [undefined, undefined, undefined, undefined, undefined],
      ],
      [
        'is none of a comment, a text or an option',
        '# cd x\necho "cd y; cd z" && tool cd w\nx --cd v\nGENERATE\n',
        [undefined],
      ],
      [
        'counts for one line of a Makefile',
        'prod:\n\tcd prod && \\\n\t  GENERATE\n\tGENERATE\ndev:\n\t@cd dev; GENERATE\n',
        ['prod', undefined, 'dev'],
      ],
      [
        'is the nearest one of a workflow',
        'defaults: { run: { working-directory: all } }\njobs:\n  a:\n    steps:\n      - run: GENERATE\n      - working-directory: ./one\n        run: |\n          cd two\n          GENERATE\n      - run: |\n          GENERATE\n  b:\n    defaults:\n      run:\n        working-directory: b\n    steps:\n      - run: GENERATE\n',
        ['all', 'one/two', 'all', 'b'],
      ],
      [
        'is that of cd in the line of a step',
        'steps:\n  - run: cd prod && GENERATE\n  - run: GENERATE\n',
        ['prod', undefined],
      ],
      [
        'goes on in the lines of a job',
        'job:\n  script:\n    - cd prod\n    - GENERATE\nother:\n  script:\n    - GENERATE\n',
        ['prod', undefined],
      ],
      [
        'is that of a task',
        'version: "3"\ntasks:\n  a:\n    dir: prod\n    cmds:\n      - GENERATE\n      - cmd: cd x && GENERATE\n  b:\n    dir: "{{.D}}"\n    cmds: [GENERATE]\n',
        ['prod', 'prod/x', undefined],
      ],
      [
        'is that of dir in a Jenkinsfile',
        "stage('x') {\n  dir('prod') {\n    sh 'GENERATE'\n    if (x) { sh \"GENERATE\" }\n  }\n  sh 'GENERATE'\n}\n",
        ['prod', 'prod', undefined],
      ],
    ];
  for (const [title, text, folders] of cases) it(title, () => assert.deepEqual(foldersOf(text), folders));
});
