import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { commands } from '../server/src/cli/commands.ts';
import { flagOf } from '../server/src/cli/arguments/options.ts';
import { rules } from '../server/src/core/rules/index.ts';
import layers from '../server/tools/layers.json' with { type: 'json' };
import manifest from '../package.json' with { type: 'json' };
import manifestTexts from '../package.nls.json' with { type: 'json' };
import { englishSlips } from './support/english.ts';
import { deadLinks, linksOf } from './support/markdown.ts';
import { commentsOf, exportedTypesOf, literalsOf, type SourceText } from './support/sourceTexts.ts';
import { allMatches, importsOf, listFiles, listNames, readText } from './support/sources.ts';

const files = listFiles();
const sources = files.filter(file => /^(client|server)\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
const shipped = sources.filter(file => !file.startsWith('server/tools/'));
const core = 'server/src/core/';
const rulesFolder = `${core}rules/`;
const featuresFolder = `${core}features/`;

describe('Layers', () => {
  it('imports follow the arrows between the sides', () => {
    const wrong = edges(shipped).filter(([from, to]) => {
      const [side, other] = [sideOf(from), sideOf(to)];
      return side !== undefined && other !== undefined && !allowedSides(side).includes(other);
    });
    assert.deepEqual(wrong, []);
  });

  it('imports in core go down', () => {
    const wrong = edges(shipped).filter(([from, to]) => (rankOf(to) ?? 0) > (rankOf(from) ?? Infinity));
    assert.deepEqual(wrong, []);
  });

  it('core holds rooms only, and each of them has its rank', () => {
    const rooms = shipped
      .filter(file => file.startsWith(core))
      .map(file => file.slice(core.length).split('/'));
    assert.deepEqual(
      rooms.filter(path => path.length < 2),
      [],
    );
    assert.deepEqual([...new Set(rooms.map(([room]) => room))].sort(), layers.core.flat().sort());
  });

  it('no folders beside each other import each other in a circle', () => {
    assert.deepEqual(findCircle(folderArrows()), []);
  });

  it('packages are imported only where they may be', () => {
    assert.deepEqual(importingBeyond(/^yaml(\/|$)/, /^server\/src\/core\/yaml\//), []);
    assert.deepEqual(importingBeyond(/^vscode/, /^(client|server\/src\/lsp)\//), []);
    assert.deepEqual(importingBeyond(/^node:/, /\.node\.ts$|\/host\/node|\/(?:api|cli)\//), []);
  });

  it('no module imports itself by way of others', () => {
    assert.deepEqual(findCycle(), []);
  });

  it('no rule imports a rule, no feature a feature', () => {
    const [ruleSet, featureSet] = [new Set(ruleFiles()), new Set(featureFiles())];
    const wrong = edges(shipped).filter(
      ([from, to]) => (ruleSet.has(from) && ruleSet.has(to)) || (featureSet.has(from) && featureSet.has(to)),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('Sizes', () => {
  it('no file has more than 400 lines', () => {
    const tooLong = sources.filter(file => (readText(file) ?? '').trimEnd().split('\n').length > 400);
    assert.deepEqual(tooLong, []);
  });

  it('the linter caps functions, parameters and nesting', () => {
    const config = readText('eslint.config.js') ?? '';
    const caps = allMatches(config, /'(max-[a-z-]+': \['error', \d+\])/g);
    assert.deepEqual(caps, [
      "max-depth': ['error', 3]",
      "max-lines': ['error', 400]",
      "max-lines-per-function': ['error', 60]",
      "max-params': ['error', 4]",
    ]);
  });
});

describe('Regular expressions', () => {
  it('are checked by the linter, which cannot look into those that are put together at run time', () => {
    const made = shipped.filter(file =>
      /new RegExp\((?!`\^|unprintable|credentialPart|afterKey)/.test(readText(file) ?? ''),
    );
    assert.deepEqual(made, [
      // Only the blanks before a line are put before an expression that is checked.
      'server/src/core/stack/commandWords.ts',
    ]);
    const filledIn = shipped.filter(file => /new RegExp\(`\^/.test(readText(file) ?? ''));
    assert.deepEqual(filledIn, [
      // Put together from constants, which the linter looks into.
      'server/src/core/image/grammar.ts',
      // Holds each placeholder once, and is matched against repositories of at most 255 characters.
      'server/src/core/policy/target.ts',
    ]);
    const rules = allMatches(
      readText('eslint.config.js') ?? '',
      /'(regexp\/no-super-linear-[a-z]+': \['error', .*?\])/g,
    );
    assert.deepEqual(rules, [
      "regexp/no-super-linear-backtracking': ['error', { report: 'potential' }]",
      "regexp/no-super-linear-move': ['error', { report: 'potential' }]",
    ]);
  });
});

describe('Tests', () => {
  it('none runs alone', () => {
    const alone = files.filter(
      file => file.startsWith('test/') && /\b(?:describe|context|it)\.only\(/.test(readText(file) ?? ''),
    );
    assert.deepEqual(alone, []);
  });
});

describe('Rules', () => {
  it('each has a code of its own that its file is named after', () => {
    const codes = rules.map(rule => rule.code);
    assert.deepEqual(duplicates(codes), []);
    assert.deepEqual(ruleFiles().map(nameOf).sort(), codes.map(camelCase).sort());
  });

  it('each file that defines one is in the list', () => {
    const defining = sources.filter(file => file.startsWith(rulesFolder) && definesRule(file));
    assert.deepEqual(
      defining.filter(file => !ruleFiles().includes(file)),
      [],
    );
  });

  it('each has a test', () => {
    const texts = files
      .filter(file => /^test\/core\/.*\.test\.ts$/.test(file))
      .map(file => readText(file) ?? '');
    const testedElsewhere = rules.filter(
      rule => isOfWorkspace(rule.subject) && texts.some(text => text.includes(rule.code)),
    );
    const exempt = testedElsewhere.map(rule => camelCase(rule.code));
    assert.deepEqual(untested(ruleFiles().filter(file => !exempt.includes(nameOf(file)))), []);
  });

  it('each has a page, and each page a rule', () => {
    const pages = listNames('docs/rules', '.md').filter(name => name !== 'README');
    if (pages.length > 0) assert.deepEqual(pages, rules.map(rule => rule.code).sort());
  });
});

describe('Features', () => {
  it('each file is one that a handler asks for, or a part of one', () => {
    const used = new Set(edges(shipped.filter(file => file.startsWith('server/'))).map(([, to]) => to));
    const all = sources.filter(file => file.startsWith(featuresFolder));
    assert.deepEqual(
      all.filter(file => !used.has(file)),
      [],
    );
  });

  it('each has a test', () => {
    assert.deepEqual(untested(featureFiles()), []);
  });

  it('each handler is in the table of handlers', () => {
    const folder = 'server/src/lsp/handlers';
    const listed = importsOf(`${folder}/index.ts`);
    const handlers = listNames(folder, '.ts').filter(name => name !== 'index');
    const unlisted = handlers.filter(
      name =>
        /\bHandler\b/.test(readText(`${folder}/${name}.ts`) ?? '') &&
        !listed.includes(`${folder}/${name}.ts`),
    );
    assert.deepEqual(unlisted, []);
  });
});

describe('README and docs', () => {
  const readme = readText('README.md') ?? '';
  const pages = files.filter(file =>
    /^(?:README|CHANGELOG|CONTRIBUTING|ARCHITECTURE)\.md$|^(?:docs|client\/walkthrough)\/.*\.md$/.test(file),
  );
  const guides = pages.filter(file => file === 'README.md' || /^docs\/[\w-]+\.md$/.test(file));
  const text = guides.map(file => readText(file) ?? '').join('\n');

  it('README has at most 600 words, and the two commands to begin with', () => {
    const words = readme.split(/\s+/).filter(Boolean).length;
    assert.ok(words <= 600, `${words} words`);
    assert.ok(readme.includes('npm run demo') && readme.includes('npm cit'));
  });

  it('README leads to every guide', () => {
    const links = linksOf(readme);
    const unlinked = guides.filter(guide => guide !== 'README.md' && !links.includes(guide));
    assert.deepEqual(unlinked, []);
  });

  it('have every setting and command of the editor in a table, and no other', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(
      allMatches(text, /^\| *`(deploykf\.[\w.]+)`/gm),
      [...settings, ...declaredCommands()].sort(),
    );
  });

  it('have every command and flag of the command line, and no other flag', () => {
    const flags = commands.flatMap(({ options }) => Object.keys(options).map(flagOf));
    const page = readText('docs/cli.md') ?? '';
    assert.deepEqual(
      commands.filter(({ name }) => !page.includes(`\n| \`${name}`)).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      allMatches(page, /(?<![\w-])(--[a-z][\w-]*)/g),
      [...new Set([...flags, '--version'])].sort(),
    );
  });

  it('lead nowhere that is not there', () => {
    const dead = pages.flatMap(page => deadLinks(page).map(link => `${page}: ${link}`));
    assert.deepEqual(dead, []);
  });

  it('have no picture that no page shows', () => {
    const shown = new Set(
      pages.flatMap(page => linksOf(readText(page) ?? '').map(link => posix.join(posix.dirname(page), link))),
    );
    const pictures = files.filter(file => file.startsWith('docs/images/'));
    assert.deepEqual(
      pictures.filter(picture => !shown.has(picture)),
      [],
    );
  });

  it('are in English as native speakers write it', () => {
    assert.deepEqual(
      pages.flatMap(page => englishSlips(readText(page) ?? '').map(slip => `${page}: ${slip}`)),
      [],
    );
  });
});

describe('English as native speakers write it', () => {
  it('is in what the code says to users', () => {
    assert.deepEqual(slipsOf(literalsOf), []);
  });

  it('is in comments', () => {
    assert.deepEqual(slipsOf(commentsOf), []);
  });

  it('is in the texts of the manifest', () => {
    assert.deepEqual([...textsIn(manifest), ...textsIn(manifestTexts)].flatMap(englishSlips), []);
  });
});

describe('Names', () => {
  it('no two exported types have the same', () => {
    // Who uses the library sees no others.
    const inside = shipped.filter(file => !file.startsWith('server/src/api/'));
    const names = inside.flatMap(exportedTypesOf);
    assert.deepEqual([...new Set(duplicates(names))].sort(), []);
  });
});

describe('The page on security', () => {
  const page = readText('docs/security.md') ?? '';
  const named = allMatches(page, /`((?:test\/)?[\w./]+\.test\.ts)`/g).map(name =>
    name.startsWith('test/') ? name : `test/attacks/${name}`,
  );
  it('names each attack', () => {
    const attacks = files.filter(file => /^test\/attacks\/.*\.test\.ts$/.test(file));
    assert.deepEqual(
      attacks.filter(file => !named.includes(file)),
      [],
    );
  });

  it('names only tests that are there', () => {
    assert.deepEqual(
      named.filter(file => !files.includes(file)),
      [],
    );
  });

  it('is right that only the commands that ask registries speak to a network or start a program', () => {
    const outward = /^node:(?:https?|http2|net|tls|dgram|dns|child_process|cluster)(?:\/|$)/;
    const sending = /^(?:server\/src\/host\/registry\/.*|client\/src\/http)\.node\.ts$/;
    assert.deepEqual(importingBeyond(outward, sending), []);
    const asks = /(?:registry\/(?:nodeTransport|dockerLogins|access)|\/http)\.node\.ts$/;
    assert.deepEqual(importingBeyond(asks, /^server\/src\/host\/registry\//), [
      'client/src/host.node.ts',
      'server/src/cli/inputs/verifyPlan.ts',
      'server/src/lsp/main.node.ts',
    ]);
    // `.fetch` of an object of ours would be another thing.
    const asking = /(?<![\w.])fetch\(|\bnew (?:WebSocket|XMLHttpRequest|EventSource)\b|\bsendBeacon\b/;
    assert.deepEqual(
      shipped.filter(file => asking.test(readText(file) ?? '')),
      [],
    );
  });
});

describe('Commands', () => {
  it('those declared are those registered', () => {
    const client = shipped.filter(file => file.startsWith('client/')).map(file => readText(file) ?? '');
    const registered = allMatches(client.join('\n'), /registerCommand\(\s*'([\w.]+)'/g);
    assert.deepEqual(declaredCommands(), registered);
  });
});

describe('The repository', () => {
  it('names no place of one machine and no package registry', () => {
    const place = new RegExp(
      `(?<![\\w.~-])/(?:work|root|Users/\\w+|home/(?!jovyan)\\w+)/|npmjs\\.(?:org|com)`,
    );
    const texts = files.filter(file =>
      /\.(?:[cm]?[jt]s|json|ya?ml|md|txt|sh)$|^[^.]*$|rc$|ignore$/.test(file),
    );
    assert.deepEqual(
      texts.filter(file => file !== 'test/tidy.test.ts' && place.test(readText(file) ?? '')),
      [],
    );
  });

  it('locks versions without the address that they came from', () => {
    const locks = files.filter(file => file.endsWith('package-lock.json'));
    assert.deepEqual(
      locks.filter(file => (readText(file) ?? '').includes('"resolved": "http')),
      [],
    );
  });
});

function edges(from: readonly string[]): readonly (readonly [string, string])[] {
  return from.flatMap(file =>
    importsOf(file)
      .filter(name => name.includes('/') && name.endsWith('.ts'))
      .map(name => [file, name] as const),
  );
}

/** The files outside `allowed` that import a package of that name. */
function importingBeyond(name: RegExp, allowed: RegExp): readonly string[] {
  return shipped.filter(file => !allowed.test(file) && importsOf(file).some(imported => name.test(imported)));
}

/** What is not shipped is a side that no other may import. */
function sideOf(file: string): string | undefined {
  if (/^(?:server\/tools|test)\//.test(file)) return 'not shipped';
  const [, side] =
    /^(?:server\/src\/)?(client|core|host|loader|lsp|cli|protocol(?:\.ts)?)(?:\/|$)/.exec(file) ?? [];
  return side;
}

function allowedSides(side: string): readonly string[] {
  const table: Readonly<Record<string, readonly string[]>> = layers.sides;
  return table[side] ?? [];
}

/** The rank of a file's room in core; `undefined` outside core, or when it has none. */
function rankOf(file: string): number | undefined {
  if (!file.startsWith(core)) return undefined;
  const [room = ''] = file.slice(core.length).split('/');
  const rank = layers.core.findIndex(rooms => rooms.includes(room));
  return rank < 0 ? undefined : rank;
}

/** For each folder those beside it, in the same folder, that files in it or below import from. */
function folderArrows(): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const [from, to] of edges(shipped)) {
    const [fromPath, toPath] = [from.split('/'), to.split('/')];
    const fork = fromPath.findIndex((name, index) => name !== toPath[index]);
    // A file beside a folder has no name in this picture.
    if (fork >= Math.min(fromPath.length, toPath.length) - 1) continue;
    const folder = fromPath.slice(0, fork + 1).join('/');
    const targets = arrows.get(folder) ?? new Set();
    arrows.set(folder, targets.add(toPath.slice(0, fork + 1).join('/')));
  }
  return arrows;
}

/** The modules of one cycle of imports, or none. */
function findCycle(): readonly string[] {
  return findCircle(new Map(shipped.map(file => [file, edges([file]).map(([, to]) => to)])));
}

/** The nodes of one circle, the first of them again at the end; empty when there is none. */
function findCircle(arrows: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): readonly string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of arrows.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  return [...arrows.keys()].map(node => visit(node, [])).find(circle => circle.length > 0) ?? [];
}

function ruleFiles(): readonly string[] {
  return importsOf(`${rulesFolder}index.ts`).filter(definesRule).slice().sort();
}

/** Such rules look at more than one text, and are tested together with what finds the stacks. */
function isOfWorkspace(subject: string): boolean {
  return subject === 'source' || subject === 'workspace';
}

function definesRule(file: string): boolean {
  return /^export const \w+: \w*Rule = /m.test(readText(file) ?? '');
}

/** What the editor or the command line asks for; the other files of the folder are parts of these. */
function featureFiles(): readonly string[] {
  const asking = edges(shipped.filter(file => /^server\/src\/(?:lsp|cli)\//.test(file))).map(([, to]) => to);
  return [...new Set(asking)].filter(file => file.startsWith(featuresFolder)).sort();
}

/** The modules without a test beside their place in test/; `hover.ts` may have `hover.image.test.ts`. */
function untested(modules: readonly string[]): readonly string[] {
  return modules.filter(module => {
    const start = module.replace('server/src/', 'test/').replace(/ts$/, '');
    return !files.some(file => file.startsWith(start) && file.endsWith('.test.ts'));
  });
}

function slipsOf(textsOf: (file: string) => readonly SourceText[]): readonly string[] {
  return shipped.flatMap(file =>
    textsOf(file).flatMap(({ line, text }) => englishSlips(text).map(slip => `${file}:${line}: ${slip}`)),
  );
}

/** Every string in a value of JSON. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function declaredCommands(): readonly string[] {
  return manifest.contributes.commands.map(({ command }) => command).sort();
}

function duplicates(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** The name of a file without its folder and its ending. */
function nameOf(file: string): string {
  return file.replace(/^.*\/|\.ts$/g, '');
}

function camelCase(code: string): string {
  return code.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}
