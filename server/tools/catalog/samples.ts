import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareReleases } from '../../src/core/catalog/release.ts';
import type { Value } from '../../src/core/catalog/types.ts';
import { anchorsOf, firstDocument } from '../../src/core/yaml/lookup.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { isRecord, valueOf } from '../../src/core/yaml/value.ts';

/** The values of upstream's sample files, by release and name, as they are at the release's tag. */
export type Samples = Readonly<Record<string, Readonly<Record<string, Value>>>>;

const names = ['sample-values.yaml', 'sample-values-overrides.yaml'];

/** The samples that are beside a `default_values.yaml`: their values, without their comments. */
export function readSamples(defaultsFile: string): Readonly<Record<string, Value>> {
  const samples: Record<string, Value> = {};
  for (const name of names) {
    const path = join(dirname(defaultsFile), name);
    if (!existsSync(path)) continue;
    const root = firstDocument(parseYaml(readFileSync(path, 'utf8')));
    const value = valueOf(root, anchorsOf(root));
    if (isRecord(value)) samples[name] = value;
  }
  return samples;
}

/** JSON with one line per sample. */
export function formatSamples(samples: Samples): string {
  const lines = Object.keys(samples)
    .toSorted(compareReleases)
    .map(release => {
      const files = Object.entries(samples[release] ?? {}).map(
        ([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
      );
      return `${JSON.stringify(release)}: {\n${files.join(',\n')}\n}`;
    });
  return `{\n${lines.join(',\n')}\n}\n`;
}
