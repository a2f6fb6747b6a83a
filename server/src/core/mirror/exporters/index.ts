import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { list } from './list.ts';
import { skopeo } from './skopeo.ts';

/** Every form that a plan can be written in, in the order of the help. */
export const exporters: readonly Exporter[] = [list, csv, skopeo];
