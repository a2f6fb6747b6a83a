import assert from 'node:assert/strict';
import { remotesIn } from '../../../server/src/core/stack/gitConfig.ts';
import { isOfRepository, repositoryKey } from '../../../server/src/core/stack/repository.ts';

describe('The address of a repository', () => {
  const same = [
    'https://github.com/acme/ops',
    'https://github.com/acme/ops.git',
    'https://GitHub.com/acme/ops.git/',
    'https://user:ghp_secret@github.com/acme/ops.git',
    'https://github.com:443/acme/ops.git',
    'ssh://git@github.com/acme/ops.git',
    'ssh://git@github.com:22/acme/ops',
    'git@github.com:acme/ops.git',
    'git@GITHUB.com:/acme/ops',
    'git://github.com/acme/ops.git',
  ];
  for (const address of same)
    it(`is the same as ${address}`, () => assert.equal(repositoryKey(address), 'github.com/acme/ops'));

  for (const address of [
    '',
    '../ops',
    '/srv/ops.git',
    '{{ .Values.repo }}',
    'https://${HOST}/acme/ops',
    'https://h/',
  ])
    it(`cannot be told from "${address}"`, () => assert.equal(repositoryKey(address), undefined));

  it('is of a repository, of another, or not to be told where only the name is the same', () => {
    const own = { root: 'file:///ws', remotes: ['github.com/acme/ops'] };
    assert.equal(isOfRepository('git@github.com:acme/ops.git', own), true);
    assert.equal(isOfRepository('https://github.com/acme/values.git', own), false);
    assert.equal(isOfRepository('git@github-work:acme/ops.git', own), undefined);
    assert.equal(isOfRepository(undefined, own), undefined);
    assert.equal(isOfRepository('https://github.com/acme/values.git', { ...own, remotes: [] }), undefined);
  });
});

describe("git's configuration", () => {
  it('gives the remotes, without what is in their addresses besides', () =>
    assert.deepEqual(
      remotesIn(
        [
          '[core]',
          '\trepositoryformatversion = 0 ; url = https://github.com/no/no',
          '[remote "origin"]',
          '\turl = https://user:ghp_secret@github.com/acme/ops.git # ours',
          '\tfetch = +refs/heads/*:refs/remotes/origin/*',
          '[remote "up\\"stream"]',
          '\tURL = "git@example.com:team/\\"ops"',
          '[remote "short"]',
          '  url = gh:acme/short',
          '[url "https://github.com/"]',
          '  insteadOf = gh:',
          '[branch "main"]',
          '\tremote = origin',
          '\turl = https://github.com/no/no',
          '',
        ].join('\r\n'),
      ),
      ['github.com/acme/ops', 'example.com/team/"ops', 'gh/acme/short', 'github.com/acme/short'],
    ));
  it('may be anything', () => assert.deepEqual(remotesIn('\0[remote\nurl=\n[[[\n"'), []));
});
