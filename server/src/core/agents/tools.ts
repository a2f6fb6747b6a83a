/** A JSON Schema that says what an agent may give to a tool: texts by name, and nothing else. */
export interface InputSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, InputText>>;
}

export interface InputText {
  readonly type: 'string';
  readonly description: string;
  /** In UTF-16 code units. */
  readonly maxLength: number;
  readonly enum?: readonly string[];
}

/** A tool of an agent, as MCP and VS Code declare it. */
export interface AgentTool {
  readonly name: AgentToolName;
  readonly title: string;
  /** For the model: when to call it, and what comes back. */
  readonly description: string;
  /** For people. */
  readonly summary: string;
  readonly inputSchema: InputSchema;
}

export type AgentToolName = 'deploykf_explain' | 'deploykf_images' | 'deploykf_check';

const stack: InputText = {
  type: 'string',
  description: 'A stack by its name. Needed only where there are several.',
  maxLength: 200,
};

const file: InputText = {
  type: 'string',
  description: 'A values file, relative to the folder: only the stacks that it is a layer of.',
  maxLength: 2000,
};

const component: InputText = {
  type: 'string',
  description: 'The value path of a component, such as kubeflow_tools.pipelines: only its images.',
  maxLength: 200,
};

const path: InputText = {
  type: 'string',
  description:
    'A value path, such as deploykf_core.deploykf_auth.images.dex or kubeflow_tools.pipelines.enabled. Give either this or image.',
  maxLength: 1000,
};

const image: InputText = {
  type: 'string',
  description:
    'An image in any spelling, or an event or Pod with images in it: the answer is the values that each comes from. Give either this or path.',
  maxLength: 100_000,
};

const severity: InputText = {
  type: 'string',
  description: 'Only findings at least this grave.',
  maxLength: 10,
  enum: ['error', 'warning', 'info', 'hint'],
};

const sources =
  'Each fact has the file and line of the layer that it is from, or the defaults of the release. What is not known is said to be so.';

/** In the order in which they are listed. */
export const agentTools: readonly AgentTool[] = [
  {
    name: 'deploykf_explain',
    title: 'Explain a deployKF Value or Image',
    description: `Says what the effective value at a path of deployKF values is after the merge of all layers, what each layer says, and for an image what is really pulled, why it has that tag, and whether it is private or gone. Or, for an image from a cluster, which values it comes from. ${sources} Use it instead of reading values files: they are merged over defaults that are not in the workspace.`,
    summary: 'What a value or image of deployKF is, and which layer and line set it',
    inputSchema: schemaOf({ path, image, stack, file }),
  },
  {
    name: 'deploykf_images',
    title: 'List the Images of a deployKF Stack',
    description: `Lists every image that a deployKF stack pulls, by component: value path, reference with its real tag, whether it is private, public or gone, whether its component is enabled; also those that no value can change. ${sources}`,
    summary: 'Every image of a deployKF stack with its real tag, and where it is set',
    inputSchema: schemaOf({ stack, file, component }),
  },
  {
    name: 'deploykf_check',
    title: 'Check deployKF Values',
    description:
      'Checks the deployKF values files of the workspace: public and missing images, tags, pull secrets, unknown values, stacks. Each finding has its file, line, column, rule, value path and the titles of its fixes. Use it after a change of values.',
    summary: 'The findings of deployKF values files, each with its file and line',
    inputSchema: schemaOf({ stack, file, severity }),
  },
];

function schemaOf(properties: InputSchema['properties']): InputSchema {
  return { type: 'object', additionalProperties: false, properties };
}
