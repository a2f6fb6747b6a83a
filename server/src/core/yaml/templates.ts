/**
 * A text in which lines that hold nothing but template actions, such as `{{- if .x }}`, are comments of the
 * same length. Offsets stay what they are. Lines inside block scalars are content and stay, too.
 */
export function maskTemplateLines(text: string): string {
  if (!/^[ \t]*\{\{/m.test(text)) return text;
  let blockIndent: number | undefined;
  return text.replace(/^[^\r\n]*$/gm, line => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') return line;
    if (blockIndent !== undefined && indent > blockIndent) return line;
    blockIndent = startsBlock(line) ? indent : undefined;
    if (!/^[ \t]*\{\{.*\}\}[ \t]*$/.test(line)) return line;
    return `${line.slice(0, indent)}#${' '.repeat(line.length - indent - 1)}`;
  });
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
