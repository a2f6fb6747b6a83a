import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A library that is in a bundle, and what its licence asks to be passed on. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest has it, such as `MIT`. */
  readonly licence: string;
  /** Of its licence and notice files, in the order of their names. */
  readonly texts: readonly string[];
}

/** The folders of the packages that something of is in the bundles, relative to the root, sorted. */
export function bundledFolders(metafiles: readonly Metafile[]): readonly string[] {
  const folders = new Set<string>();
  const outputs = metafiles.flatMap(metafile => Object.values(metafile.outputs));
  for (const [path, { bytesInOutput }] of outputs.flatMap(({ inputs }) => Object.entries(inputs))) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
  }
  return [...folders].sort();
}

const licenceFile = /^(?:licen[cs]es?|copying|notices?|third-?party-?notices?)(?:[.-].*)?$/i;

/** Reads a package from its folder. Throws where it has no text of a licence: then it must not be passed on. */
export function readPackage(folder: string): BundledPackage {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = textOf(manifest, 'name');
  const licence = textOf(manifest, 'license');
  const files = existsSync(folder) ? readdirSync(folder).filter(file => licenceFile.test(file)) : [];
  const texts = files.sort().map(file => readFileSync(join(folder, file), 'utf8').trim());
  if (licence === '') throw new Error(`${folder}/package.json does not name a licence`);
  if (!texts.some(text => text !== '')) throw new Error(`${folder} has no text of its licence`);
  return { name, version: textOf(manifest, 'version'), licence, texts };
}

function textOf(manifest: unknown, key: string): string {
  if (typeof manifest !== 'object' || manifest === null) return '';
  const value: unknown = Reflect.get(manifest, key);
  if (typeof value === 'string') return value;
  return '';
}

/** What is passed on with the bundles: each package with its licence. */
export function noticesText(packages: readonly BundledPackage[]): string {
  const head = [
    'This product contains the libraries below. Each is under its own licence, whose text follows its name.',
    '',
    ...packages.map(({ name, version, licence }) => `- ${name} ${version} (${licence})`),
  ].join('\n');
  const parts = packages.map(
    ({ name, version, licence, texts }) => `${name} ${version} (${licence})\n\n${texts.join('\n\n')}`,
  );
  const rule = `\n\n${'='.repeat(80)}\n\n`;
  return `${[head, ...parts].join(rule).replaceAll('\r\n', '\n')}\n`;
}
