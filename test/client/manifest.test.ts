import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startPatterns } from '../../client/src/startPatterns.ts';
import { templatePattern } from '../../client/src/templatePattern.ts';
import { candidateGlob, isTemplateFile } from '../../server/src/core/workspace/discovery.ts';
import { printManifest, printManifestTexts } from '../../server/tools/schema.ts';

interface MenuEntry {
  readonly command: string;
  readonly when: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: {
      readonly commandPalette: readonly MenuEntry[];
      readonly [menu: string]: readonly MenuEntry[];
    };
  };
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

describe('package.json and the schema', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const ofView = [
    'deploykf.goToImage',
    'deploykf.rewriteImages',
    'deploykf.pinImages',
    'deploykf.copyImages',
    'deploykf.explainImage',
  ];
  const ofLightbulb = ['deploykf.ignoreFinding', 'deploykf.openRulePage'];
  const declared = manifest.contributes.commands.map(({ command }) => command);

  it('know the settings and rules that there are (else run: npx tsx server/tools/schema.ts)', async () => {
    assert.equal(read('package.json'), await printManifest());
    assert.equal(read('package.nls.json'), await printManifestTexts());
  });

  it('start with the folders that the server starts for', () => {
    const ofFolders = startPatterns.map(pattern => `workspaceContains:${pattern}`);
    assert.deepEqual(manifest.activationEvents, ['onLanguage:yaml', ...ofFolders]);
  });

  it('open the templates of values files that are found on disk', () => {
    const patterns = (glob: string): readonly string[] => glob.slice('**/{'.length, -1).split(',');
    const opened = patterns(templatePattern.replace('*.{', '{')).map(name => `*.${name}`);
    const found = patterns(candidateGlob).filter(pattern => isTemplateFile(pattern));
    assert.deepEqual(opened.toSorted(), found.toSorted());
  });

  it('have a way out of a filter that leaves nothing', () => {
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    assert.match(texts['welcome.matchesNone'] ?? '', /\(command:deploykf\.clearImageFilter\)/);
    assert.match(read('package.json'), /"when": "deploykf\.imagesMatchNone && /);
    assert.match(read('client/src/views/imagesView.ts'), /'deploykf\.imagesMatchNone'/);
  });

  it('declare the commands that are registered', () => {
    const source = read('client/src/commands/index.ts');
    const registered = [...source.matchAll(/registerCommand\('([^']+)'/g)].map(match => match[1]);
    assert.deepEqual(declared.toSorted(), registered.toSorted());
  });

  it('offer what works on the Images view in its menus alone, and what works on a finding in the lightbulb', () => {
    const { commandPalette, ...menus } = manifest.contributes.menus;
    const hidden = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const offered = menus['view/item/context']?.map(({ command }) => command) ?? [];
    assert.deepEqual(
      hidden.filter(command => !offered.includes(command)),
      ofLightbulb,
    );
    assert.deepEqual(hidden, [...ofView, ...ofLightbulb]);
  });

  it('offer what menus of files have for values files alone', () => {
    const { menus } = manifest.contributes;
    const entries = ['editor/title', 'editor/context', 'explorer/context'].flatMap(menu => menus[menu] ?? []);
    const isOfFile = /^resourceLangId == yaml && resourcePath in deploykf\.valuesFiles/;
    assert.equal(entries.length, 6);
    assert.deepEqual(
      entries.filter(({ when }) => !isOfFile.test(when)),
      [],
    );
  });

  it('offer what works on a values file only there', () => {
    const everywhere = [
      ...ofView,
      ...ofLightbulb,
      'deploykf.filterImages',
      'deploykf.clearImageFilter',
      'deploykf.createProjectFile',
      'deploykf.findImage',
      'deploykf.showManifestImages',
      'deploykf.restartServer',
      'deploykf.showLog',
    ];
    const conditional = manifest.contributes.menus.commandPalette.filter(({ when }) =>
      when.startsWith('deploykf.isValues'),
    );
    assert.deepEqual(
      conditional.map(({ command }) => command),
      declared.filter(command => !everywhere.includes(command)),
    );
  });
});
