import { rules } from '../rules/index.ts';
import type { Path } from '../yaml/nodes.ts';

/** A part of a JSON schema, draft 7. */
export interface SettingSchema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: boolean | SettingSchema;
  readonly required?: readonly string[];
  readonly items?: SettingSchema;
  readonly enum?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
}

/** What the project file can hold, by its key; most of it can also be set in VS Code. */
export interface ProjectKeys {
  readonly release: SettingSchema;
  readonly registry: SettingSchema;
  readonly stacks: SettingSchema;
  readonly rules: SettingSchema;
  readonly suppressions: SettingSchema;
  readonly generators: SettingSchema;
}

/** `releases`: those that are known, the newest first. */
export function projectKeys(releases: readonly string[]): ProjectKeys {
  return {
    release: release(releases),
    registry: registry(),
    stacks: stacks(releases),
    rules: severities(),
    suppressions: suppressions(),
    generators: generators(),
  };
}

/** What the project file can hold at a path; `undefined`: nothing is known of it. */
export function projectKeyAt(releases: readonly string[], path: Path): SettingSchema | undefined {
  let current: SettingSchema | undefined = { properties: { ...projectKeys(releases) } };
  for (const step of path) {
    if (typeof step === 'number') current = current?.items;
    else current = Object.hasOwn(current?.properties ?? {}, step) ? current?.properties?.[step] : undefined;
  }
  return current;
}

function release(releases: readonly string[]): SettingSchema {
  return {
    description:
      'The deployKF release that the values are for. Without it, the newest known release is used.',
    type: 'string',
    examples: releases,
  };
}

function registry(): SettingSchema {
  return {
    description:
      'The registry policy: where public images are mirrored to. Without it, public images are not reported.',
    type: 'object',
    additionalProperties: false,
    properties: {
      rules: {
        description: 'From public to private registries. The longest matching source wins.',
        type: 'array',
        items: mirrorRule(),
        default: [],
      },
      private: {
        description:
          'Registries and repository prefixes that count as private in addition to the targets of the rules.',
        type: 'array',
        items: { type: 'string', examples: ['registry.example.com', '*.example.com'] },
        default: [],
      },
      credentials: {
        description:
          'Registries and repository prefixes that ask for credentials. Pods that pull from them without a pull secret are reported.',
        type: 'array',
        items: { type: 'string', examples: ['registry.example.com'] },
        default: [],
      },
      caches: {
        description:
          'Registries and repository prefixes that fill themselves from upstream when an image is pulled. They are not asked for layers.',
        type: 'array',
        items: { type: 'string', examples: ['registry.example.com/proxy'] },
        default: [],
      },
      pushTo: {
        description: 'The host that images are pushed to, if it is not the one that Pods pull from.',
        type: 'string',
        examples: ['push.example.com'],
      },
      charts: {
        description: 'Helm repository URL to its private URL; null accepts the public one.',
        type: 'object',
        additionalProperties: { type: ['string', 'null'] },
      },
    },
    examples: [{ rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] }],
  };
}

function mirrorRule(): SettingSchema {
  return {
    type: 'object',
    required: ['source', 'target'],
    additionalProperties: false,
    properties: {
      source: {
        description:
          'A registry or repository prefix, "*.example.com" for sub-domains, or "*" for everything.',
        type: 'string',
        examples: ['docker.io', 'ghcr.io/deploykf', '*'],
      },
      target: {
        description:
          'What the prefix becomes, or a template with {registry}, {path}, {namespace}, {name} and {flat}. null accepts the images as public.',
        type: ['string', 'null'],
        examples: ['registry.example.com', 'registry.example.com/{registry}/{path}'],
      },
      path: {
        description: 'What to keep of the path: all of it, its last part, or all on one level.',
        enum: ['keep', 'last', 'flat'],
        default: 'keep',
      },
      library: {
        description: 'Whether official images of Docker Hub keep "library/".',
        enum: ['keep', 'strip'],
        default: 'keep',
      },
      separator: {
        description: 'What replaces "/" in a flat path.',
        type: 'string',
        pattern: '^(?:[._]|__|-+)$',
        default: '-',
      },
      images: {
        description: 'Fixed renames: public repository to private repository. They win over every prefix.',
        type: 'object',
        additionalProperties: { type: 'string' },
      },
    },
  };
}

function stacks(releases: readonly string[]): SettingSchema {
  return {
    description: 'The deployments. Values files that are not in a stack are checked one by one.',
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'values'],
      additionalProperties: false,
      properties: {
        name: {
          description: 'The unique name of the stack, as findings show it.',
          type: 'string',
          minLength: 1,
        },
        release: release(releases),
        values: {
          description:
            'The values files, weakest first. Paths are relative to the folder of the project file or, in the settings, to the workspace folder.',
          type: 'array',
          minItems: 1,
          items: { type: 'string' },
        },
      },
    },
  };
}

function generators(): SettingSchema {
  return {
    description:
      'The generators of forks and of releases that are not known here: a folder or .zip with default_values.yaml, by the release that stacks name. Relative to the folder of the project file.',
    type: 'object',
    additionalProperties: { type: 'string', minLength: 1 },
    examples: [{ '0.1.5-acme': '../deploykf/generator' }],
  };
}

function suppressions(): SettingSchema {
  const codes = rules.map(({ code }) => code).sort();
  return {
    description: 'What is not reported, and why. Without path and image, nothing of the rule is.',
    type: 'array',
    items: {
      type: 'object',
      required: ['code', 'reason'],
      additionalProperties: false,
      properties: {
        code: { description: 'The code of the rule.', enum: codes },
        path: {
          description: 'Only at this value path and below it.',
          type: 'string',
          minLength: 1,
          examples: ['kubeflow_tools.pipelines'],
        },
        image: {
          description: 'Only for this image, with its tag or without.',
          type: 'string',
          minLength: 1,
          examples: ['docker.io/istio/proxyv2'],
        },
        reason: { description: 'Why, for the next reader.', type: 'string', minLength: 1 },
        until: {
          description: 'The last day that it holds for. After it, the entry is reported.',
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          examples: ['2026-12-31'],
        },
      },
    },
    default: [],
  };
}

function severities(): SettingSchema {
  const severity = { enum: ['error', 'warning', 'info', 'hint', 'off'] };
  const sorted = rules.toSorted((left, right) => (left.code < right.code ? -1 : 1));
  return {
    description: 'Severities of individual rules, or `off` to disable them.',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      sorted.map(rule => [
        rule.code,
        { description: `${rule.doc.summary}. Default: ${rule.severity}.`, ...severity },
      ]),
    ),
  };
}
