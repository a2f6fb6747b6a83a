import { copyPairs, headerLines, isExported, refusedFor, type Exporter } from './exporter.ts';
import { yamlText } from './yamlText.ts';

/** The file of `regsync`. Its sources and targets are templates of Go. */
export const regsync: Exporter = {
  name: 'regsync',
  summary: 'the YAML file of regsync',
  language: 'yaml',
  hasPlatform: true,
  write: (plan, { platform }) => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const templates = pairs.filter(({ source, target }) => `${source} ${target}`.includes('{{'));
    if (templates.length > 0)
      return refusedFor(
        templates.map(({ source }) => `${source} has "{{", which regsync reads as a template`),
      );
    const header = [
      ...headerLines(plan),
      'regsync once -c FILE --missing, and regsync check -c FILE to see what differs.',
      'Logins are those of "docker login".',
    ];
    const sync = pairs.map(({ source, target }) => ({
      source,
      target,
      type: 'image',
      ...(platform !== undefined && { platform }),
    }));
    const defaults = { parallel: 2, ratelimit: { min: 20, retry: '15m' } };
    return { kind: 'written', text: yamlText(header, { version: 1, defaults, sync }) };
  },
};
