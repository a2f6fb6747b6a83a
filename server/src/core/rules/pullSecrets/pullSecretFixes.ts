import type { ExtraSecret } from '../../pullSecrets/extraSecrets.ts';
import type { SecretProblem } from '../../secrets/secretProblems.ts';
import { writtenHubKey } from '../../secrets/registryKey.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { Span } from '../../text/span.ts';
import { Embedding } from '../../yaml/embedded.ts';
import { findPath, placeAt } from '../../yaml/lookup.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { replaceValue } from '../../yaml/write.ts';
import { insertion } from './pullSecretChanges.ts';
import { isShared } from '../image/rewriteChanges.ts';
import type { Fix } from '../../findings/finding.ts';

const wantedType = 'kubernetes.io/dockerconfigjson';

/** The fixes of a Secret in `extraManifests` that have one right answer, and touch nothing but the Secret. */
export function secretFixes(secret: ExtraSecret, flaw: SecretProblem): readonly Fix[] {
  if (!isOnlyHere(secret)) return [];
  if (flaw.kind === 'type') {
    const isOurs = secret.kind === 'Secret' && secret.keySpan !== undefined && typeEdits(secret).length > 0;
    if (!isOurs) return [];
    return [fixBy(secret, `Set the type to ${wantedType}`, () => typeEdits(secret))];
  }
  const { content, manifest: own } = secret;
  const isHubFix =
    own.value !== undefined &&
    content.kind === 'config' &&
    content.field === 'stringData' &&
    content.config.kind === 'config' &&
    content.config.problems.filter(({ kind }) => kind === 'hub').length === 1;
  const { problem } = flaw;
  if (!isHubFix || problem === undefined) return [];
  return [fixBy(secret, `Write the key as ${writtenHubKey}`, () => keyEdits(secret, problem.span))];
}

/** Whether no alias shows its text elsewhere, or shows it here. */
function isOnlyHere(secret: ExtraSecret): boolean {
  const { layer, item, manifest: own } = secret;
  const foundPath = findPath(layer.root, item, layer.anchors);
  const isWritten = foundPath !== undefined && !foundPath.inherited && foundPath.node.kind !== 'alias';
  const { text } = sourceOf(secret);
  return (
    isWritten &&
    !isShared(layer, [...item, 'kind']) &&
    !own.anchors.some(anchor => text.includes(`*${anchor}`))
  );
}

/** The text that a Secret is in, which may be a string of the file. */
function sourceOf({ file, embedding }: ExtraSecret): SourceText {
  return embedding?.source ?? file.source;
}

/** A fix by edits of the text that the Secret is in. */
function fixBy({ file, embedding }: ExtraSecret, title: string, edit: () => readonly TextEdit[]): Fix {
  const changes: Fix['changes'] = () => {
    const edits = embedding === undefined ? edit() : (embedding.toHostEdits(edit()) ?? []);
    if (edits.length === 0) return [];
    return [{ kind: 'edit', uri: file.uri, edits }];
  };
  return { title, applies: 'all', changes };
}

/** Replaces the type, or writes one in front of the line of `data`; empty where its text is none of the Secret. */
function typeEdits(secret: ExtraSecret): readonly TextEdit[] {
  const { manifest: own } = secret;
  const source = sourceOf(secret);
  if (own.type === undefined) return [];
  if (own.type !== 'absent') {
    const edit = replaceValue(own.type, wantedType, source);
    if (edit === undefined) return [];
    return [edit];
  }
  const line = Array.from({ length: source.lineCount }, (_, index) => index).find(index =>
    isFieldOf(own.key, source, index),
  );
  if (line === undefined) return [];
  const indent = /^( *)(?:stringData|data):/.exec(source.lineText(line))?.[1];
  if (indent === undefined) return [];
  return [insertion(source.lineStart(line), `${indent}type: ${wantedType}${source.eol}`)];
}

/** Whether the key of the registries is the next thing below a line. */
function isFieldOf(key: Span | undefined, source: SourceText, line: number): boolean {
  if (key === undefined || source.lineEnd(line) > key.start || source.lineText(line).trim() === '')
    return false;
  return source.text.slice(source.lineEnd(line), key.start).trim() === '';
}

/** The edits of a key in the JSON of `stringData`. `span`: the key with its quotes, in the JSON. */
function keyEdits(secret: ExtraSecret, span: Span): readonly TextEdit[] {
  const { manifest: own, file, embedding } = secret;
  const source = sourceOf(secret);
  const documents = embedding === undefined ? file.yaml.documents : parseYaml(source.text).documents;
  const scalar = documents.map(({ root }) => placeAt(root, own.value?.start ?? -1)?.node).find(isScalar);
  const json = scalar && Embedding.of(source, scalar);
  return json?.toHostEdits([{ span, newText: JSON.stringify(writtenHubKey) }]) ?? [];
}

function isScalar(node: unknown): node is YamlScalar {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'scalar';
}
