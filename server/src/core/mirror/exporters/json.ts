import { printableJson } from '../../text/printable.ts';
import type { Exporter } from './exporter.ts';

/** The copies alone, for programs of one's own; `--format json` has the whole plan. */
export const json: Exporter = {
  name: 'json',
  summary: 'a list of sources and targets as JSON',
  language: 'json',
  write: ({ copies }) => {
    const items = copies.map(copy => ({
      source: copy.source,
      target: copy.target ?? null,
      pushTarget: copy.pushTarget ?? null,
      class: copy.class,
      component: copy.component,
      paths: copy.paths,
    }));
    return { kind: 'written', text: `${printableJson(JSON.stringify(items, null, 2))}\n` };
  },
};
