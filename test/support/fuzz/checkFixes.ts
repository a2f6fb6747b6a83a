// What holds for every fix: it is an edit of the file that leaves it as right as it was.
import { checkFile } from '../../../server/src/core/check/check.ts';
import { codeActions, type CodeAction } from '../../../server/src/core/features/codeActions.ts';
import type { StackFinding } from '../../../server/src/core/findings/finding.ts';
import { fixAll } from '../../../server/src/core/fixes/fixAll.ts';
import { projectFileName } from '../../../server/src/core/workspace/settings.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits, type FileEdit } from '../../../server/src/core/text/edit.ts';
import { attempt, ensure } from './cases.ts';
import { checkSpan } from './checkYaml.ts';
import type { FuzzWorld } from './world.ts';

/** The actions at a finding, made one at a time. `most`: so many, chosen by `pick`. */
export function checkActionsAt(
  world: FuzzWorld,
  finding: StackFinding,
  pick: (actions: number) => number,
  most: number,
): void {
  const { snapshot, file } = world;
  const actions = attempt('code actions', () => codeActions(snapshot, file.uri, finding.span));
  for (let count = 0; count < Math.min(most, actions.length); count++) {
    const action = actions[most >= actions.length ? count : pick(actions.length)];
    if (action !== undefined) checkAction(world, action);
  }
}

function checkAction(world: FuzzWorld, action: CodeAction): void {
  const edits = attempt('fix', action.edits);
  const own = edits.find(({ uri }) => uri === world.file.uri);
  for (const edit of edits) checkEdits(world, edit);
  if (own === undefined) return;
  const fixed = afterEdit(world, own);
  checkSyntax(`fix: syntax`, world, fixed, action.title);
}

/** Within the file, apart from each other, and in order: all else is left as it is. */
function checkEdits({ snapshot }: FuzzWorld, { uri, edits }: FileEdit): void {
  const file = snapshot.file(uri);
  // A stack that nothing defines is written into a new project file.
  if (file === undefined && uri.endsWith(projectFileName)) {
    const text = applyEdits('', edits);
    ensure('fix: new file', text !== undefined && parseYaml(text).problems.length === 0, () => String(text));
    return;
  }
  ensure('fix: file', file !== undefined && file.host === undefined, () => uri);
  if (file === undefined) return;
  for (const { span, newText } of edits) checkSpan('fix: place', file.text, span, newText);
  ensure('fix: overlap', applyEdits(file.text, edits) !== undefined, () => JSON.stringify(edits));
}

function afterEdit({ snapshot, file }: FuzzWorld, { edits }: FileEdit): FuzzWorld {
  const text = applyEdits(file.text, edits) ?? file.text;
  const next = new ValuesFile(file.uri, text, { previous: file });
  return { file: next, snapshot: snapshot.withFile(file.uri, next) };
}

function checkSyntax(check: string, before: FuzzWorld, after: FuzzWorld, title: string): void {
  const [was, is] = [syntaxFindings(before), syntaxFindings(after)];
  const isWorse =
    is.length > was.length || after.file.yaml.problems.length > before.file.yaml.problems.length;
  ensure(check, !isWorse, () =>
    JSON.stringify([title, is, after.file.yaml.problems, after.file.text.slice(0, 4000)]),
  );
}

function syntaxFindings({ snapshot, file }: FuzzWorld): readonly string[] {
  return attempt('check', () => checkFile(snapshot, file.uri))
    .filter(({ code }) => code === 'yaml-syntax')
    .map(({ message }) => message);
}

/** All fixes at once: what they leave has nothing more to fix, and is no worse. */
export function checkFixAll({ snapshot, file }: FuzzWorld): void {
  const fixed = attempt('fix all', () => fixAll(snapshot, [file.uri]));
  for (const edit of fixed.edits) checkEdits({ snapshot, file }, edit);
  const [own] = fixed.edits;
  const text = own === undefined ? file.text : applyEdits(file.text, own.edits);
  ensure('fix all: edits', text === (fixed.texts.get(file.uri) ?? file.text), () => JSON.stringify(own));
  const next = fixed.snapshot.file(file.uri);
  if (next === undefined || own === undefined) return;
  checkSyntax('fix all: syntax', { snapshot, file }, { snapshot: fixed.snapshot, file: next }, 'fix all');
  const again = attempt('fix all', () => fixAll(fixed.snapshot, [file.uri]));
  ensure('fix all: again', again.edits.length === 0, () =>
    JSON.stringify([again.edits, next.text.slice(0, 4000)]),
  );
}
