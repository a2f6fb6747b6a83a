import assert from 'node:assert/strict';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';

function mistakes(value: unknown): readonly string[] {
  return parsePolicy(value).problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function ruleMistakes(rule: object): readonly string[] {
  return mistakes({ rules: [{ source: '*', target: 'r.corp', ...rule }] });
}

describe('parsePolicy', () => {
  it('reads a whole section', () => {
    const value = {
      rules: [
        { source: 'docker.io', target: 'r.corp/hub', library: 'strip', images: { mysql: 'r.corp/db/mysql' } },
        { source: 'ghcr.io/deploykf', target: null },
        { source: '*.gcr.io', target: 'r.corp/{registry}/{path}', path: 'flat', separator: '_' },
      ],
      private: ['r.corp', '*.corp'],
      credentials: ['r.corp'],
      pushTo: 'push.corp',
      charts: { 'https://charts.example.com': 'https://r.corp/charts', 'https://b.example.com': null },
    };
    assert.deepEqual(parsePolicy(value), {
      problems: [],
      policy: {
        ...value,
        rules: [
          mirrorRule('docker.io', 'r.corp/hub', { library: 'strip', images: { mysql: 'r.corp/db/mysql' } }),
          mirrorRule('ghcr.io/deploykf', null),
          mirrorRule('*.gcr.io', 'r.corp/{registry}/{path}', { path: 'flat', separator: '_' }),
        ],
      },
    });
  });

  it('takes nothing for no policy', () => {
    for (const value of [undefined, null, {}, { rules: [] }, { rules: null, private: null }]) {
      assert.deepEqual(parsePolicy(value), { problems: [] });
    }
  });

  it('names the known keys beside an unknown one', () => {
    assert.deepEqual(parsePolicy({ rule: [] }).problems, [
      {
        path: ['rule'],
        message: 'unknown key "rule"',
        known: ['rules', 'private', 'credentials', 'caches', 'pushTo', 'charts'],
      },
    ]);
    assert.deepEqual(ruleMistakes({ libary: 'keep' }), ['rules.0.libary: unknown key "libary"']);
  });

  const types: readonly (readonly [value: unknown, expected: readonly string[]])[] = [
    [[], [': must be a map']],
    ['r.corp', [': must be a map']],
    [{ rules: {} }, ['rules: must be a list']],
    [{ rules: ['*'] }, ['rules.0: must be a map']],
    [
      { rules: [{}] },
      [
        'rules.0: the rule has no source: add a registry, a prefix or "*"',
        'rules.0: the rule has no target: add one, or null to accept as public',
      ],
    ],
    [{ private: 'r.corp' }, ['private: must be a list']],
    [
      { private: [1, '', 'r.corp/', 'acme'] },
      [
        'private.0: must be a string',
        'private.1: must not be empty',
        'private.2: "r.corp/" ends in "/": remove it',
        'private.3: "acme" does not name a registry: write "docker.io/library/acme"',
      ],
    ],
    [{ credentials: true }, ['credentials: must be a list']],
    [
      { credentials: ['https://r.corp'] },
      ['credentials.0: an image reference cannot have "https://": remove it'],
    ],
    [{ pushTo: 5 }, ['pushTo: must be a string']],
    [{ pushTo: 'https://p.corp' }, ['pushTo: an image reference cannot have "https://": remove it']],
    [{ charts: { a: 1 } }, ['charts.a: must be a string']],
    [{ charts: [] }, ['charts: must be a map']],
    [
      {
        charts: { 'https://a.example.com': 'r.example.com/charts', 'b.example.com': 'oci://r.example.com/b' },
      },
      [
        'charts.https://a.example.com: must lead to an address with its scheme, such as oci://r.example.com/charts',
        'charts.b.example.com: must be an address with its scheme, such as https://b.example.com',
      ],
    ],
  ];
  for (const [value, expected] of types) {
    it(`reports ${JSON.stringify(value)}`, () => assert.deepEqual(mistakes(value), expected));
  }

  const fields: readonly (readonly [rule: object, expected: string])[] = [
    [{ source: '' }, 'rules.0.source: must not be empty'],
    [
      { source: 'istio/pilot' },
      'rules.0.source: "istio/pilot" does not name a registry: write "docker.io/istio/pilot"',
    ],
    [{ source: 'docker.io/' }, 'rules.0.source: "docker.io/" ends in "/": remove it'],
    [{ source: '*.' }, 'rules.0.source: "*." is not a wildcard: write "*.example.com"'],
    [
      { source: 'ghcr.io/*' },
      'rules.0.source: "*" is not a valid part of a path: use lower-case letters and digits, with ".", "_", "__" or "-" only between them',
    ],
    [
      { target: 'acme' },
      'rules.0.target: "acme" is read as a path on Docker Hub: write the registry\'s full host',
    ],
    [{ target: '' }, 'rules.0.target: must not be empty'],
    [{ target: 'r.corp/' }, 'rules.0.target: "//" leaves an empty part: write one "/"'],
    [{ target: 'https://r.corp' }, 'rules.0.target: an image reference cannot have "https://": remove it'],
    [
      { target: 'r.corp/{image}' },
      'rules.0.target: "{image}" is not a placeholder: use {registry}, {path}, {namespace}, {name}, {flat}',
    ],
    [
      { target: 'r.corp/{namespace}' },
      'rules.0.target: a target with {namespace} needs {name}, or all images of a namespace become one',
    ],
    [
      { target: '{registry}/{path}' },
      'rules.0.target: the target must name your own registry, not {registry} alone',
    ],
    [{ path: 'lats' }, 'rules.0.path: must be one of keep, last, flat'],
    [{ library: true }, 'rules.0.library: must be one of keep, strip'],
    [{ separator: '/' }, 'rules.0.separator: the separator must be ".", "_", "__" or dashes'],
    [
      { images: { 'a:1': 'r.corp/a' } },
      'rules.0.images.a:1: the tag "1" does not belong in the repository: move it to the tag',
    ],
    [{ images: { a: 'b' } }, 'rules.0.images.a: "b" names only a registry: a path must follow'],
  ];
  for (const [rule, expected] of fields) {
    it(`reports the rule ${JSON.stringify(rule)}`, () => assert.deepEqual(ruleMistakes(rule), [expected]));
  }

  it('keeps the rest usable', () => {
    const rules = [
      { source: 'docker.io', target: 'r.corp', path: 'wrong' },
      { source: 'index.docker.io', target: 'q.corp' },
      { source: 'ghcr.io' },
    ];
    const { policy, problems } = parsePolicy({ rules, private: ['r.corp', 7] });
    assert.deepEqual(policy, { rules: [mirrorRule('docker.io', 'r.corp')], private: ['r.corp'] });
    assert.deepEqual(
      problems.map(({ path }) => path.join('.')),
      ['rules.0.path', 'rules.1.source', 'rules.2', 'private.1'],
    );
  });
});
