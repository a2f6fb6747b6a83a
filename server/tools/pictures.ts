// npm run pictures: makes docs/images/rewrite.png, the moving picture of the README, from the screenshots that the e2e suite took.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeAnimation } from './png/animation.ts';
import { readPixels } from './png/pixels.ts';

const screenshots = fileURLToPath(new URL('../../test/e2e/out/', import.meta.url));
const picture = fileURLToPath(new URL('../../docs/images/rewrite.png', import.meta.url));

/** The screenshots of `test/e2e/readme.test.ts` in their order, and how long each stays. */
const scenes: readonly (readonly [name: string, milliseconds: number])[] = [
  ['readme 1 findings', 2000],
  ['readme 2 hover', 4000],
  ['readme 3 quick fixes', 3000],
  ['readme 4 rewritten', 2500],
  ['readme 5 all fixed', 4000],
];

const frames = await Promise.all(
  scenes.map(async ([name, milliseconds]) => ({
    pixels: readPixels(await readFile(`${screenshots}${name}.png`)),
    milliseconds,
  })),
);
const png = writeAnimation(frames);
await writeFile(picture, png);
console.log(`docs/images/rewrite.png has ${png.length} bytes`);
