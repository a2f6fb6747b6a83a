import assert from 'node:assert/strict';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import { shellOf } from '../../../server/src/core/stack/commandWords.ts';

describe('deploykf generate in scripts', () => {
  const cases: readonly (readonly [title: string, text: string, expected: readonly object[]])[] = [
    [
      'continued lines',
      'deploykf generate \\\n    --source-version 0.1.5 \\\n    --values ./sample-values.yaml \\\n    --values ./custom.yaml \\\n    --output-dir ./OUT\n',
      [{ release: '0.1.5', sourcePath: undefined, values: ['./sample-values.yaml', './custom.yaml'] }],
    ],
    [
      'commas and -f',
      'deploykf generate -V v0.1.4 -f a.yaml,b.yaml --values=c.yaml',
      [{ release: '0.1.4', sourcePath: undefined, values: ['a.yaml', 'b.yaml', 'c.yaml'] }],
    ],
    [
      'quotes',
      `deploykf generate --values "my values.yaml" --values 'b.yaml'`,
      [{ release: undefined, sourcePath: undefined, values: ['my values.yaml', 'b.yaml'] }],
    ],
    [
      'a Makefile line',
      '\t@deploykf generate --source-path ../generator --values a.yaml && echo ok',
      [{ release: undefined, sourcePath: '../generator', values: ['a.yaml'] }],
    ],
    [
      'a CI file',
      '      - run: deploykf generate --values a.yaml # staging\n',
      [{ release: undefined, sourcePath: undefined, values: ['a.yaml'] }],
    ],
    [
      'two commands',
      'deploykf generate -f a.yaml; deploykf generate -f b.yaml',
      [
        { release: undefined, sourcePath: undefined, values: ['a.yaml'] },
        { release: undefined, sourcePath: undefined, values: ['b.yaml'] },
      ],
    ],
    [
      'variables of the shell',
      'deploykf generate --source-version "$V" --values $FILE --values base.yaml',
      [{ release: undefined, sourcePath: undefined, values: ['base.yaml'] }],
    ],
    [
      'flags as pflag takes them',
      'deploykf generate -V=0.1.4 -f=a.yaml -fb.yaml -f c.yaml -',
      [{ release: '0.1.4', sourcePath: undefined, values: ['a.yaml', 'b.yaml', 'c.yaml'] }],
    ],
    [
      'a folded scalar of a CI file, where a deeper line is one of its own',
      'steps:\n  - run: >- # all\n      deploykf generate\n      --values a.yaml\n\n  - run: >\n      deploykf generate -f b.yaml\n        -f c.yaml\n  - run: |\n      deploykf generate -f d.yaml\n      -f e.yaml\n',
      [
        { release: undefined, sourcePath: undefined, values: ['a.yaml'] },
        { release: undefined, sourcePath: undefined, values: ['b.yaml'] },
        { release: undefined, sourcePath: undefined, values: ['d.yaml'] },
      ],
    ],
    [
      'a text that is printed',
      'usage() {\n  cat >&2 <<-EOF\n\tdeploykf generate -f values.yaml\n\tEOF\n}\nbash <<EOF\ndeploykf generate -f a.yaml\nEOF\n',
      [{ release: undefined, sourcePath: undefined, values: ['a.yaml'] }],
    ],
    [
      'words that are printed or kept for help',
      'help:\n\t@echo "usage: deploykf generate -f a.yaml"\nlog "deploykf generate -f b.yaml"\nx || { die \'run deploykf generate -f c.yaml\'; }\nusage="deploykf generate -f d.yaml"\necho start && deploykf generate -f e.yaml\nsh -c "deploykf generate -f f.yaml"\n',
      ['e', 'f'].map(name => ({ release: undefined, sourcePath: undefined, values: [`${name}.yaml`] })),
    ],
    ['a comment', '# deploykf generate --values a.yaml\n', []],
    ['another command', 'deploykf version; helm generate --values a.yaml', []],
    [
      'the names of the downloads',
      'deploykf-linux-amd64 generate -f a.yaml\n./deploykf-darwin-arm64 generate -f b.yaml\n"bin/deploykf-v0.1.2-windows-amd64.exe" generate -f c.yaml\ndeploykf.exe generate -f d.yaml\ndeploykf_0.1.2_linux generate -f e.yaml\ndeploykfs generate -f f.yaml\n',
      ['a', 'b', 'c', 'd', 'e'].map(name => ({
        release: undefined,
        sourcePath: undefined,
        values: [`${name}.yaml`],
      })),
    ],
    [
      'a backtick, which continues no line here',
      'deploykf generate -f a.yaml `\n  -f b.yaml\n',
      [{ release: undefined, sourcePath: undefined, values: ['a.yaml'] }],
    ],
    [
      'a continued line inside a comment of the command',
      'deploykf generate \\\n  --values a.yaml \\\n',
      [{ release: undefined, sourcePath: undefined, values: ['a.yaml'] }],
    ],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () =>
      assert.deepEqual(
        findCommands(text).map(({ release, sourcePath, values }) => ({
          release,
          sourcePath,
          values: values.map(value => value.text),
        })),
        expected,
      ),
    );
  }

  it('are read as PowerShell does in its scripts', () => {
    const text = [
      '# deploykf generate -f no.yaml',
      '& ".\\bin\\deploykf.exe" `',
      '  generate --source-version 0.1.3 `\r',
      '  --values .\\vals\\a.yaml,"my `"b`".yaml" `',
      "  --values='it''s.yaml' -f c` d.yaml -f $more `",
      '  -O out\\; deploykf generate -f e.yaml # -f f.yaml',
    ].join('\n');
    assert.deepEqual(
      findCommands(text, shellOf('file:///ws/run.PS1')).map(({ release, values }) => [
        release,
        values.map(value => value.text),
      ]),
      [
        ['0.1.3', ['.\\vals\\a.yaml', 'my "b".yaml', "it's.yaml", 'c d.yaml']],
        [undefined, ['e.yaml']],
      ],
    );
  });

  it('end with the quotes that they stand in, and with their line', () => {
    const text = [
      'bash -c "deploykf generate -V 0.1.5 -f a.yaml -f \'b c.yaml\'" && echo "done"',
      'sh -c \'deploykf generate -f "d.yaml"\'',
      'deploykf generate -f e.yaml -f "f.yaml',
      'echo "done"',
      '- run: "deploykf generate -f g.yaml"',
      "- {run: 'deploykf generate -f \"h.yaml\"', name: 'x'}",
    ].join('\n');
    assert.deepEqual(
      findCommands(text).map(({ values }) => values.map(value => value.text)),
      [['a.yaml', 'b c.yaml'], ['d.yaml'], ['e.yaml'], ['g.yaml'], ['h.yaml']],
    );
  });

  it('knows where each values file stands', () => {
    const text = `deploykf generate -f a.yaml,b.yaml --values=c.yaml --values 'd e.yaml' -f "x"/y.yaml --values="f.yaml,g h.yaml"`;
    const places = findCommands(text).flatMap(({ values }) =>
      values.map(({ span }) => text.slice(span.start, span.end)),
    );
    assert.deepEqual(places, ['a.yaml', 'b.yaml', 'c.yaml', 'd e.yaml', 'x"/y.yaml', 'f.yaml', 'g h.yaml']);
  });

  const releases = (text: string): readonly (string | undefined)[] =>
    findCommands(text).map(({ release, openRelease }) => release ?? openRelease?.reason);

  it('have arguments and the program in variables', () => {
    const told = (text: string): unknown =>
      findCommands(text).map(({ release, values, openValues }) => [
        release,
        values.map(value => text.slice(value.span.start, value.span.end)),
        openValues,
      ]);
    const both = [['0.1.5', ['a.yaml', 'b.yaml'], undefined]];
    const run = 'deploykf generate -V 0.1.5';
    assert.deepEqual(told(`ARGS="--values a.yaml -f b.yaml"\n${run} $ARGS -O o\n`), both);
    assert.deepEqual(told(`ARGS=(--values a.yaml)\nARGS+=( -f b.yaml )\n${run} "\${ARGS[@]}"\n`), both);
    assert.deepEqual(told(`ARGS=(\n  --values "a.yaml" # base\n  -f b.yaml\n)\n${run} "\${ARGS[@]}"\n`), [
      ['0.1.5', ['a.yaml', 'b.yaml'], undefined],
    ]);
    assert.deepEqual(told(`BASE="-f a.yaml"\nARGS="$BASE -f b.yaml"\n${run} $ARGS\n`), both);
    assert.deepEqual(
      told(`VFLAGS := --values a.yaml \\\n  --values b.yaml\nall:\n\t${run} $(VFLAGS) -O o\n`),
      both,
    );
    const ways = (...values: readonly (readonly string[])[]): unknown =>
      values.map(way => ['0.1.5', way, undefined]);
    assert.deepEqual(
      told(`ARGS=(-f a.yaml)\nif [ "$1" ]; then\n  ARGS+=(-f b.yaml)\nfi\n${run} "\${ARGS[@]}"\n`),
      ways(['a.yaml'], ['a.yaml', 'b.yaml']),
    );
    assert.deepEqual(
      told(`if a; then\n  A="-f a.yaml"\nelse\n  A="-f b.yaml"\nfi\nA="$A -f c.yaml"\n${run} $A\n`),
      ways(['a.yaml', 'c.yaml'], ['b.yaml', 'c.yaml']),
    );
    assert.deepEqual(
      told(`if a; then\n  A="-f a.yaml"\nelse\n  A="-f b.yaml"\nfi\n${run} $A\n`),
      ways(['a.yaml'], ['b.yaml']),
    );
    assert.deepEqual(
      told(`A=(-f a.yaml)\na && A+=(-f b.yaml)\nc && A+=(-f c.yaml)\n${run} "\${A[@]}"\n`),
      ways(['a.yaml', 'b.yaml'], ['a.yaml', 'c.yaml']),
    );
    assert.deepEqual(
      told(`A="-f a.yaml"\n${run} $A\nA="-f b.yaml"\n${run} $A\n`),
      ways(['a.yaml'], ['b.yaml']),
    );
    for (const program of ['KF=deploykf', 'KF := ./bin/deploykf-linux-amd64', 'KF="$(which deploykf)"'])
      assert.deepEqual(told(`${program}\n$KF generate -V 0.1.5 -f a.yaml,b.yaml\n`), both, program);
    assert.deepEqual(told('KF ?= deploykf\nx:\n\t$(KF) generate -V 0.1.5 -f a.yaml,b.yaml\n'), both);
    assert.deepEqual(told('KF=helm\n$KF generate -V 0.1.5 -f a.yaml\n'), []);
    const all = 'ARGS=(generate -V 0.1.5 -f a.yaml)\nARGS+=(-f b.yaml)\n';
    for (const call of ['deploykf "${ARGS[@]}"', './bin/deploykf-linux-amd64 ${ARGS[*]}'])
      assert.deepEqual(told(`${all}${call} -O o\n`), both, call);
    assert.deepEqual(told('A := generate -V 0.1.5 -f a.yaml,b.yaml\nx:\n\tdeploykf $(A)\n'), both);
    assert.deepEqual(told('A=(--help)\ndeploykf "${A[@]}" -f a.yaml\n'), []);
    const job = (env: string, rest = ''): string =>
      `jobs:\n  a:\n    ${env}\n    steps:\n      - run: ${run} $A -O o\n${rest}`;
    assert.deepEqual(told(job('env: {A: "--values a.yaml -f b.yaml"}')), both);
    assert.deepEqual(told(`env:\n  A: -f a.yaml,b.yaml\n${job('name: x')}`), both);
    assert.deepEqual(told(job('env: {A: -f a.yaml}', '  b: {env: {A: -f b.yaml}}\n')), ways(['a.yaml']));
  });

  const valuesOf = (text: string): readonly (readonly string[])[] =>
    findCommands(text).map(({ values, openValues = [] }) => [
      ...values.map(value => value.text),
      ...openValues.map(open => `? ${open}`),
    ]);

  it('say of arguments of the script that they are some', () => {
    const [command] = findCommands('deploykf generate -V "$1" -f a.yaml -O out\n');
    assert.equal(command?.openRelease?.reason, 'is not known: it is an argument of the script');
  });

  it('have arguments that a loop over written words adds', () => {
    const filesOf = (before: string): readonly string[] =>
      findCommands(`${before}\ndeploykf generate -V 0.1.5 "\${ARGS[@]}" -O out\n`).flatMap(
        ({ values, openValues = [] }) => [...values.map(word => word.text), ...openValues],
      );
    const loop = 'do\n  ARGS+=(--values "envs/$f.yaml")\ndone';
    assert.deepEqual(filesOf(`ARGS=()\nfor f in base prod; ${loop}`), ['envs/base.yaml', 'envs/prod.yaml']);
    assert.deepEqual(
      filesOf(`FILES=(\n  base\n  "prod"\n)\nARGS=(-f a.yaml)\nfor f in "\${FILES[@]}"; ${loop}`),
      ['a.yaml', 'envs/base.yaml', 'envs/prod.yaml'],
    );
    assert.deepEqual(
      filesOf(`FILES=(base)\nFILES+=(prod)\nfor f in "\${FILES[@]}"; ${loop}`).filter(file =>
        file.includes('$'),
      ),
      ['envs/$f.yaml'],
    );
    const conditional = 'do\n  [ -f "$f" ] || continue\n  ARGS+=(-f "$f")\ndone';
    assert.ok(filesOf(`for f in a b; ${conditional}`).every(file => file === 'a' || file === 'b'));
  });

  it('follow variables that are made of others, and of places of the script', () => {
    const values = (head: string, path = '$VALUES'): readonly string[] =>
      valuesOf(`${head}\ndeploykf generate -V 0.1.2 -f "${path}"\n`).flat();
    const script = 'D="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"';
    const top = 'ROOT="$(git rev-parse --show-toplevel)"';
    const cases: readonly (readonly [head: string, path: string, expected: string])[] = [
      [`${script}\nROOT="\${D}/.."`, '${ROOT}/v.yaml', './../v.yaml'],
      [`${script}\nVALUES="$D/../v.yaml"`, '$VALUES', './../v.yaml'],
      [`${script}\nVALUES="\${VALUES:-$D/v.yaml}"`, '$VALUES', './v.yaml'],
      ['ROOT="$(cd "$(dirname "$0")/.." && pwd)"', '$ROOT/v.yaml', './../v.yaml'],
      ['VALUES="$(dirname "$0")/../v.yaml"', '$VALUES', './../v.yaml'],
      ['readonly VALUES=v.yaml', '$(dirname "$0")/../$VALUES', './../v.yaml'],
      [top, '${ROOT}/v.yaml', ':/v.yaml'],
      [`${top}\nE=prod\nVALUES="$ROOT/$E/v.yaml"`, '$VALUES', ':/prod/v.yaml'],
      ['', '$(git rev-parse --show-toplevel)/v.yaml', ':/v.yaml'],
      ['ROOT := $(shell git rev-parse --show-toplevel)', '$(ROOT)/v.yaml', ':/v.yaml'],
      ['A=a\nB=$A/b\nC=$B/c\nD=$C/d', '$D.yaml', 'a/b/c/d.yaml'],
      ['A=$A/a', '$A.yaml', '? $A.yaml'],
      ['A=$B\nB=$A', '$A.yaml', '? $A.yaml'],
      ['E="${1}"', 'envs/${E}.yaml', '? envs/${E}.yaml'],
      ['', 'envs/$1.yaml', '? envs/$1.yaml'],
    ];
    for (const [head, path, expected] of cases) assert.deepEqual(values(head, path), [expected], head);
    const gitlab = 'variables: {V: {value: v.yaml, description: x}}\nrender:\n  script:\n  - ';
    assert.deepEqual(valuesOf(`${gitlab}deploykf generate -f "$V"\n`), [['v.yaml']]);
    const built = 'env: {D: conf, V: "${{ env.D }}/v.yaml"}\nsteps:\n- run: deploykf generate -f $V\n';
    assert.deepEqual(valuesOf(built), [['conf/v.yaml']]);
  });

  it('take no long time for variables that are made of each other', () => {
    const doubling = Array.from({ length: 200 }, (_, n) => `V${n + 1}=$V${n}$V${n}`).join('\n');
    const adding = 'A="$A$B$C"\nB="$A$B$C"\nC="$A$B$C"\n'.repeat(3000);
    assert.equal(valuesOf(`V0=a\n${doubling}\n${adding}deploykf generate -f "$V200$A"\n`).length, 1);
  });

  it('takes a beginning off the value of a variable', () => {
    for (const form of ['${V#v}', '${V#"v"}', "${V#'v'}"])
      assert.deepEqual(releases(`V=v0.1.4\ndeploykf generate -V "${form}" -f a.yaml\n`), ['0.1.4']);
    assert.deepEqual(releases('V=0.1.4\ndeploykf generate -V "${V#x}" -f a.yaml\n'), ['0.1.4']);
    const [command] = findCommands('V=0.1.4\ndeploykf generate -V "${V/./-}" -f a.yaml\n');
    assert.match(command?.openRelease?.reason ?? '', /what is made of V there is not understood$/);
  });

  it('take variables by the job and the step that they stand in', () => {
    const run = (file: string): string => `deploykf generate -V "$V" -f ${file}.yaml -O o\n`;
    const jobs = (a: string, b: string): string =>
      `jobs:\n  a:\n${a}    steps:\n      - run: ${run('a')}  b:\n${b}    steps:\n      - run: ${run('b')}`;
    const block = '    env:\n      V: 0.1.4\n';
    assert.deepEqual(releases(jobs(block, '    env: {V: "0.1.5"}\n')), ['0.1.4', '0.1.5']);
    assert.deepEqual(releases(`env: {V: 0.1.3}\n${jobs(block, '')}`), ['0.1.4', '0.1.3']);
    assert.deepEqual(releases(jobs(block, '')), [
      '0.1.4',
      'is not known: V is assigned only for other jobs or steps there',
    ]);
    assert.deepEqual(releases(jobs('    env: {V: "${{ matrix.v }}"}\n', block)), [
      'is not known: V is assigned what only a run tells',
      '0.1.4',
    ]);
    assert.deepEqual(releases(`if a; then V=0.1.3; else V=0.1.4; fi\n${run('a')}`), [
      'is not known: V is assigned several values there (0.1.3, 0.1.4)',
    ]);
    assert.deepEqual(releases(`. ./x.env\n${run('a')}`), [
      'is not known: V is never assigned there, perhaps in ./x.env',
    ]);
    const steps = ['0.1.3', '0.1.4'].map(v => `  - run: |\n      V=${v}\n      ${run('a')}`);
    assert.deepEqual(releases(`env: {V: 0.1.5}\nsteps:\n${steps.join('')}`), ['0.1.3', '0.1.4']);
    const step = (v: string): string => `  - env: {V: ${v}}\n    run: ${run('a')}`;
    assert.deepEqual(releases(`steps:\n${step('0.1.3')}${step('0.1.4')}`), ['0.1.3', '0.1.4']);
    const listed = `jobs:\n- script: ${run('a')}  env:\n  - name: V\n    value: 0.1.4\n- variables: &v [V=0.1.3]\n  script: ${run('b')}`;
    assert.deepEqual(releases(`${listed}- env: *v\n  run: ${run('c')}`), ['0.1.4', '0.1.3', '0.1.3']);
    assert.deepEqual(releases(`.v: &v\n  V: 0.1.4\na:\n  variables: {<<: *v}\n  script:\n  - ${run('a')}`), [
      '0.1.4',
    ]);
    assert.deepEqual(releases(`d:\n  before_script:\n  - V=0.1.4\n  script:\n  - ${run('a')}`), ['0.1.4']);
  });

  it('have paths of the host where they are run in a container', () => {
    const paths = (start: string, path = '/data/values.yaml'): readonly string[] =>
      findCommands(`${start} ghcr.io/deploykf/cli:0.1.2 generate -V 0.1.4 -f ${path} -O /data/o\n`).flatMap(
        ({ values }) => values.map(({ text }) => text),
      );
    const own = ['./values.yaml'];
    assert.deepEqual(paths('docker run --rm -v "$PWD:/data" -w /data'), own);
    assert.deepEqual(paths('docker run --rm \\\n  -u $(id -u):$(id -g) \\\n  -v $(pwd):/data:ro,z'), own);
    assert.deepEqual(paths('podman run --volume=.:/data -v cache:/var/cache'), own);
    assert.deepEqual(paths('nerdctl run --mount type=bind,src="${PWD}",dst=/data'), own);
    assert.deepEqual(paths('D=$(dirname "$0")\ndocker run -v "$D/conf/:/data/"'), ['./conf/values.yaml']);
    assert.deepEqual(paths('docker run -v ./a:/data -v ./b:/data/b', '/data/b/v.yaml'), ['./b/v.yaml']);
    assert.deepEqual(paths('docker run -v /srv/kf:/data'), ['/srv/kf/values.yaml']);
    assert.deepEqual(paths('docker run -v ./conf:/data -w /data', 'v.yaml'), ['./conf/v.yaml']);
    assert.deepEqual(paths('docker run -v .:/data -w /data', 'v.yaml'), ['v.yaml']);
    assert.deepEqual(paths('docker run -v .:/data', '/data/../etc/v.yaml'), ['/data/../etc/v.yaml']);
    const workflow = 'steps:\n  - run: >-\n      docker run -v ${{ github.workspace }}:/data\n     ';
    assert.deepEqual(paths(workflow), own);
    // Neither a volume nor a place that is not known, nor the container of another command.
    for (const start of ['docker run -v kf:/data', 'docker run -v "$X:/data"', 'docker run -v .:/data x;'])
      assert.deepEqual(paths(start), ['/data/values.yaml']);
  });

  it('take what a shell assigns in one line, or where nothing else has given a value', () => {
    const release = (head: string): string | undefined =>
      releases(`${head}\ndeploykf generate -V "$V" -f a.yaml`)[0];
    for (const target of ['gen: V = 0.1.3', 'gen.%: export V := 0.1.3'])
      assert.deepEqual(
        releases(`${target}\ngen:\n\tdeploykf generate -V $(V) -f a.yaml\n`),
        ['0.1.3'],
        target,
      );
    for (const file of ['$GITHUB_ENV', '"$GITHUB_ENV"', '"${GITHUB_ENV}"', '$BASH_ENV'])
      assert.equal(release(`echo "V=0.1.3" >> ${file}`), '0.1.3', file);
    for (const head of ['V="${V:-0.1.3}"', ': "${V:=0.1.3}"', 'V=${V-0.1.3}', 'export V="${1:-0.1.3}"'])
      assert.equal(release(head), '0.1.3', head);
    for (const head of [
      'a; V=0.1.3',
      'a && V=0.1.3 || exit',
      'if a; then V=0.1.3; fi',
      'for a in b; do V=0.1.3; done',
      'case "$1" in prod) V=0.1.3 ;; esac',
    ])
      assert.equal(release(head), '0.1.3', head);
    const several = (values: string): string =>
      `is not known: V is assigned several values there (${values})`;
    assert.equal(release('if [ "$1" = prod ]; then V=0.1.3; else V=0.1.5; fi'), several('0.1.3, 0.1.5'));
    assert.equal(release('V=0.1.2\nV="${V:-0.1.3}"'), several('0.1.2, 0.1.3'));
    assert.equal(release('V=1\nV=2\nV=3\nV=4'), several('1, 2, 3, …'));
    assert.equal(release('[ "$V" = "0.1.3" ] && a --V=0.1.3'), 'is not known: V is never assigned there');
    assert.equal(release('V=$(a)'), 'is not known: V is assigned what only a run tells');
    assert.equal(release('read -rp "Release: " V'), 'is not known: V is read when the script runs');
  });
});
