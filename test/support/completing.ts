import assert from 'node:assert/strict';
import { completion, type Completion } from '../../server/src/core/features/completion.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { secretsIn } from '../../server/src/core/secrets/secretsInFile.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits, type TextEdit } from '../../server/src/core/text/edit.ts';
import { noSettings, projectFileName, readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import type { Value } from '../../server/src/core/yaml/value.ts';
import { dedent } from './fixture.ts';
import { catalogs } from './views.ts';

export interface AskOptions {
  readonly isTyping?: boolean;
  /** The values file below the one that is asked in. */
  readonly below?: string;
  /** The registry section of the project file. */
  readonly registry?: Value;
  /** The text of `secrets.yaml`. */
  readonly secrets?: string;
  /** An editor that takes single lines only. */
  readonly inLine?: true;
}

export interface Asked {
  readonly text: string;
  readonly items: readonly Completion[];
}

const folder = 'file:///ws/';

/** What is offered at `$0` of a values file, over another one or alone. */
export function ask(fixture: string, options: AskOptions = {}): Asked {
  const marked = dedent(fixture);
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const texts = options.below === undefined ? [text] : [dedent(options.below), text];
  const snapshot = snapshotOf(texts, options);
  const uri = `${folder}${texts.length - 1}.yaml`;
  const { isTyping = false, inLine } = options;
  return { text, items: completion(snapshot, { uri, offset, isTyping, takesBlocks: inLine !== true }) };
}

/** What is offered at `$0` of one of the files of a folder, which may be the project file. */
export function askIn(name: string, fixture: string, others: Readonly<Record<string, string>> = {}): Asked {
  const marked = dedent(fixture);
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const files = new Map<string, ValuesFile>();
  for (const [path, content] of Object.entries({ ...others, [name]: text }))
    files.set(folder + path, new ValuesFile(folder + path, content));
  const projectUri = folder + projectFileName;
  const file = files.get(projectUri);
  const project = file && readProject(file, { releases: catalogs.releases, codes: [] });
  files.delete(projectUri);
  const settings = project?.settings ?? noSettings;
  const snapshot = Snapshot.of({ catalogs, folders: [{ uri: folder, settings, project }], files });
  return {
    text,
    items: completion(snapshot, { uri: folder + name, offset, takesBlocks: true }),
  };
}

function snapshotOf(texts: readonly string[], { registry, secrets }: AskOptions): Snapshot {
  const files = texts.map((text, index) => new ValuesFile(`${folder}${index}.yaml`, text));
  const uris = files.map(file => file.uri);
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const stack = { id: 'all', name: '', kind: 'given' as const, release: '0.1.5', uris, folder };
  return Snapshot.of({
    catalogs,
    folders: [{ uri: folder, settings: { ...noSettings, policy }, project: undefined }],
    files: new Map(files.map(file => [file.uri, file])),
    ...(secrets !== undefined && { secrets: secretsIn(`${folder}secrets.yaml`, dedent(secrets)) }),
    ...(texts.length > 1 && { given: [stack] }),
  });
}

/** `label: detail` of each. */
export function listed({ items }: Asked): readonly string[] {
  return items.map(({ label, detail }) => `${label}: ${detail}`);
}

export function labels(fixture: string, options: AskOptions = {}): readonly string[] {
  return ask(fixture, options).items.map(({ label }) => label);
}

/** The text after one of them is taken, with the first choice of each place to fill in. It parses. */
export function taken(fixture: string, label: string, options: AskOptions = {}): string | undefined {
  return takenFrom(ask(fixture, options), label);
}

/** The same of what was asked. */
export function takenFrom(asked: Asked, label: string): string | undefined {
  const text = takenHalf(asked, label);
  assert.deepEqual(text === undefined ? [] : parseYaml(text).problems, [], 'the text parses');
  return text;
}

/** The same where what is around does not parse. */
export function takenHalf({ text, items }: Asked, label: string): string | undefined {
  const item = items.find(candidate => candidate.label === label);
  if (item === undefined) return undefined;
  const { span } = item.edit;
  const isOneLine = !/[\r\n]/.test(text.slice(span.start, span.end));
  assert.ok(isOneLine, 'what it takes the place of is within a line');
  return applyEdits(text, [filledIn(item)]);
}

/** What an editor writes, with the first choice of each place to fill in. */
export function filledIn({ edit, isSnippet }: Completion): TextEdit {
  if (isSnippet !== true) return edit;
  const newText = edit.newText
    .replace(/\$\{\d+\|((?:[^,|\\]|\\.)*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$\d/g, '')
    .replace(/\\([\\$},|])/g, '$1');
  return { ...edit, newText };
}
