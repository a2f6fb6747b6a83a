import { rules } from '../../src/core/rules/index.ts';
import { Catalogs } from '../../src/host/catalogs.ts';

type Schema = Readonly<Record<string, unknown>>;

const releases = new Catalogs().releases.toReversed();

/** The JSON schema of `.deploykf-values.yaml`. */
export function projectSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'deployKF Values project',
    description: 'Which values files make a deployKF deployment, and which registry its images come from.',
    type: 'object',
    additionalProperties: false,
    properties: {
      release: release(),
      registry: registry(),
      stacks: stacks(),
      rules: severities(),
      suppressions: suppressions(),
      generators: generators(),
    },
  };
}

/** The settings of VS Code: those of the project file, and where the log goes. */
export function settings(): Schema {
  const over = 'The project file `.deploykf-values.yaml` wins over this setting.';
  const setting = (schema: Schema, fallback: unknown): Schema => {
    const { description, type, ...rest } = schema;
    const types = fallback === null ? [type, 'null'] : type;
    return {
      markdownDescription: `${String(description)} ${over}`,
      type: types,
      ...rest,
      default: fallback,
      scope: 'resource',
    };
  };
  return {
    'deploykf.release': setting(release(), null),
    'deploykf.registry': setting(registry(), null),
    'deploykf.stacks': setting(stacks(), []),
    'deploykf.rules': setting(severities(), {}),
    'deploykf.generators': {
      markdownDescription:
        'The generators of releases that this extension does not know: a folder or `.zip` with `default_values.yaml`, by release. The cache in `~/.deploykf/assets` is always searched, too, and `generators` of the project file comes first.',
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      scope: 'machine',
    },
    'deploykf.codeLens.enabled': shown(
      'Says above each component of a values file how many of its images are private, with a click to rewrite the others, and on the first line the same of each stack, with a click to its mirror plan.',
    ),
    'deploykf.inlayHints.enabled': shown(
      'Shows the tag that is pulled where a tag is left open, and after a repository whose tag is set elsewhere. A double click writes one that is known for sure.',
    ),
    'deploykf.rendered.codeLens': shown(
      'Says on the first line of a Kubernetes manifest how its images stand to the plan of the mirror. Only manifests that name an image of a deployKF stack of the workspace have it.',
    ),
    ...verifySettings,
    'deploykf.trace.server': {
      description: 'Logs the messages between VS Code and the language server.',
      type: 'string',
      enum: ['off', 'messages', 'verbose'],
      default: 'off',
      scope: 'window',
    },
  };
}

/** Something that editors show beside the text, unless the user does not want it. */
function shown(description: string): Schema {
  return { description, type: 'boolean', default: true, scope: 'resource' };
}

function release(): Schema {
  return {
    description:
      'The deployKF release that the values are for. Without it, the newest known release is used.',
    type: 'string',
    examples: releases,
  };
}

function registry(): Schema {
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

function mirrorRule(): Schema {
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

function stacks(): Schema {
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
        release: release(),
        values: {
          description:
            'The values files, weakest first. Paths are relative to the folder of the project file.',
          type: 'array',
          minItems: 1,
          items: { type: 'string' },
        },
      },
    },
  };
}

function generators(): Schema {
  return {
    description:
      'The generators of forks and of releases that are not known here: a folder or .zip with default_values.yaml, by the release that stacks name. Relative to the folder of the project file.',
    type: 'object',
    additionalProperties: { type: 'string', minLength: 1 },
    examples: [{ '0.1.5-acme': '../deploykf/generator' }],
  };
}

function suppressions(): Schema {
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

function severities(): Schema {
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

/** How registries are asked: of the machine, since a workspace may not choose what is trusted. */
const verifySettings: Schema = {
  'deploykf.verify.registryCa': {
    markdownDescription:
      'The path of a PEM file with the certificate of an authority that **Verify Mirror** trusts besides those of VS Code and of `/etc/docker/certs.d`.',
    type: 'string',
    default: '',
    scope: 'machine',
  },
  'deploykf.verify.plainHttp': {
    description: 'Registries that Verify Mirror asks without TLS. Those on this machine need not be named.',
    type: 'array',
    items: { type: 'string' },
    default: [],
    scope: 'machine',
  },
  'deploykf.verify.platform': {
    markdownDescription:
      'The only platform that has to be in the registry, such as `linux/amd64`. By default all that an image is for.',
    type: 'string',
    default: '',
    scope: 'machine',
  },
};
