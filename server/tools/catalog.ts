import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareReleases } from '../src/core/catalog/release.ts';
import { buildCatalog } from './catalog/build.ts';
import { factsFor, readFactFiles, type FactFiles } from './catalog/facts.ts';
import { formatCatalog, formatList } from './catalog/format.ts';
import { formatShipped, shippedReleases } from './catalog/shipped.ts';
import { formatSamples, readSamples, type Samples } from './catalog/samples.ts';
import { readCatalog, reviewRelease } from './catalog/review.ts';

const factsDirectory = new URL('facts/', import.meta.url);
const catalogDirectory = fileURLToPath(new URL('../catalog/', import.meta.url));

const usage = `Usage: npm run catalog -- RELEASE FILE        one release from its default_values.yaml
       npm run catalog -- --defaults-dir DIR   all releases of DIR/<release>/default_values.yaml
The directory may also be named by DEPLOYKF_DEFAULTS_DIR.`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const sources = sourcesOf(args);
  if (sources === undefined) {
    console.error(usage);
    return 2;
  }
  const files = readFactFiles(factsDirectory);
  const mismatches = sources.map(source => generate(source, files));
  writeSamples(sources);
  writeFileSync(join(catalogDirectory, 'retired.json'), `${formatList(files.retired)}\n`);
  writeFileSync(join(catalogDirectory, 'shipped.ts'), formatShipped(shippedReleases(catalogDirectory)));
  return mismatches.some(count => count > 0) ? 1 : 0;
}

/** Those of other releases stay. */
function writeSamples(sources: readonly Source[]): void {
  const path = join(catalogDirectory, 'samples.json');
  const samples: Record<string, Samples[string]> = existsSync(path)
    ? { ...(JSON.parse(readFileSync(path, 'utf8')) as Samples) }
    : {};
  for (const { release, file } of sources) {
    const found = readSamples(file);
    if (Object.keys(found).length > 0) samples[release] = found;
  }
  writeFileSync(path, formatSamples(samples));
}

interface Source {
  readonly release: string;
  readonly file: string;
}

function sourcesOf(args: readonly string[]): readonly Source[] | undefined {
  const [first, second] = args;
  if (first !== undefined && second !== undefined && !first.startsWith('-'))
    return [{ release: first, file: second }];
  const directory =
    first === '--defaults-dir'
      ? second
      : first === undefined
        ? process.env['DEPLOYKF_DEFAULTS_DIR']
        : undefined;
  if (directory === undefined) return undefined;
  return readdirSync(directory)
    .map(release => ({ release, file: join(directory, release, 'default_values.yaml') }))
    .filter(source => existsSync(source.file))
    .toSorted((left, right) => compareReleases(left.release, right.release));
}

/** The number of mismatches between the release's values and our facts. */
function generate({ release, file }: Source, files: FactFiles): number {
  const facts = factsFor(release, files);
  const { catalog, mismatches } = buildCatalog(readFileSync(file, 'utf8'), facts);
  writeFileSync(join(catalogDirectory, `${release}.json`), formatCatalog(catalog));
  console.log(
    `${release}: ${catalog.images.length} image values, ${catalog.hiddenImages.length} hidden images`,
  );
  const before = facts.reviewed ? undefined : readCatalog(catalogDirectory, files.reviewed, release);
  const review = before === undefined ? mismatches : [...mismatches, ...reviewRelease(before, catalog)];
  for (const line of review) console.log(`  review: ${line}`);
  return mismatches.length;
}
