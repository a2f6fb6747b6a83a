import assert from 'node:assert/strict';
import { renameFiles } from '../../../../server/src/core/features/rename/renameFile.ts';
import { applyEdits } from '../../../../server/src/core/text/edit.ts';
import { afterRenaming, namedIn, type Move } from '../../../support/renaming.ts';
import { project, root, snapshot, texts } from '../../../support/stacks.ts';

const files = { ...texts, '.deploykf-values.yaml': project.text };

describe('renaming a values file', () => {
  it('renames it in every stack that names it', () => {
    const { edits } = renameFiles(snapshot(), [
      { from: `${root}values`, to: `${root}envs` },
      { from: `${root}base.yaml`, to: `${root}common.yaml` },
    ]);
    const renamed = edits.map(({ uri, edits: own }) =>
      applyEdits(uri === project.uri ? project.text : (texts['app.yaml'] ?? ''), own)
        ?.match(/.*common.*/)?.[0]
        .trim(),
    );
    assert.deepEqual(renamed, [
      'values: [common.yaml, "envs/prod.yaml"]',
      '- { name: values_files, array: ["./common.yaml", envs/prod.yaml] }',
    ]);
  });
  it('writes names as they are, and finds them again', () => {
    const names = ['base@eu', 'a+b, c#d', 'x=1&y;$z', 'größe %40', 'it\'s "so"', '{{ v }}', ': -'].map(
      name => `${name}.yaml`,
    );
    const read = names.map(name => {
      const renamed = afterRenaming(files, [['base.yaml', name]]);
      const again = afterRenaming(renamed, [[name, 'base.yaml']]);
      return [namedIn(renamed), namedIn(again)];
    });
    assert.deepEqual(
      read,
      names.map(name => [
        [`./${name}`, 'values/prod.yaml', name, 'values/prod.yaml'],
        ['./base.yaml', 'values/prod.yaml', 'base.yaml', 'values/prod.yaml'],
      ]),
    );
  });

  const moves: readonly (readonly [title: string, moves: readonly Move[], expected: readonly string[]])[] = [
    [
      'out of its folder',
      [['values/prod.yaml', 'prod.yaml']],
      ['./base.yaml', 'prod.yaml', 'base.yaml', 'prod.yaml'],
    ],
    [
      'into a folder',
      [['base.yaml', 'a b/c.yaml']],
      ['./a b/c.yaml', 'values/prod.yaml', 'a b/c.yaml', 'values/prod.yaml'],
    ],
    [
      'with its Application',
      [
        ['app.yaml', 'argocd/app.yaml'],
        ['base.yaml', 'argocd/base.yaml'],
      ],
      ['./argocd/base.yaml', 'values/prod.yaml', 'argocd/base.yaml', 'values/prod.yaml'],
    ],
    [
      'out of the repository, which an Application cannot follow',
      [['base.yaml', '../base.yaml']],
      ['./base.yaml', 'values/prod.yaml', '../base.yaml', 'values/prod.yaml'],
    ],
  ];
  for (const [title, own, expected] of moves)
    it(`moves it ${title}`, () => assert.deepEqual(namedIn(afterRenaming(files, own)), expected));

  it('keeps dots, backslashes and paths from the root', () => {
    const written = ['values/../base.yaml', 'values\\prod.yaml', '/ws/values/prod.yaml', '../ws/./base.yaml'];
    const text = `stacks:\n  - {name: prod, values: ${JSON.stringify(written)}}\n`;
    const moved = afterRenaming({ ...texts, '.deploykf-values.yaml': text }, [
      ['values/prod.yaml', 'envs/eu/prod.yaml'],
      ['base.yaml', 'common.yaml'],
    ]);
    assert.deepEqual(namedIn(moved), [
      './common.yaml',
      'envs/eu/prod.yaml',
      'common.yaml',
      'envs\\eu\\prod.yaml',
      '/ws/envs/eu/prod.yaml',
      '../ws/common.yaml',
    ]);
  });

  it('writes no name that leads elsewhere', () =>
    assert.deepEqual(renameFiles(snapshot(), [{ from: `${root}base.yaml`, to: `${root}a%5Cb.yaml` }]), {
      edits: [],
      stale: [
        { uri: project.uri, path: 'base.yaml' },
        { uri: `${root}app.yaml`, path: './base.yaml' },
      ],
    }));

  it('renames it in scripts and CI files with several commands, some of them in quotes', () => {
    const values = texts['base.yaml'] ?? '';
    const script = (a: string, c: string): string =>
      `bash -c "deploykf generate -V 0.1.5 -f b.yaml -f ${c}"\ndeploykf generate -V 0.1.5 -f ${a}\necho "done"\n`;
    const ci = (a: string, c: string): string =>
      `steps:\n  - run: "deploykf generate -f b.yaml -f ${c}"\n  - run: deploykf generate -f ${a}\n  - run: "echo done"\n`;
    const own = { 'a.yaml': values, 'b.yaml': values, 'c.yaml': values };
    const renamed = afterRenaming(
      { ...own, 'run.sh': script('a.yaml', 'c.yaml'), 'ci.yml': ci('a.yaml', 'c.yaml') },
      [
        ['a.yaml', 'x.yaml'],
        ['c.yaml', 'z.yaml'],
      ],
    );
    assert.deepEqual(
      [renamed['run.sh'], renamed['ci.yml']],
      [script('x.yaml', 'z.yaml'), ci('x.yaml', 'z.yaml')],
    );
  });

  it('changes nothing for other files', () =>
    assert.deepEqual(renameFiles(snapshot(), [{ from: `${root}x.yaml`, to: `${root}y.yaml` }]), {
      edits: [],
      stale: [],
    }));
});
