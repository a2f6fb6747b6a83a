// A part of npm run generate: writes docs/man/deploykf-values.1 from what --help is made of.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manualPage } from './docs/manualPage.ts';

const folder = fileURLToPath(new URL('../../docs/man/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}deploykf-values.1`, manualPage());
console.log('docs/man/deploykf-values.1');
