// What the editor asks for, at any place of any text: nothing throws, and what is shown lies in the text.
import { isDeepStrictEqual } from 'node:util';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { codeLenses, codeLensText } from '../../../server/src/core/features/codeLenses.ts';
import { completion } from '../../../server/src/core/features/completion.ts';
import { definition, references } from '../../../server/src/core/features/definition.ts';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { foldingRanges } from '../../../server/src/core/features/foldingRanges.ts';
import { inlayHintDetails, inlayHints } from '../../../server/src/core/features/inlayHints.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { selectionRanges } from '../../../server/src/core/features/selectionRanges.ts';
import { semanticTokens } from '../../../server/src/core/features/semanticTokens.ts';
import { documentSymbols, type DocumentSymbol } from '../../../server/src/core/features/symbols.ts';
import type { StackFinding } from '../../../server/src/core/findings/finding.ts';
import { confidentialSpans } from '../../../server/src/core/redaction/redact.ts';
import { excerpt } from '../../../server/src/core/report/excerpt.ts';
import { plainStyle } from '../../../server/src/core/report/style.ts';
import type { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import type { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { virtualText } from '../../../server/src/core/workspace/virtualDocuments.ts';
import { effectiveUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';
import { encloses, touches } from '../../../server/src/core/text/span.ts';
import { attempt, ensure, type FuzzKind } from './cases.ts';
import { checkSpan } from './checkYaml.ts';
import { worldOf, type FuzzWorld } from './world.ts';

/** The findings of the text, each in it and in words. */
export function checkFindings({ snapshot, file }: FuzzWorld): readonly StackFinding[] {
  const findings = attempt('check', () => checkFile(snapshot, file.uri));
  for (const { span, message, fixes, uri, code } of findings) {
    checkSpan('check: place', file.text, span, `${code}: ${message}`);
    ensure('check: file', uri === file.uri, () => `${code} in ${uri}`);
    for (const text of [message, ...fixes.map(({ title }) => title)])
      ensure(
        'check: words',
        text !== '' && !/\[object |\bundefined\b|\bNaN\b/.test(withoutQuotes(text)),
        () => text,
      );
  }
  return findings;
}

/** Without the user's own words. */
function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, '""');
}

/** A world that grew by edits says the same as a new one. */
export function checkAfresh(kind: FuzzKind, { file }: FuzzWorld, findings: readonly StackFinding[]): void {
  // The last good reading of a project file stays in force, so it is not like new.
  if (kind === 'project') return;
  const fresh = worldOf(kind, file.text);
  const said = (found: readonly StackFinding[]): unknown =>
    found.map(({ code, message, span, severity, path, fixes }) => [
      code,
      message,
      span,
      severity,
      path,
      fixes.map(({ title }) => title),
    ]);
  const again = attempt('check', () => checkFile(fresh.snapshot, file.uri));
  ensure('check: as afresh', isDeepStrictEqual(said(findings), said(again)), () =>
    JSON.stringify([said(findings), said(again)]),
  );
}

export function checkHover({ snapshot, file }: FuzzWorld, offset: number): void {
  const found = attempt('hover', () => hover(snapshot, file.uri, offset));
  if (found === undefined) return;
  checkSpan('hover', file.text, found.span, found.markdown);
  ensure('hover: words', found.markdown !== '' && !/\[object /.test(found.markdown), () => found.markdown);
}

export function checkCompletion({ snapshot, file }: FuzzWorld, offset: number): void {
  const { uri } = file;
  for (const isTyping of [true, false]) {
    const found = attempt('completion', () => completion(snapshot, { uri, offset, isTyping }));
    for (const { edit, label } of found) {
      checkSpan('completion', file.text, edit.span, label);
      // LSP: an edit is of one line and has the cursor in it.
      const isAtCursor = edit.span.start <= offset && offset <= edit.span.end;
      const [start, end] = [file.source.positionAt(edit.span.start), file.source.positionAt(edit.span.end)];
      ensure('completion: place', isAtCursor && start.line === end.line, () =>
        JSON.stringify([label, edit, offset, start, end]),
      );
    }
  }
}

export function checkNavigation({ snapshot, file }: FuzzWorld, offset: number): void {
  attempt('definition', () => definition(snapshot, file.uri, offset));
  attempt('references', () => references(snapshot, file.uri, offset));
  for (const span of attempt('selection', () => selectionRanges(snapshot, file.uri, offset)) ?? []) {
    checkSpan('selection', file.text, span, '');
    ensure('selection: place', touches(span, offset), () => JSON.stringify([span, offset]));
  }
}

/** The list of actions makes none of them. */
export function checkActions({ snapshot, file }: FuzzWorld, start: number, end: number): void {
  const actions = attempt('code actions', () => codeActions(snapshot, file.uri, { start, end }));
  const ids = actions.map(({ id }) => id);
  ensure('code actions: ids', new Set(ids).size === ids.length, () => JSON.stringify(ids));
}

/** Tokens are within their lines, and after each other. */
function checkTokens({ snapshot, file }: FuzzWorld): void {
  let end = { line: 0, character: 0 };
  for (const token of attempt('tokens', () => semanticTokens(snapshot, file.uri)) ?? []) {
    const { line, character, length } = token;
    const isAfter = line > end.line || (line === end.line && character >= end.character);
    const isIn = length > 0 && character + length <= file.source.lineText(line).length;
    ensure('tokens: place', isAfter && isIn, () => JSON.stringify([token, end]));
    end = { line, character: character + length };
  }
}

/** What is asked for once for a whole text. */
export function checkWhole(world: FuzzWorld, findings: readonly StackFinding[]): void {
  const { snapshot, file } = world;
  checkTokens(world);
  for (const { span } of attempt('links', () => documentLinks(snapshot, file)))
    checkSpan('links', file.text, span, '');
  for (const symbol of attempt('symbols', () => documentSymbols(snapshot, file.uri)))
    checkSymbol(file.text, symbol);
  for (const { startLine, endLine } of attempt('folding', () => foldingRanges(snapshot, file.uri)) ?? [])
    ensure('folding', startLine >= 0 && startLine < endLine && endLine < file.source.lineCount, () =>
      JSON.stringify([startLine, endLine]),
    );
  checkBesideText(snapshot, file);
  const hidden = attempt('redaction', () => confidentialSpans(file));
  for (const span of hidden) checkSpan('redaction', file.text, span, '');
  for (const { span } of findings.slice(0, 5))
    attempt('excerpt', () => excerpt(file.source, span, { style: plainStyle, colour: 'red', hidden: [] }));
}

/** Lenses and inlay hints, and what they say when they are in sight. */
function checkBesideText(snapshot: Snapshot, { uri, text }: ValuesFile): void {
  for (const { span, id } of attempt('lenses', () => codeLenses(snapshot, uri))) {
    checkSpan('lenses', text, span, id.component ?? '');
    const said = attempt('lenses', () => codeLensText(snapshot, uri, id));
    ensure('lenses: text', said !== undefined && said.title !== '', () => JSON.stringify(id));
  }
  const hints = attempt('hints', () => inlayHints(snapshot, uri, { start: 0, end: text.length }));
  for (const { offset, label, id } of hints) {
    checkSpan('hints', text, { start: offset, end: offset }, label);
    ensure('hints: label', label !== '', () => JSON.stringify(id));
  }
  for (const { id } of hints.slice(0, 2)) {
    const details = attempt('hints', () => inlayHintDetails(snapshot, id));
    for (const { span, newText } of details?.edits ?? []) checkSpan('hints: edit', text, span, newText);
  }
}

function checkSymbol(text: string, { span, selection, children, name }: DocumentSymbol): void {
  checkSpan('symbols', text, span, name);
  // VS Code drops the whole outline where a selection lies outside of its symbol.
  ensure('symbols: selection', span.start <= selection.start && selection.end <= span.end, () =>
    JSON.stringify([name, span, selection]),
  );
  ensure('symbols: name', name !== '', () => JSON.stringify(span));
  for (const child of children) {
    ensure('symbols: child', encloses(span, child.span), () => JSON.stringify([name, span, child]));
    checkSymbol(text, child);
  }
}

/** The document of the effective values is YAML. */
export function checkEffective({ snapshot, file }: FuzzWorld, isRead: boolean): void {
  const [plan] = snapshot.plansByChoice(file.uri);
  if (plan === undefined) return;
  const text = attempt('effective values', () => virtualText(snapshot, effectiveUri(plan.id, plan.name)));
  if (text === undefined || !isRead) return;
  const { problems } = attempt('effective values', () => parseYaml(text));
  ensure('effective values: YAML', problems.length === 0, () =>
    JSON.stringify([problems, text.slice(0, 300)]),
  );
}
