import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplates } from './templates/facts.ts';
import { formatTemplates } from './catalog/format.ts';

const [release, directory] = process.argv.slice(2);
if (release === undefined || directory === undefined) {
  console.error(
    'Usage: npx tsx server/tools/templates.ts RELEASE GENERATOR, the folder with templates/ and helpers/',
  );
  process.exitCode = 2;
} else {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(join(directory, '/').length))
    .toSorted();
  const files = new Map(
    names
      .filter(name => /^(?:helpers|templates)\//.test(name))
      .map(name => [name, readFileSync(join(directory, name), 'utf8')]),
  );
  const facts = readTemplates(files);
  writeFileSync(
    new URL(`facts/templates/${release}.json`, import.meta.url),
    `${formatTemplates(facts.needs, facts.checks)}\n`,
  );
  console.log(`${release}: ${facts.needs.length} groups of needs, ${facts.checks.length} checks`);
}
