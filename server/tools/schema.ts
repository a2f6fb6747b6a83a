// tsx server/tools/schema.ts, a part of npm run generate: writes into package.json the keys of the project file as settings, and
// the tools of agents, with their texts in package.nls.json.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { languageModelTools } from './schema/languageModelTools.ts';
import { withKeys, type ManifestTexts } from './schema/manifestTexts.ts';
import { settings } from './schema/schema.ts';

const manifestFile = fileURLToPath(new URL('../../package.json', import.meta.url));
const textsFile = fileURLToPath(new URL('../../package.nls.json', import.meta.url));

/** What the keys of the texts that are made here begin with; the others are written by hand. */
const prefixes = { settings: 'setting', tools: 'tool' } as const;

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

/** `package.json` as it should be. */
export async function printManifest(): Promise<string> {
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest;
  const { contributes } = manifest;
  const configuration = { ...contributes.configuration, properties: keyedSettings().part };
  const made = { configuration, languageModelTools: keyedTools().part };
  return print(manifestFile, { ...manifest, contributes: { ...contributes, ...made } });
}

/** `package.nls.json` as it should be. */
export async function printManifestTexts(): Promise<string> {
  const texts = JSON.parse(await readFile(textsFile, 'utf8')) as ManifestTexts;
  const isMade = (key: string): boolean =>
    Object.values(prefixes).some(prefix => key.startsWith(`${prefix}.`));
  const written = Object.entries(texts).filter(([key]) => !isMade(key));
  return print(textsFile, {
    ...Object.fromEntries(written),
    ...keyedSettings().texts,
    ...keyedTools().texts,
  });
}

function keyedSettings(): ReturnType<typeof withKeys> {
  return withKeys(settings(), prefixes.settings);
}

function keyedTools(): ReturnType<typeof withKeys> {
  return withKeys(languageModelTools(), prefixes.tools);
}

async function print(file: string, value: unknown): Promise<string> {
  const config = await resolveConfig(file);
  return format(JSON.stringify(value), { ...config, filepath: file });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(manifestFile, await printManifest());
  await writeFile(textsFile, await printManifestTexts());
}
