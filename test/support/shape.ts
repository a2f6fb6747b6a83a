/** A JSON value's exact form: every key must be there, and no other. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | { readonly is: unknown }
  | { readonly list: Shape }
  | { readonly either: readonly Shape[] }
  | { readonly keys: Readonly<Record<string, Shape>>; readonly optional?: Readonly<Record<string, Shape>> };

export const orNull = (shape: Shape): Shape => ({ either: [{ is: null }, shape] });

/** Where a value differs from its shape; `undefined`: it does not. */
export function shapeProblem(value: unknown, shape: Shape, path = '$'): string | undefined {
  if (shape === 'any') return undefined;
  if (typeof shape === 'string')
    return typeof value === shape ? undefined : `${path} is no ${shape}: ${JSON.stringify(value)}`;
  if ('is' in shape)
    return value === shape.is ? undefined : `${path} is not ${String(shape.is)}: ${JSON.stringify(value)}`;
  if ('either' in shape) {
    const problems = shape.either.map(one => shapeProblem(value, one, path));
    return problems.includes(undefined) ? undefined : problems.join(' and ');
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return `${path} is no list`;
    return value
      .map((item, index) => shapeProblem(item, shape.list, `${path}[${index}]`))
      .find(problem => problem !== undefined);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no map`;
  const entries = new Map(Object.entries(value));
  const known = { ...shape.keys, ...shape.optional };
  const surplus = [...entries.keys()].find(key => !(key in known));
  if (surplus !== undefined) return `${path} has the unknown key ${surplus}`;
  const missing = Object.keys(shape.keys).find(key => !entries.has(key));
  if (missing !== undefined) return `${path} lacks ${missing}`;
  return [...entries]
    .map(([key, item]) => shapeProblem(item, known[key] ?? 'any', `${path}.${key}`))
    .find(problem => problem !== undefined);
}

const position: Shape = { keys: { line: 'number', character: 'number' } };
const range: Shape = { keys: { start: position, end: position } };
const origin: Shape = orNull({ keys: { file: 'string', range } });
const severity: Shape = { either: ['error', 'warning', 'info', 'hint'].map(is => ({ is })) };

export const checkShape: Shape = {
  keys: {
    schema: { is: 1 },
    findings: {
      list: {
        keys: {
          code: 'string',
          severity,
          message: 'string',
          file: 'string',
          range,
          stacks: { list: 'string' },
          fixes: { list: 'string' },
          path: orNull('string'),
        },
      },
    },
    files: 'number',
  },
};

export const imageShape: Shape = {
  keys: {
    path: 'string',
    override: orNull('string'),
    form: { either: ['map', 'string', 'item'].map(is => ({ is })) },
    component: 'string',
    enabled: 'boolean',
    repository: orNull('string'),
    tag: orNull('string'),
    resolvedTag: orNull('string'),
    tagFrom: { either: ['values', 'release', 'rule', 'unknown'].map(is => ({ is })) },
    reference: orNull('string'),
    state: { either: ['private', 'public', 'accepted'].map(is => ({ is })) },
    target: orNull('string'),
    origin: { keys: { repository: origin, tag: origin } },
    retired: orNull({
      keys: {
        since: 'string',
        replacement: orNull('string'),
        status: 'string',
        message: 'string',
        url: 'string',
      },
    }),
    retiredUpstream: orNull({
      keys: {
        since: 'string',
        replacement: orNull('string'),
        status: 'string',
        message: 'string',
        url: 'string',
      },
    }),
  },
};

const releaseFrom: Shape = {
  either: ['named', 'output', 'name', 'script', 'keys', 'newest'].map(is => ({ is })),
};

export const imagesShape: Shape = {
  keys: {
    schema: { is: 1 },
    stack: 'string',
    release: 'string',
    releaseFrom,
    images: { list: imageShape },
    hidden: {
      list: {
        keys: {
          reference: 'string',
          component: 'string',
          enabled: 'boolean',
          where: 'string',
          deployed: 'string',
          class: { either: ['runtime', 'example', 'opt-in'].map(is => ({ is })) },
          target: orNull('string'),
          choices: { list: 'string' },
          changedBy: orNull('string'),
        },
      },
    },
    plugin: { list: { keys: { reference: 'string', variant: 'string', where: 'string' } } },
  },
};

export const explainShape: Shape = {
  keys: {
    schema: { is: 1 },
    path: 'string',
    release: 'string',
    releaseFrom,
    effective: 'any',
    layers: { list: { keys: { file: 'string', value: 'any' }, optional: { range } } },
    image: orNull(imageShape),
  },
};

export const lookupShape: Shape = {
  keys: {
    schema: { is: 1 },
    images: {
      list: {
        keys: {
          image: 'string',
          namespace: orNull('string'),
          notPulled: orNull('string'),
          stacks: {
            list: {
              keys: {
                stack: 'string',
                release: 'string',
                releaseFrom,
                upstream: orNull('string'),
                retired: orNull('string'),
                uses: {
                  list: {
                    keys: {
                      kind: { either: ['value', 'hidden', 'plugin'].map(is => ({ is })) },
                      path: orNull('string'),
                      component: orNull('string'),
                      deployed: 'boolean',
                      where: orNull('string'),
                      relation: 'string',
                      reference: orNull('string'),
                      tag: 'string',
                      origin,
                      override: origin,
                      pullSecret: orNull({
                        keys: { state: 'string', secrets: { list: 'string' }, reason: 'string' },
                      }),
                    },
                  },
                },
                nearest: { list: { keys: { path: orNull('string'), reference: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
};

export const fixShape: Shape = {
  keys: {
    schema: { is: 1 },
    edits: { list: { keys: { file: 'string', edits: { list: { keys: { range, newText: 'string' } } } } } },
    remaining: 'number',
  },
};

export const pullSecretsShape: Shape = {
  keys: {
    schema: { is: 1 },
    release: 'string',
    rendered: 'boolean',
    reason: orNull('string'),
    fails: 'boolean',
    refused: orNull('string'),
    templated: 'boolean',
    excluded: { list: 'string' },
    namespaces: {
      list: { keys: { name: 'string', receives: 'boolean', by: orNull('string'), exists: 'boolean' } },
    },
    clones: {
      list: {
        keys: { index: 'number', existingSecret: orNull('string'), existingSecretNamespace: 'string' },
      },
    },
    coverage: {
      list: {
        keys: {
          namespace: 'string',
          images: 'number',
          secrets: { list: { keys: { secret: 'string', cover: 'string' } } },
        },
      },
    },
    chartValues: 'any',
  },
};

const charts: Shape = {
  list: {
    keys: {
      name: 'string',
      version: 'string',
      repository: 'string',
      target: orNull('string'),
      paths: { list: 'string' },
    },
  },
};
const unresolved: Shape = {
  list: { keys: { reference: 'string', reason: 'string', paths: { list: 'string' } } },
};

export const mirrorShape: Shape = {
  keys: {
    schema: { is: 1 },
    stack: 'string',
    release: 'string',
    copies: {
      list: {
        keys: {
          source: 'string',
          target: orNull('string'),
          pushTarget: orNull('string'),
          digest: { is: null },
          platforms: { is: null },
          class: { either: ['deployed', 'runtime', 'example', 'opt-in', 'plugin'].map(is => ({ is })) },
          paths: { list: 'string' },
          component: 'string',
          hidden: 'boolean',
          choices: { list: 'string' },
          reason: 'string',
          retired: orNull('string'),
          replaces: orNull('string'),
        },
      },
    },
    charts,
    files: { list: { keys: { name: 'string' } } },
    unresolved,
    refused: { list: 'string' },
  },
};

export const renderedShape: Shape = {
  keys: {
    schema: { is: 1 },
    images: {
      list: {
        keys: {
          image: orNull('string'),
          written: 'string',
          file: 'string',
          kind: 'string',
          name: 'string',
          namespace: orNull('string'),
          path: 'string',
          inner: { list: 'string' },
          how: 'string',
          sure: { either: ['certain', 'likely', 'possible'].map(is => ({ is })) },
          plan: {
            either: ['same', 'other-tag', 'other-digest', 'unknown', 'missing', 'public'].map(is => ({ is })),
          },
          values: { list: 'string' },
          hidden: 'boolean',
        },
        optional: { line: 'number', digest: orNull('string'), notPulled: orNull('string') },
      },
    },
    notRendered: { list: 'string' },
  },
};

const upgradeImages: Shape = {
  list: { keys: { image: 'string', source: 'string', target: orNull('string'), paths: { list: 'string' } } },
};
const changedImages: Shape = {
  list: { keys: { paths: { list: 'string' }, from: 'string', to: 'string' } },
};

export const upgradeShape: Shape = {
  keys: {
    schema: { is: 1 },
    stack: 'string',
    from: 'string',
    to: 'string',
    added: upgradeImages,
    removed: upgradeImages,
    same: 'number',
    retagged: changedImages,
    renamed: changedImages,
    plugin: upgradeImages,
    charts,
    files: { list: { keys: { name: 'string' } } },
    unresolved,
    overrides: {
      list: {
        keys: {
          path: 'string',
          file: 'string',
          range,
          what: { either: ['removed', 'shape', 'ignored', 'pinned', 'default-moved'].map(is => ({ is })) },
          message: 'string',
        },
      },
    },
    verified: orNull({
      list: {
        keys: {
          target: orNull('string'),
          image: 'string',
          state: 'string',
          digest: orNull('string'),
          platforms: { list: 'string' },
          source: 'any',
          detail: 'string',
        },
      },
    }),
  },
};
