import type { ExtraSecret } from '../pullSecrets/extraSecrets.ts';
import type { SecretFlaw } from '../pullSecrets/flaws.ts';
import { writtenHubKey } from '../pullSecrets/registryKey.ts';
import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { Embedding } from '../yaml/embedded.ts';
import { placeAt } from '../yaml/lookup.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import { insertion } from './pullSecretChanges.ts';
import type { Fix } from './types.ts';

const wantedType = 'kubernetes.io/dockerconfigjson';

/** The fixes of a Secret in `extraManifests` that have one right answer. */
export function secretFixes(secret: ExtraSecret, flaw: SecretFlaw): readonly Fix[] {
  const isTypeFix = flaw.kind === 'type' && secret.kind === 'Secret' && secret.keySpan !== undefined;
  if (isTypeFix) return [fixBy(secret, `Set the type to ${wantedType}`, source => typeEdits(secret, source))];
  const { content } = secret;
  const isHubFix =
    flaw.problem !== undefined &&
    content.kind === 'config' &&
    content.field === 'stringData' &&
    content.config.kind === 'config' &&
    content.config.problems.filter(({ kind }) => kind === 'hub').length === 1;
  const { problem } = flaw;
  if (!isHubFix || problem === undefined) return [];
  return [fixBy(secret, `Write the key as ${writtenHubKey}`, source => keyEdits(secret, source, problem.span))];
}

/** A fix by edits of the text that the Secret stands in, which may be a string of the file. */
function fixBy(
  { file, embedding }: ExtraSecret,
  title: string,
  edit: (source: SourceText) => readonly TextEdit[],
): Fix {
  const changes: Fix['changes'] = () => {
    const own = edit(embedding?.source ?? file.source);
    const edits = embedding === undefined ? own : (embedding.editsToOuter(own) ?? []);
    return edits.length === 0 ? [] : [{ kind: 'edit', uri: file.uri, edits }];
  };
  return { title, applies: 'all', changes };
}

/** Replaces the type, or writes one in front of the line of `data`. */
function typeEdits({ inner }: ExtraSecret, source: SourceText): readonly TextEdit[] {
  if (inner.typeSpan !== undefined) return [{ span: inner.typeSpan, newText: wantedType }];
  const line = Array.from({ length: source.lineCount }, (_, index) => index).find(index =>
    isFieldOf(inner, source, index),
  );
  const indent = line === undefined ? undefined : /^( *)(?:stringData|data):/.exec(source.lineText(line))?.[1];
  if (line === undefined || indent === undefined) return [];
  return [insertion(source.lineStart(line), `${indent}type: ${wantedType}${source.eol}`)];
}

/** Whether the key of the registries is the next that stands below a line. */
function isFieldOf({ keySpan }: ExtraSecret['inner'], source: SourceText, line: number): boolean {
  if (keySpan === undefined || source.lineEnd(line) > keySpan.start || source.lineText(line).trim() === '')
    return false;
  return source.text.slice(source.lineEnd(line), keySpan.start).trim() === '';
}

/** The edits of a key in the JSON of `stringData`. `span`: the key with its quotes, in the JSON. */
function keyEdits(
  { inner, file, embedding }: ExtraSecret,
  source: SourceText,
  span: TextEdit['span'],
): readonly TextEdit[] {
  const documents = embedding === undefined ? file.yaml.documents : parseYaml(source.text).documents;
  const scalar = documents.map(({ root }) => placeAt(root, inner.valueSpan?.start ?? -1)?.node).find(isScalar);
  const json = scalar && Embedding.of(source, scalar);
  return json?.editsToOuter([{ span, newText: JSON.stringify(writtenHubKey) }]) ?? [];
}

function isScalar(node: unknown): node is YamlScalar {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'scalar';
}
