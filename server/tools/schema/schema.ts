import { projectKeys, type SettingSchema } from '../../src/core/workspace/projectKeys.ts';
import { Catalogs } from '../../src/host/catalogs.ts';

type Schema = Readonly<Record<string, unknown>>;

const releases = new Catalogs().releases.toReversed();
const keys = projectKeys(releases);

/** The settings of VS Code in the order in which it shows them: those of the project file, what is shown, how registries are asked, the log. */
export function settings(): Schema {
  const ordered = Object.entries(unorderedSettings()).map(([name, schema], index) => {
    return [name, { order: index + 1, ...schema }];
  });
  return Object.fromEntries(ordered) as Schema;
}

function unorderedSettings(): Readonly<Record<string, Schema>> {
  const over = 'The project file `.deploykf-values.yaml` wins over this setting.';
  const setting = (schema: SettingSchema, fallback: unknown, more: string): Schema => {
    const { description, type, ...rest } = schema;
    const types = fallback === null ? [type, 'null'] : type;
    return {
      markdownDescription: [description, more, over].filter(Boolean).join(' '),
      type: types,
      ...rest,
      default: fallback,
      scope: 'resource',
    };
  };
  return {
    'deploykf.release': {
      ...setting(
        keys.release,
        null,
        'A stack of `#deploykf.stacks#` may have a release of its own. Releases that are not listed, such as those of `#deploykf.generators#`, can be named there and in the project file.',
      ),
      ...choiceOfReleases(),
    },
    'deploykf.stacks': setting(keys.stacks, [], 'Those without a release are for `#deploykf.release#`.'),
    'deploykf.registry': setting(
      keys.registry,
      null,
      'The command **Rewrite to a Private Registry…** writes it into the project file. How grave public images are is said by `#deploykf.rules#`.',
    ),
    'deploykf.rules': {
      ...setting(keys.rules, {}, ''),
      markdownDescription: `How grave the findings of a rule are, or \`off\` to have none. ${over}`,
      properties: severities(),
    },
    'deploykf.generators': {
      markdownDescription:
        'The generators of releases that this extension does not know: a folder or `.zip` with `default_values.yaml`, by the release that `#deploykf.stacks#` or the project file names. The cache in `~/.deploykf/assets` is always searched, too, and `generators` of the project file comes first.',
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      scope: 'machine',
    },
    ...shownSettings(),
    ...verifySettings,
    'deploykf.trace.server': {
      markdownDescription:
        'The messages between VS Code and the language server in the log, which the command **Show the Log** opens.',
      type: 'string',
      enum: ['off', 'messages', 'verbose'],
      enumDescriptions: [
        'None',
        'Their names, and how long answers took',
        'Their texts as well, which may hold what files hold. Nothing that has a password is read meanwhile',
      ],
      default: 'off',
      scope: 'window',
    },
  };
}

/** What is shown, and what is left to others. */
function shownSettings(): Readonly<Record<string, Schema>> {
  return {
    'deploykf.codeLens.enabled': shown(
      'Says above each component of a values file how many of its images are private, with a click to rewrite the others, and on the first line the same of each stack, with a click to its mirror plan. `#editor.codeLens#` is for all lenses, `#deploykf.rendered.codeLens#` for those of manifests.',
    ),
    'deploykf.inlayHints.enabled': shown(
      'Shows the tag that is pulled where a tag is left open, and after a repository whose tag is set elsewhere. A double click writes one that is known for sure. `#editor.inlayHints.enabled#` is for all hints.',
    ),
    'deploykf.rendered.codeLens': shown(
      'Says on the first line of a Kubernetes manifest how its images stand to the plan of the mirror. Only manifests that name an image of a deployKF stack of the workspace have it. `#deploykf.codeLens.enabled#` is for values files.',
    ),
    'deploykf.yaml.symbols': beside('The outline, breadcrumbs and sticky scroll of values files.', ''),
    'deploykf.yaml.syntax': beside(
      'What does not parse as YAML, and keys that are there twice.',
      ' and `#yaml.validate#` is on',
    ),
  };
}

/** A drop-down of the known releases, the newest first, after none. */
function choiceOfReleases(): Schema {
  return {
    examples: undefined,
    enum: [null, ...releases],
    enumItemLabels: ['not set'],
    enumDescriptions: [
      `What files, scripts and Applications say, else ${releases[0] ?? ''}`,
      'The newest release that is known',
    ],
  };
}

/** A drop-down for each rule, in a table; VS Code has tables of texts alone. */
function severities(): Schema {
  const enumDescriptions = [
    'An error: images cannot be pulled, or deployKF fails',
    'A warning: something is likely not as it should be',
    'Only to know',
    'A hint: three dots below the text, not in the list of problems',
    'Not reported',
  ];
  const rules = Object.entries(keys.rules.properties ?? {});
  return Object.fromEntries(
    rules.map(([code, schema]) => [code, { ...schema, type: 'string', enumDescriptions }]),
  );
}

/** Something that editors show beside the text, unless the user does not want it. */
function shown(markdownDescription: string): Schema {
  return { markdownDescription, type: 'boolean', default: true, scope: 'resource' };
}

/** Something that Red Hat's YAML extension says of any YAML as well. `condition`: when it does, besides being enabled. */
function beside(description: string, condition: string): Schema {
  const left = `left to Red Hat's YAML extension where that is enabled${condition}`;
  return {
    markdownDescription: `${description} With \`auto\`, this is ${left}.`,
    type: 'string',
    enum: ['auto', 'on', 'off'],
    enumDescriptions: [
      "Unless Red Hat's YAML extension shows it",
      "Always, even where Red Hat's YAML extension shows it, too",
      'Never',
    ],
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
    markdownDescription:
      'Registries that **Verify Mirror** asks without TLS, as `host:port`. Those on this machine need not be named. For certificates of an authority of your own, set `#deploykf.verify.registryCa#` instead.',
    type: 'array',
    items: { type: 'string' },
    uniqueItems: true,
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
