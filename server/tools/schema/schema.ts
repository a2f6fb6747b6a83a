import { projectKeys, type SettingSchema } from '../../src/core/workspace/projectKeys.ts';
import { Catalogs } from '../../src/host/catalogs.ts';

type Schema = Readonly<Record<string, unknown>>;

const keys = projectKeys(new Catalogs().releases.toReversed());

/** The JSON schema of `.deploykf-values.yaml`. */
export function projectSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'deployKF Values project',
    description: 'Which values files make a deployKF deployment, and which registry its images come from.',
    type: 'object',
    additionalProperties: false,
    properties: keys,
  };
}

/** The settings of VS Code: those of the project file, and where the log goes. */
export function settings(): Schema {
  const over = 'The project file `.deploykf-values.yaml` wins over this setting.';
  const setting = (schema: SettingSchema, fallback: unknown): Schema => {
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
    'deploykf.release': setting(keys.release, null),
    'deploykf.registry': setting(keys.registry, null),
    'deploykf.stacks': setting(keys.stacks, []),
    'deploykf.rules': setting(keys.rules, {}),
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
    'deploykf.yaml.symbols': beside('The outline, breadcrumbs and sticky scroll of values files.'),
    'deploykf.yaml.syntax': beside('What does not parse as YAML, and keys that are there twice.'),
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

/** Something that Red Hat's YAML extension says of any YAML as well. */
function beside(description: string): Schema {
  return {
    markdownDescription: `${description} With \`auto\`, this is left to Red Hat's YAML extension where that is enabled.`,
    type: 'string',
    enum: ['auto', 'on', 'off'],
    default: 'auto',
    scope: 'resource',
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
