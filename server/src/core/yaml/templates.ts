import { indentOf } from '../text/indent.ts';
import { firstIndex } from '../text/search.ts';

/**
 * A text in which lines that hold nothing but template actions, such as `{{- if .x }}` or `${values}`, are
 * comments of the same length, also the lines of an action that goes over several. Offsets stay what they
 * are. Lines inside block scalars are content and stay, too; those that are indented less than the content
 * are blank.
 */
export function maskTemplateLines(text: string): string {
  if (!mayHoldTemplates(text)) return text;
  if (!/^[ \t]*(?:\{[{%#]|[$%]\{|\$[A-Za-z_])/m.test(text)) return text;
  const blocks = new BlockLines();
  let actionEnd = 0;
  let isInBlock = false;
  return text.replace(/^[^\r\n]*$/gm, (line, offset: number) => {
    if (line.trim() === '') return line;
    const indent = indentOf(line);
    const isContinued = offset < actionEnd;
    if (isContinued) return isInBlock ? asBlank(line) : asComment(line, indent);
    if (blocks.holds(indent)) return line;
    actionEnd = endOfAction(text, offset + indent);
    const isOpen = actionEnd > offset + line.length;
    if (!isOpen && !isTemplateLine(line)) {
      blocks.start(line, indent);
      return line;
    }
    isInBlock =
      blocks.isOpen && continuesBlock(text, Math.max(actionEnd, offset + line.length), blocks.indent);
    if (isInBlock) return asBlank(line);
    blocks.start(line, indent);
    return asComment(line, indent);
  });
}

/**
 * Like `maskTemplateLines`, and what a template fills in inside of a line, such as `{{ .x }}/name` or
 * `[${A}, ${B}]`, are words of the same length: what tools read before deployKF does not have to be YAML.
 */
export function maskTemplates(text: string): string {
  if (!mayHoldTemplates(text)) return text;
  const lines = maskTemplateLines(text);
  const skipped = contentLines(lines);
  return lines.replace(inLine, (found, offset: number) => {
    if (/\n[ \t]*[\w.-]+:(?:\s|$)/.test(found) || skipped(offset)) return found;
    return `$${'_'.repeat(found.length - 1)}`;
  });
}

/**
 * A text in which what a step of a pipeline replaces, such as `tag: #{TAG}#`, is a word of the same length where YAML takes it for a
 * comment in place of a value.
 */
export function maskCommentedValues(text: string): string {
  if (!text.includes(' #{')) return text;
  const skipped = contentLines(text);
  return text.replace(/^.*$/gm, (line, offset: number) => (skipped(offset) ? line : withoutComments(line)));
}

/** A line with a word in place of a value that only looks like a comment. */
function withoutComments(line: string): string {
  const at = line.indexOf('#');
  const before = line.slice(0, Math.max(0, at)).trimEnd();
  if (before.length === at || !/[:-]$/.test(before)) return line;
  const token = /^#\{[^{}\s]+\}\S*/.exec(line.slice(at))?.[0];
  if (token === undefined) return line;
  return `${line.slice(0, at)}$${'_'.repeat(token.length - 1)}${line.slice(at + token.length)}`;
}

/** To look for the signs alone is quick, and most texts have none. */
function mayHoldTemplates(text: string): boolean {
  return /\{[{%#]|[$%]\{|\$[A-Za-z_]|[@%][A-Za-z_]/.test(text);
}

/**
 * Actions, also between the `{{<` and `>}}` of deployKF's own templates, which flow maps in flow maps are not, statements of Jinja, and
 * the variables of Terraform, envsubst, configure and of steps of a pipeline.
 */
const inLine =
  /\{\{(?:<(?!<))?-?\s*[\w.$("`/](?:(?!\{\{|\}\})[^])*\}\}|\{%(?:(?!\{%|%\})[^\r\n])*%\}|\$\{[^{}\r\n]*\}|@[A-Za-z_][\w.-]*@|%%[A-Za-z_][\w.-]*%%/g;
const action =
  /\{\{(?:<(?!<))?-?[ \t]*(?:\/\*(?:(?!\*\/|\/\*)[^])*\*\/\s*-?>?|[a-zA-Z.$(](?:(?!\{\{|\}\})[^])*)\}\}/y;

const jinja = /\{(?:%(?:(?!\{%|%\})[^])*%|#(?:(?!\{#|#\})[^])*#)\}/y;

/** How many lines in a row are looked at for what follows them. */
const mostTemplateLines = 100;

/** Where an action ends that starts at an offset; 0 for none, also for one that takes lines with keys in. */
function endOfAction(text: string, offset: number): number {
  if (/[%#]/.test(text[offset + 1] ?? '')) return endOfJinja(text, offset);
  if (!text.startsWith('{{', offset)) return 0;
  action.lastIndex = offset;
  const found = action.exec(text)?.[0] ?? '';
  const isComment = /^\{\{<?-?[ \t]*\/\*/.test(found);
  if (found === '' || (!isComment && /\n[ \t]*[\w.-]+:(?:\s|$)/.test(found))) return 0;
  return offset + found.length;
}

/** Where a statement or a comment of Jinja ends, under the same conditions. */
function endOfJinja(text: string, offset: number): number {
  jinja.lastIndex = offset;
  const found = jinja.exec(text)?.[0] ?? '';
  if (found === '' || (found.startsWith('{%') && /\n[ \t]*[\w.-]+:(?:\s|$)/.test(found))) return 0;
  return offset + found.length;
}

function asComment(line: string, indent: number): string {
  return `${line.slice(0, indent)}#${' '.repeat(Math.max(0, line.length - indent - 1))}`;
}

function asBlank(line: string): string {
  return ' '.repeat(line.length);
}

/** Of Helm and Argo CD, of Jinja, of Terraform, or of envsubst. */
function isTemplateLine(line: string): boolean {
  const written = line.trim();
  const text = written.endsWith('}') ? written : withoutComment(written);
  if (/\}:\s/.test(text)) return false;
  if (text.startsWith('{{')) return text.endsWith('}}');
  if (text.startsWith('{%') || text.startsWith('{#')) return text.endsWith(`${text.charAt(1)}}`);
  if (text.startsWith('${') || text.startsWith('%{')) return text.endsWith('}');
  return /^\$[A-Za-z_]\w*$/.test(text);
}

function withoutComment(line: string): string {
  const at = line.search(/\s#/);
  return at < 0 ? line : line.slice(0, at).trimEnd();
}

/** Which lines are the content of block scalars, asked line by line. */
class BlockLines {
  #indent: number | undefined;

  get isOpen(): boolean {
    return this.#indent !== undefined;
  }

  get indent(): number {
    return this.#indent ?? 0;
  }

  holds(indent: number): boolean {
    return this.#indent !== undefined && indent > this.#indent;
  }

  start(line: string, indent: number): void {
    this.#indent = startsBlock(line) ? indent : undefined;
  }
}

/** Whether the next line beside those of templates is the content of a block scalar as well. */
function continuesBlock(text: string, from: number, indent: number): boolean {
  let left = mostTemplateLines;
  for (const [line] of text.slice(from).matchAll(/^.*$/gm)) {
    if (left-- === 0) return false;
    if (line.trim() !== '' && !line.trimStart().startsWith('{{') && !isTemplateLine(line))
      return indentOf(line) > indent;
  }
  return false;
}

/** Whether an offset is in a block scalar or a comment. */
function contentLines(text: string): (offset: number) => boolean {
  const blocks = new BlockLines();
  const skipped: boolean[] = [];
  const starts: number[] = [];
  for (const { 0: line, index } of text.matchAll(/^.*$/gm)) {
    const indent = indentOf(line);
    const isContent = line.trim() === '' || blocks.holds(indent);
    if (!isContent) blocks.start(line, indent);
    starts.push(index);
    skipped.push(isContent || line[indent] === '#');
  }
  return offset => skipped[firstIndex(starts, start => start > offset) - 1] ?? false;
}

/**
 * Whether the lines below are the content of a block scalar: `key: |`, `- !!str >-`,
 * with or without a comment.
 */
function startsBlock(line: string): boolean {
  return Array.from(line.matchAll(/[|>][-+0-9]*\s*(?:#|$)/g)).some(({ index }) =>
    mayHoldBlock(line.slice(0, index)),
  );
}

/**
 * Whether a block scalar may follow: after nothing, or a colon or dash and a blank,
 * with tags and anchors between.
 */
function mayHoldBlock(before: string): boolean {
  if (before !== '' && !/\s/.test(before.slice(-1))) return false;
  let end = before.length;
  for (;;) {
    while (end > 0 && /\s/.test(before[end - 1] ?? '')) end--;
    let start = end;
    while (start > 0 && /\S/.test(before[start - 1] ?? '')) start--;
    const word = before.slice(start, end);
    if (!/^[&!]./.test(word)) return word === '' || word.endsWith(':') || word.endsWith('-');
    end = start;
  }
}
