// tsx server/tools/l10n.ts, a part of npm run generate: writes l10n/bundle.l10n.json, what a translation of the client begins with.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { clientTexts, type ClientTexts } from './l10n/clientTexts.ts';

const clientFolder = fileURLToPath(new URL('../../client/src/', import.meta.url));
const bundleFile = fileURLToPath(new URL('../../l10n/bundle.l10n.json', import.meta.url));

/** The texts of each source file of the client, by its path in `client/src/`, sorted. */
export function readClientTexts(): ReadonlyMap<string, ClientTexts> {
  const files = readdirSync(clientFolder, { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort();
  return new Map(
    files.map(file => [file, clientTexts(file, readFileSync(join(clientFolder, file), 'utf8'))] as const),
  );
}

/** `l10n/bundle.l10n.json` as it should be. */
export async function printBundle(): Promise<string> {
  const messages = [...readClientTexts().values()].flatMap(texts => texts.messages).toSorted();
  const bundle = Object.fromEntries(messages.map(message => [message, message]));
  const config = await resolveConfig(bundleFile);
  return format(JSON.stringify(bundle), { ...config, filepath: bundleFile });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, await printBundle());
}
