import { candidateKind } from '../../workspace/discovery.ts';
import { findCommands, type GenerateCommand } from '../../stack/command.ts';
import { shellOf, type Shell, type Word } from '../../stack/commandWords.ts';
import { ValuesFile } from '../../stack/valuesFile.ts';
import { applyEdits, type TextEdit } from '../../text/edit.ts';
import { powershellWord, shellWord } from '../../text/shellWord.ts';
import { encloses, type Span } from '../../text/span.ts';
import { visit } from '../../yaml/lookup.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';

/**
 * Writes another path for one that a command in a script names, in quotes where it needs them; `undefined`
 * where it cannot are, or where what is around the command may read it in another way.
 */
export function replaceScriptPath(file: ValuesFile, value: Word, path: string): TextEdit | undefined {
  const { span, text: from } = value;
  const word = shellOf(file.uri) === 'powershell' ? powershellWord(path) : shellWord(path);
  const isPlain = word === path;
  if (file.text.slice(span.start, span.end) !== from || !(isPlain || canHold(file, value, path)))
    return undefined;
  const edit = { span, newText: value.quote === undefined ? word : path };
  const text = applyEdits(file.text, [edit]);
  if (text === undefined) return undefined;
  const change = { before: file.text, after: text, shell: shellOf(file.uri), from, to: path, isPlain };
  const isInYaml = candidateKind(file.uri) === 'yaml' && !isPlain;
  if (isInYaml ? isRightInYaml(file, span, change) : isRightIn(change)) return edit;
  return undefined;
}

/**
 * Whether a path that needs quotes is possible there. `deploykf` takes double quotes apart by itself, Make
 * has a meaning for `#` also in quotes, and strings of Groovy are in quotes of their own.
 */
function canHold({ uri }: ValuesFile, { quote }: Word, path: string): boolean {
  if (/["$`]|\p{Cc}/u.test(path) || (quote === "'" && path.includes(quote))) return false;
  return !/\/Jenkinsfile$/.test(uri) && !(path.includes('#') && /\.mk$|\/(?:GNUm|m|M)akefile$/.test(uri));
}

interface Change {
  readonly before: string;
  readonly after: string;
  readonly shell: Shell;
  readonly from: string;
  readonly to: string;
  /** No shell reads anything into the new path. */
  readonly isPlain: boolean;
}

/** Whether the commands are the same except for one path, and not within quotes that others may end. */
function isRightIn({ before, after, shell, from, to, isPlain }: Change): boolean {
  const [old, now] = [findCommands(before, shell), findCommands(after, shell)];
  const changed = [...now.keys()].filter(index => meaningOf(now[index]) !== meaningOf(old[index]));
  const [at = -1, ...others] = changed;
  const command = old[at];
  if (command === undefined || others.length > 0 || old.length !== now.length) return false;
  const meaning = meaningOf(now[at]);
  const isWanted = command.values.some((value, index) => {
    const values = command.values.with(index, { ...value, text: to });
    return value.text === from && meaningOf({ ...command, values }) === meaning;
  });
  return isWanted && (isPlain || !isQuoted(before, command.offset));
}

/** The text that the shell gets is that of the scalar. */
function isRightInYaml(file: ValuesFile, span: Span, change: Change): boolean {
  const before = scalarIn(file, span);
  const after = scalarIn(new ValuesFile(file.uri, change.after), { start: span.start, end: span.start });
  if (before === undefined || after === undefined || before.span.start !== after.span.start) return false;
  return isRightIn({ ...change, before: String(before.value), after: String(after.value) });
}

function scalarIn(file: ValuesFile, span: Span): YamlScalar | undefined {
  let found: YamlScalar | undefined;
  for (const { root } of file.yaml.documents) {
    visit(root, node => {
      if (node.kind === 'scalar' && encloses(node.span, span)) found = node;
    });
  }
  return found;
}

function meaningOf(command: GenerateCommand | undefined): string {
  return JSON.stringify([command?.release, command?.sourcePath, command?.values.map(({ text }) => text)]);
}

/** Whether an offset of a shell's text is within quotes, such as those of `sh -c`. */
function isQuoted(text: string, offset: number): boolean {
  const tokens = text.matchAll(/(?<!\S)#[^\n]*|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'/g);
  for (const { index, 0: token } of tokens) {
    if (index >= offset) return false;
    if (/^["']/.test(token) && offset < index + token.length) return true;
  }
  return false;
}
