import type { Exporter } from './exporter.ts';

/** One image on each line; the form that most tools take. */
export const list: Exporter = {
  name: 'list',
  summary: 'the images, one on each line',
  language: 'plaintext',
  write: ({ copies }) => ({
    kind: 'written',
    text: [...new Set(copies.map(({ source }) => source))].map(source => `${source}\n`).join(''),
  }),
};
