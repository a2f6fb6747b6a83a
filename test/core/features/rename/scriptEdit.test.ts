import assert from 'node:assert/strict';
import { renameFiles } from '../../../../server/src/core/features/rename/renameFile.ts';
import { joinUri } from '../../../../server/src/core/stack/uri.ts';
import { applyEdits } from '../../../../server/src/core/text/edit.ts';
import { workspaceOf, type Files } from '../../../support/renaming.ts';
import { root } from '../../../support/stacks.ts';

const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';

/** The script after the renaming, and the paths in it that stay. */
function renamed(
  files: Files,
  script: string,
  [from, to]: readonly [from: string, to: string],
): readonly string[] {
  const uri = joinUri(root, script);
  const { edits, stale } = renameFiles(workspaceOf(files), [
    { from: joinUri(root, from), to: joinUri(root, to) },
  ]);
  const own = edits.find(edit => edit.uri === uri)?.edits ?? [];
  const others = stale.filter(path => path.uri === uri).map(({ path }) => path);
  return [applyEdits(files[script] ?? '', own) ?? '', ...others];
}

interface Case {
  readonly title: string;
  readonly script?: string;
  readonly text: string;
  readonly to: string;
  readonly expected: readonly string[];
}

describe('a renamed file in a script', () => {
  const name = 'vals/base new.yaml';
  const cases: readonly Case[] = [
    {
      title: 'gets the quotes that its new name needs',
      text: "deploykf generate -f ./base.yaml,b.yaml -fbase.yaml # it's\n",
      to: name,
      expected: ["deploykf generate -f './vals/base new.yaml',b.yaml -f'vals/base new.yaml' # it's\n"],
    },
    {
      title: 'keeps the quotes that it has',
      text: `deploykf generate -f "base.yaml" --values="b.yaml,base.yaml" -f 'base.yaml'\n`,
      to: "it's.yaml",
      expected: [
        `deploykf generate -f "it's.yaml" --values="b.yaml,it's.yaml" -f 'base.yaml'\n`,
        'base.yaml',
      ],
    },
    {
      title: 'stays where deploykf or the shell would take its new name apart',
      text: 'deploykf generate -f base.yaml\n',
      to: 'a,b.yaml',
      expected: ['deploykf generate -f base.yaml\n', 'base.yaml'],
    },
    {
      title: 'stays where it has quotes inside',
      text: 'deploykf generate -f "base".yaml -f base.yaml\n',
      to: 'c.yaml',
      expected: ['deploykf generate -f "base".yaml -f c.yaml\n', 'base.yaml'],
    },
    {
      title: 'gets no quotes within those of another command',
      text: "sh -c 'deploykf generate -f base.yaml -O out'\n",
      to: name,
      expected: ["sh -c 'deploykf generate -f base.yaml -O out'\n", 'base.yaml'],
    },
    {
      title: 'needs none there',
      text: "sh -c 'deploykf generate -f base.yaml -O out'\n",
      to: 'c.yaml',
      expected: ["sh -c 'deploykf generate -f c.yaml -O out'\n"],
    },
    {
      title: 'is quoted in YAML that stays the same around it',
      script: 'ci.yml',
      text: [
        '- run: deploykf generate -f base.yaml -O out',
        '- run: |',
        '    deploykf generate -f b.yaml -f base.yaml',
        "- run: 'deploykf generate -f b.yaml -f b.yaml -f base.yaml -O out'",
        '',
      ].join('\n'),
      to: name,
      expected: [
        [
          "- run: deploykf generate -f 'vals/base new.yaml' -O out",
          '- run: |',
          "    deploykf generate -f b.yaml -f 'vals/base new.yaml'",
          "- run: 'deploykf generate -f b.yaml -f b.yaml -f base.yaml -O out'",
          '',
        ].join('\n'),
        'base.yaml',
      ],
    },
    {
      title: 'is quoted as PowerShell wants it',
      script: 'run.ps1',
      text: 'deploykf.exe generate `\n  -f .\\base.yaml `\n  -f "base.yaml"\n',
      to: "vals/it's new.yaml",
      expected: [`deploykf.exe generate \`\n  -f '.\\vals\\it''s new.yaml' \`\n  -f "vals/it's new.yaml"\n`],
    },
    {
      title: 'gets no name that Make reads as a comment',
      script: 'Makefile',
      text: 'x:\n\tdeploykf generate -f base.yaml\n',
      to: 'base #1.yaml',
      expected: ['x:\n\tdeploykf generate -f base.yaml\n', 'base.yaml'],
    },
    {
      title: 'gets no quotes within those of Groovy',
      script: 'Jenkinsfile',
      text: 'sh "deploykf generate -f base.yaml -O out"\n',
      to: name,
      expected: ['sh "deploykf generate -f base.yaml -O out"\n', 'base.yaml'],
    },
  ];
  for (const { title, script = 'run.sh', text, to, expected } of cases)
    it(title, () =>
      assert.deepEqual(renamed({ 'base.yaml': values, [script]: text }, script, ['base.yaml', to]), expected),
    );
});

describe('a moved file in a script', () => {
  const run = 'deploykf generate -f ./x.yaml -f y.yaml -f ../z.yaml\n';
  const files = { 'ci/x.yaml': values, 'y.yaml': values, 'z.yaml': values, 'ci/run.sh': run };

  it('is named from the folder that the old path started from', () => {
    assert.deepEqual(renamed(files, 'ci/run.sh', ['ci/x.yaml', 'vals/x.yaml']), [
      'deploykf generate -f ../vals/x.yaml -f y.yaml -f ../z.yaml\n',
    ]);
    assert.deepEqual(renamed(files, 'ci/run.sh', ['y.yaml', 'ci/y.yaml']), [
      'deploykf generate -f ./x.yaml -f ci/y.yaml -f ../z.yaml\n',
    ]);
    assert.deepEqual(renamed(files, 'ci/run.sh', ['z.yaml', '../other/z.yaml']), [
      'deploykf generate -f ./x.yaml -f y.yaml -f ../../other/z.yaml\n',
    ]);
  });

  it('is not named by a path that leads to another file', () =>
    assert.deepEqual(
      renamed({ ...files, 'ci/vals/y.yaml': values }, 'ci/run.sh', ['y.yaml', 'vals/y.yaml']),
      [run, 'y.yaml'],
    ));

  it('is found from the folder that the script goes to', () => {
    assert.deepEqual(renamed(files, 'ci/run.sh', ['ci', 'tools/ci']), [
      'deploykf generate -f ./x.yaml -f y.yaml -f ../../z.yaml\n',
    ]);
    assert.deepEqual(renamed({ ...files, 'tools/z.yaml': values }, 'ci/run.sh', ['ci', 'tools/ci']), [
      'deploykf generate -f ./x.yaml -f y.yaml -f ../../z.yaml\n',
    ]);
  });
});
