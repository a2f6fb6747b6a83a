// npm run docs, a part of npm run generate: writes docs/rules/ from the rule files, and removes pages of rules that are gone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { rulePages } from './docs/pages.ts';

const directory = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
const pages = rulePages();

mkdirSync(directory, { recursive: true });
for (const name of readdirSync(directory)) if (!pages.has(name)) rmSync(join(directory, name));
for (const [name, text] of pages) writeFileSync(join(directory, name), text);
console.log(`${pages.size} pages in docs/rules/`);
