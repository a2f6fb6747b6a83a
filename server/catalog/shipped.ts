// Made by npm run catalog, never edited by hand.
import release0_1_0 from './0.1.0.json' with { type: 'json' };
import release0_1_1 from './0.1.1.json' with { type: 'json' };
import release0_1_2 from './0.1.2.json' with { type: 'json' };
import release0_1_3 from './0.1.3.json' with { type: 'json' };
import release0_1_4 from './0.1.4.json' with { type: 'json' };
import release0_1_5 from './0.1.5.json' with { type: 'json' };

export const shippedCatalogs: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['0.1.0', release0_1_0],
  ['0.1.1', release0_1_1],
  ['0.1.2', release0_1_2],
  ['0.1.3', release0_1_3],
  ['0.1.4', release0_1_4],
  ['0.1.5', release0_1_5],
]);
