import assert from 'node:assert/strict';
import manifest from '../package.json' with { type: 'json' };
import texts from '../package.nls.json' with { type: 'json' };
import vscode from './e2e/vscode/package.json' with { type: 'json' };
import { readText } from './support/sources.ts';

interface Setting {
  readonly order: number;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
}

describe('package.json', () => {
  it('starts what the build makes', () => {
    const build = readText('server/tools/build.ts') ?? '';
    const entries = [manifest.main, manifest.browser, ...Object.values(manifest.bin)];
    assert.deepEqual(
      entries.filter(entry => !build.includes(`'${entry.replace('./', '')}'`)),
      [],
    );
  });

  it('asks for the VS Code whose types it is written against, and is tested in one that has them', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
    assert.ok(minor(vscode.version) >= minor(manifest.devDependencies['@types/vscode']));
  });

  it('needs nothing at run time, and exact versions to build', () => {
    assert.equal('dependencies' in manifest, false);
    const versions = Object.values(manifest.devDependencies);
    assert.deepEqual(
      versions.filter(version => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
      [],
    );
  });

  it('has a script file for each script', () => {
    const files = Object.values(manifest.scripts).flatMap(
      script => script.match(/server\/\S+\.m?[jt]s/g) ?? [],
    );
    assert.deepEqual(
      files.filter(file => readText(file) === undefined),
      [],
    );
  });

  it('makes all that follows from code by one command', () => {
    const making = ['docs.ts', 'man.ts', 'schema.ts', 'l10n.ts', 'icon.ts'].map(
      name => `tsx server/tools/${name}`,
    );
    assert.deepEqual(manifest.scripts.generate.split(' && '), making);
  });

  it('describes every setting', () => {
    const settings: Readonly<Record<string, object>> = manifest.contributes.configuration.properties;
    const silent = Object.entries(settings).filter(
      ([, it]) => !('description' in it || 'markdownDescription' in it),
    );
    assert.deepEqual(silent, []);
  });

  it('has what people read in package.nls.json, and nothing else there', () => {
    const { languageModelTools, ...contributes } = manifest.contributes;
    const tools = languageModelTools.map(({ displayName, userDescription }) => ({
      displayName,
      userDescription,
    }));
    const { description, capabilities } = manifest;
    const said = textsIn({ description, capabilities, contributes, tools });
    const keys = said.flatMap(text => /^%([\w.-]+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual(
      said.filter(text => !/^%[\w.-]+%$|^deployKF(?: Values)?$|^deploykf-values check$/.test(text)),
      [],
    );
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).sort());
    const everywhere = new Set(JSON.stringify(manifest).match(/"%[^"]*%"/g));
    assert.equal(everywhere.size, new Set(keys).size);
  });

  it('has settings in an order, with links that lead to settings, and a word on each choice', () => {
    const settings = Object.entries<Setting>(manifest.contributes.configuration.properties);
    assert.deepEqual(
      settings.map(([, { order }]) => order),
      settings.map((_setting, index) => index + 1),
    );
    const known = [
      ...settings.map(([name]) => name),
      'yaml.validate',
      'editor.codeLens',
      'editor.inlayHints.enabled',
    ];
    const links = Object.values(texts).flatMap(text =>
      [...text.matchAll(/`#([\w.]+)#`/g)].map(([, name = '']) => name),
    );
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter(name => !known.includes(name)),
      [],
    );
    const wordless = settings.filter(([, { enum: choices, enumDescriptions = [] }]) => {
      return choices !== undefined && enumDescriptions.length < Math.min(choices.length, 2);
    });
    assert.deepEqual(wordless, []);
  });

  it('has settings that VS Code can show as tables', () => {
    const { 'deploykf.rules': rules, 'deploykf.generators': generators } =
      manifest.contributes.configuration.properties;
    const choices = new Set(
      Object.values(rules.properties).map(({ type, ...rule }) => [type, ...rule.enum].join()),
    );
    assert.deepEqual([...choices], ['string,error,warning,info,hint,off']);
    assert.equal(rules.additionalProperties, false);
    assert.deepEqual(generators.additionalProperties, { type: 'string' });
  });

  it('shows only commands that it declares', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    const shown = [...JSON.stringify(manifest.contributes.menus).matchAll(/"command":"([^"]+)"/g)].map(
      match => match[1],
    );
    assert.deepEqual(
      shown.filter(command => command === undefined || !declared.includes(command)),
      [],
    );
  });

  it('packages the files that it contributes', () => {
    const packaged = (readText('test/support/packagedFiles.txt') ?? '').split('\n');
    const contributed = [...JSON.stringify(manifest.contributes).matchAll(/"\.\/([^"]+)"/g)].map(
      match => match[1] ?? '',
    );
    assert.deepEqual(
      contributed.filter(file => !packaged.includes(file)),
      [],
    );
  });

  it('works with and without trust, and on any file system', () => {
    assert.notEqual(manifest.capabilities.untrustedWorkspaces.supported, false);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });
});

/** The properties of the manifest that people read; `name` is one of views alone. */
const textProperties =
  /^(?:title|shortTitle|label|name|description|contextualTitle|contents|altText|displayName|userDescription|markdownDescription|enumItemLabels|(?:markdownE|e)numDescriptions)$/;

/** What people read of a part of the manifest. Settings may have names of their own, and what they are set to. */
function textsIn(part: object, path: readonly string[] = []): readonly string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (['default', 'examples', 'enum', 'snippets'].includes(name)) return [];
    const isText = textProperties.test(name) && (name !== 'name' || path.includes('views'));
    if (isText && typeof value === 'string') return [value];
    if (isText && Array.isArray(value)) return value.map(String);
    return typeof value === 'object' && value !== null ? textsIn(value, [...path, name]) : [];
  });
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}
