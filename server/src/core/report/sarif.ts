import { changesToFileEdits } from '../fixes/edits.ts';
import { soundEdits } from '../fixes/sound.ts';
import type { Finding, Fix, RelatedPlace, StackFinding } from '../findings/finding.ts';
import { rules } from '../rules/index.ts';
import type { FileEdit } from '../text/edit.ts';
import { printable } from '../text/printable.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Value } from '../yaml/value.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { CredentialCheck } from './credentials.ts';
import { numberedFingerprints } from './fingerprint.ts';
import { sarifLevels, sarifRule, sarifText } from './sarifRule.ts';
import { rangeOf, type CheckReport, type FileFindings, type PathOf, type Range } from './types.ts';

export interface SarifOptions {
  readonly snapshot: Snapshot;
  readonly pathOf: PathOf;
  /** The version of this program. */
  readonly version: string;
}

interface LogOptions extends SarifOptions {
  readonly credentials: CredentialCheck;
}

/** Where all paths start. It differs from machine to machine, and so the log does not say where it is. */
const base = 'SRCROOT';

/** The findings as a SARIF 2.1.0 log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifLog({ files, problems = [] }: CheckReport, options: SarifOptions): Value {
  const { version } = options;
  const logOptions = { ...options, credentials: new CredentialCheck() };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'deployKF Values',
            semanticVersion: version,
            version,
            rules: rules.map(rule => sarifRule(rule)),
          },
        },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map(problem => ({
              level: 'error',
              message: sarifText(problem),
            })),
          },
        ],
        originalUriBaseIds: {
          [base]: {
            description: { text: 'The working directory of the check, or the root of the repository' },
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(file => results(file, logOptions)),
      },
    ],
  };
}

function results(file: FileFindings, options: LogOptions): readonly Value[] {
  const fingerprints = numberedFingerprints(file.file, file.findings);
  return file.findings.map((finding, index) => result(file, finding, fingerprints[index] ?? '', options));
}

function result(
  { path, file }: FileFindings,
  finding: StackFinding,
  fingerprint: string,
  options: LogOptions,
): Value {
  const { code, severity, message, related = [], stacks } = finding;
  const fixes = finding.fixes.flatMap(fix => sarifFix(fix, options));
  return {
    ruleId: code,
    ruleIndex: rules.findIndex(rule => rule.code === code),
    level: sarifLevels[severity],
    message: sarifText(message),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(path, file.uri),
          region: region(rangeOf(file.source, finding.span)),
        },
        ...logicalLocations(finding),
      },
    ],
    partialFingerprints: { 'deploykfValues/v1': fingerprint },
    ...(related.length > 0 && {
      relatedLocations: related.map((place, index) => relatedLocation(place, index, options)),
    }),
    ...(fixes.length > 0 && { fixes }),
    properties: { severity, stacks: stacks.map(printable) },
  };
}

function logicalLocations({ path }: Finding): { readonly logicalLocations?: readonly Value[] } {
  if (path === undefined) return {};
  return { logicalLocations: [{ fullyQualifiedName: printable(path), kind: 'value' }] };
}

function relatedLocation(place: RelatedPlace, index: number, options: SarifOptions): Value {
  const file = options.snapshot.file(place.uri);
  const located = file?.locate(place.span);
  const uri = located?.uri ?? place.uri;
  const range = located ?? place.range;
  return {
    id: index + 1,
    physicalLocation: {
      artifactLocation: artifactLocation(options.pathOf(uri), uri),
      ...(range && { region: region(range) }),
    },
    message: sarifText(place.message),
  };
}

/** Relative to the working directory; what is outside of it, or on another drive, by its whole address. */
function artifactLocation(path: string, uri: string): Value {
  if (/^(?:\.\.(?:\/|$)|\/|[a-z]:)/i.test(path)) return { uri };
  return { uri: path.split('/').map(encoded).join('/'), uriBaseId: base };
}

/** A name with half a character in it cannot be encoded. */
function encoded(step: string): string {
  return encodeURIComponent(
    step.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  );
}

/** Lines and columns are 1-based, the end is the column after the last character. */
function region({ start, end }: Range): Value {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** None where it would make files, or show what may be a credential. */
function sarifFix({ title, changes, isManifest }: Fix, options: LogOptions): readonly Value[] {
  if (isManifest === true) return [];
  const { snapshot, credentials } = options;
  const edits = soundEdits(snapshot, changesToFileEdits(snapshot, changes()));
  const artifactChanges: Value[] = [];
  for (const edit of edits) {
    const file = snapshot.file(edit.uri);
    if (edit.isNew === true || file === undefined || credentials.areIn(file, edit.edits)) return [];
    artifactChanges.push(artifactChange(edit, file.source, options));
  }
  if (artifactChanges.length === 0) return [];
  return [{ description: sarifText(title), artifactChanges }];
}

function artifactChange({ uri, edits }: FileEdit, source: SourceText, { pathOf }: SarifOptions): Value {
  return {
    artifactLocation: artifactLocation(pathOf(uri), uri),
    replacements: edits.map(({ span, newText }) => ({
      deletedRegion: region(rangeOf(source, span)),
      ...(newText !== '' && { insertedContent: { text: newText } }),
    })),
  };
}
