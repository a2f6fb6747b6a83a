import { projectKeys, type ProjectKeys } from '../workspace/projectKeys.ts';

/** A JSON Schema, draft 7. */
export interface ProjectSchema {
  readonly [keyword: string]: unknown;
  readonly properties: ProjectKeys;
}

/** The JSON Schema of `.deploykf-values.yaml`. `releases`: those that are known, the newest first. */
export function projectSchema(releases: readonly string[]): ProjectSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'deployKF Values project',
    description: 'Which values files make a deployKF deployment, and which registry its images come from.',
    type: 'object',
    additionalProperties: false,
    properties: projectKeys(releases),
  };
}
