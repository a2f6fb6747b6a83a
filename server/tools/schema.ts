// tsx server/tools/schema.ts, a part of npm run generate: writes the schema of the project file, and into package.json the same as settings
// and the tools of agents.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { languageModelTools } from './schema/languageModelTools.ts';
import { projectSchema, settings } from './schema/schema.ts';

const schemaFile = fileURLToPath(
  new URL('../../client/schemas/deploykf-values.schema.json', import.meta.url),
);
const manifestFile = fileURLToPath(new URL('../../package.json', import.meta.url));

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

/** The schema's file as it should be. */
export async function printSchema(): Promise<string> {
  return print(schemaFile, projectSchema());
}

/** `package.json` as it should be. */
export async function printManifest(): Promise<string> {
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest;
  const { contributes } = manifest;
  const configuration = { ...contributes.configuration, properties: settings() };
  const made = { configuration, languageModelTools: languageModelTools() };
  return print(manifestFile, { ...manifest, contributes: { ...contributes, ...made } });
}

async function print(file: string, value: unknown): Promise<string> {
  const config = await resolveConfig(file);
  return format(JSON.stringify(value), { ...config, filepath: file });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mkdir(dirname(schemaFile), { recursive: true });
  await writeFile(schemaFile, await printSchema());
  await writeFile(manifestFile, await printManifest());
}
