import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import { checkFile, checkView, type OnRuleError } from '../core/check/check.ts';
import type { StackFinding } from '../core/findings/finding.ts';
import type { RelatedPlace, Severity } from '../core/findings/finding.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import { digest } from '../core/text/digest.ts';
import type { SourceText } from '../core/text/sourceText.ts';
import { rulePage, type ClientFeatures } from './clientFeatures.ts';
import { toLocation, toRange } from './convert.ts';
import { printable } from '../core/text/printable.ts';
import { describeError, type Log } from './log.ts';
import { longestPiece, pause } from '../loader/pause.ts';
import type { OpenWorkspace } from './openWorkspace.ts';
import type { HeldFindings } from './heldFindings.ts';

/** The diagnostics of one text, and an id that is the same as long as they are. */
export interface FileDiagnostics {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

/** What the findings of the current snapshot are for the client. Computed once for each file and snapshot. */
export class Diagnostics {
  readonly #workspace: OpenWorkspace;
  readonly #client: ClientFeatures;
  readonly #log: Log;
  readonly #known = new WeakMap<Snapshot, Map<string, FileDiagnostics>>();
  readonly #reportedRules = new Set<string>();
  readonly #held: HeldFindings | undefined;

  /** `held`: what says which of them wait; `undefined`: none does. */
  constructor(workspace: OpenWorkspace, client: ClientFeatures, log: Log, held?: HeldFindings) {
    this.#workspace = workspace;
    this.#client = client;
    this.#log = log;
    this.#held = held;
  }

  /** The diagnostics of a file by its normalized URI that may be said now; none for a file that is not a deployKF values file. */
  of(uri: string): FileDiagnostics {
    const all = this.#all(uri);
    const items = this.#held?.allowed(uri, all.items) ?? all.items;
    return items.length === all.items.length ? all : { items, resultId: idOf(items) };
  }

  /** The same without work: empty where they were not asked for since the last change. */
  known(uri: string): readonly Diagnostic[] {
    return this.#known.get(this.#workspace.snapshot)?.get(uri)?.items ?? [];
  }

  #all(uri: string): FileDiagnostics {
    const { snapshot } = this.#workspace;
    const known = this.#known.get(snapshot) ?? new Map<string, FileDiagnostics>();
    this.#known.set(snapshot, known);
    const fileDiagnostics = known.get(uri) ?? this.#compute(snapshot, uri);
    known.set(uri, fileDiagnostics);
    return fileDiagnostics;
  }

  /**
   * Does most of the work of `of` in pieces, between which others get their turn. `false`: the workspace has changed since it
   * began, or `isCancelled` says so.
   */
  async prepare(uri: string, isCancelled = (): boolean => false): Promise<boolean> {
    const { snapshot } = this.#workspace;
    let since = performance.now();
    for (const view of [
      snapshot.viewsOf(uri),
      ...snapshot.hostedIn(uri).map(file => snapshot.viewsOf(file.uri)),
    ].flat()) {
      checkView(view);
      if (performance.now() - since < longestPiece) continue;
      await pause();
      if (this.#workspace.snapshot !== snapshot || isCancelled()) return false;
      since = performance.now();
    }
    return true;
  }

  #compute(snapshot: Snapshot, uri: string): FileDiagnostics {
    const items =
      this.#workspace.document(uri)?.isTooLarge === true ? [tooLarge] : this.#found(snapshot, uri);
    return { items, resultId: idOf(items) };
  }

  #found(snapshot: Snapshot, uri: string): readonly Diagnostic[] {
    const source = this.#workspace.file(uri)?.source;
    if (source === undefined) return [];
    return checkFile(snapshot, uri, this.#onRuleError).map(finding => this.toDiagnostic(finding, source));
  }

  toDiagnostic(finding: StackFinding, source: SourceText): Diagnostic {
    const { code, related } = finding;
    const page = rulePage(this.#client, code);
    return {
      range: toRange(source, finding.span),
      severity: severities[finding.severity],
      source: 'deployKF',
      code,
      message: printable(finding.message),
      ...(page !== undefined && this.#client.diagnosticLink && { codeDescription: { href: page } }),
      ...(finding.tag !== undefined && this.#client.diagnosticTags && { tags: [tags[finding.tag]] }),
      ...(related !== undefined &&
        this.#client.diagnosticRelated && {
          relatedInformation: related.map(place => this.#toRelated(place)),
        }),
      ...(this.#client.diagnosticData && { data: { id: findingId(finding) } }),
    };
  }

  #toRelated(place: RelatedPlace) {
    return { location: toLocation(this.#workspace, place), message: printable(place.message) };
  }

  /** A rule that throws does so at every keystroke; the log says it once. */
  readonly #onRuleError: OnRuleError = ({ code }, error) => {
    if (this.#reportedRules.has(code)) return;
    this.#reportedRules.add(code);
    this.#log.error(`Rule ${code} failed, the others continue: ${describeError(error)}`);
  };
}

function idOf(items: readonly Diagnostic[]): string {
  return digest(JSON.stringify(items));
}

/** All that is said about such a text, on its first line. */
const tooLarge: Diagnostic = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  severity: DiagnosticSeverity.Information,
  source: 'deployKF',
  message: 'This file is larger than 10 MB and not checked: values files are small',
};

/** The same for the same finding as long as nothing before it in the file changes. */
function findingId({ code, span, path }: StackFinding): string {
  return [code, span.start, span.end, path ?? ''].join(':');
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;
