/** The JSON schema of `.deploykf-values.yaml`, which `npm run generate` makes. */
export { default as projectSchema } from '../../client/schemas/deploykf-values.schema.json' with { type: 'json' };
