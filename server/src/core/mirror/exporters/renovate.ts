import { copyPairs, isExported, type Exporter } from './exporter.ts';
import { nodeMappings, type NodeMapping } from './nodeMappings.ts';

const currentValue = '(?<currentValue>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})';

/** Managers of Renovate that look up new tags of private images where they come from. */
export const renovate: Exporter = {
  name: 'renovate',
  summary: 'managers for renovate.json that look up new tags upstream',
  language: 'json',
  write: plan => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const mappings = nodeMappings(plan, pairs);
    if ('kind' in mappings) return mappings;
    const description = 'deployKF: tags of mirrored images, looked up where they come from';
    const customManagers = mappings.map(mapping => managerOf(mapping, description));
    return { kind: 'written', text: `${JSON.stringify({ customManagers }, null, 2)}\n` };
  },
};

/** The repository with its tag in a map, in either order, and in one text. No lookahead: RE2 does not know it. */
function managerOf({ from, to }: NodeMapping, description: string): object {
  const isRegistry = !from.includes('/');
  const private_ = escaped(to);
  const repository = isRegistry ? `${private_}/(?<depName>[a-z0-9][a-z0-9._/-]*)` : `(?<depName>${private_})`;
  return {
    customType: 'regex',
    description,
    managerFilePatterns: ['/(^|/)[^/]*values[^/]*\\.ya?ml$/'],
    matchStrings: [
      `repository:\\s*["']?${repository}["']?\\s*,?\\s*tag:\\s*["']?${currentValue}`,
      `tag:\\s*["']?${currentValue}["']?\\s*,?\\s*repository:\\s*["']?${repository}["'\\s,}]`,
      `["'\\s]${repository}:${currentValue}`,
    ],
    datasourceTemplate: 'docker',
    packageNameTemplate: isRegistry ? `${from}/{{{depName}}}` : from,
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
