import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryOf } from '../../server/src/host/repository.node.ts';
import { normalizeUri } from '../../server/src/core/stack/uri.ts';

describe('The repository of a folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'repository-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  const uri = (path: string): string => normalizeUri(pathToFileURL(join(root, path)).href);
  const config = '[remote "origin"]\n\turl = https://user:ghp_secret@github.com/acme/ops.git\n';
  const remotes = ['github.com/acme/ops'];

  it('is that of the work tree, also from a folder in it', async () => {
    write('ws/.git/config', config);
    write('ws/argo/app.yaml', '');
    for (const path of ['ws', 'ws/argo'])
      assert.deepEqual(await repositoryOf(uri(path)), { root: uri('ws'), remotes });
  });

  it('is found from another work tree', async () => {
    write('main/.git/config', config);
    write('main/.git/worktrees/second/commondir', '../..\n');
    write('second/.git', `gitdir: ${join(root, 'main/.git/worktrees/second')}\n`);
    assert.deepEqual(await repositoryOf(uri('second')), { root: uri('second'), remotes });
  });

  it('is found from a submodule', async () => {
    write('ws/.git/config', '[remote "origin"]\nurl = git@github.com:acme/outer.git\n');
    write('ws/.git/modules/sub/config', config);
    write('ws/sub/.git', 'gitdir: ../.git/modules/sub\n');
    assert.deepEqual(await repositoryOf(uri('ws/sub')), { root: uri('ws/sub'), remotes });
  });

  it('has no remotes where its configuration cannot be read, is huge, or names none', async () => {
    write('a/.git/config', '');
    write('b/.git', 'gitdir: ../gone\n');
    write('c/.git', 'anything\n');
    write('d/.git/config', config + '#'.repeat(300 * 1024));
    for (const path of ['a', 'b', 'c', 'd'])
      assert.deepEqual(await repositoryOf(uri(path)), { root: uri(path), remotes: [] });
    assert.equal(await repositoryOf('untitled:x'), undefined);
  });
});
