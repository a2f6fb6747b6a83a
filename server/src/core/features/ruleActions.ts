import type { Change, StackFinding } from '../findings/finding.ts';
import { fileLayer } from '../stack/layer.ts';
import { projectFileComment } from '../stack/projectStacks.ts';
import { joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { projectFileName } from '../workspace/settings.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { formatPair } from '../yaml/format.ts';
import { findPath } from '../yaml/lookup.ts';
import type { ActionDraft, ActionStep } from './codeAction.ts';
import { takesComment } from './commentPlace.ts';

/** For each rule with findings at a place: ignore them there, turn the rule off, read about it. */
export function ruleActions(
  snapshot: Snapshot,
  uri: string,
  here: readonly StackFinding[],
  span: Span,
): readonly ActionDraft[] {
  const codes = [...new Set(here.map(({ code }) => code))];
  return codes.flatMap(code => {
    const findings = here.filter(finding => finding.code === code);
    const draft = (what: string, title: string): Omit<ActionDraft, 'step'> => ({
      title,
      kind: 'quickfix',
      isPreferred: false,
      findings,
      id: ['quickfix', span.start, span.end, code, what].join(':'),
      changes: () => [],
    });
    return [
      ...ignoreSteps(snapshot, uri, findings).map(step => ({
        ...draft('ignore', `Ignore ${code} here (reason…)`),
        step,
      })),
      ...turnOff(snapshot, uri, code).map(change => ({
        ...draft('off', `Turn ${code} off in ${projectFileName}`),
        changes: () => [[change]],
      })),
      { ...draft('page', `Open the page of ${code}`), step: { kind: 'page' as const, code } },
    ];
  });
}

/** Only where one comment is enough. */
function ignoreSteps(
  snapshot: Snapshot,
  uri: string,
  findings: readonly StackFinding[],
): readonly ActionStep[] {
  const source = snapshot.file(uri)?.source;
  const [first, ...others] = findings;
  if (source === undefined || first === undefined || !takesComment(snapshot, uri, first.span.start))
    return [];
  const line = ({ span }: StackFinding): number => source.positionAt(span.start).line;
  if (others.some(finding => line(finding) !== line(first))) return [];
  return [{ kind: 'ignore', code: first.code, offset: first.span.start }];
}

/** The change of the project file, which is made where there is none; none where it cannot be extended. */
function turnOff(snapshot: Snapshot, uri: string, code: string): readonly Change[] {
  const folder = snapshot.folderOf(uri);
  if (folder === undefined) return [];
  const { project } = folder;
  if (project === undefined) {
    const lines = [projectFileComment, ...formatPair('rules', { [code]: 'off' }, 2), ''];
    return [{ kind: 'create', uri: joinUri(folder.uri, projectFileName), text: lines.join('\n') }];
  }
  if (!takesRules(project.file)) return [];
  const layer = fileLayer(project.file, projectFileName);
  return [{ kind: 'set', layer, path: ['rules', code], value: 'off' }];
}

function takesRules({ yaml, root, anchors }: ValuesFile): boolean {
  if (yaml.problems.length > 0) return false;
  const rules = findPath(root, ['rules'], anchors);
  if (rules === undefined) return true;
  const { value } = rules.pair ?? {};
  return value?.kind === 'map' || (value?.kind === 'scalar' && value.type === 'null');
}
