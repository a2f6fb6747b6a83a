const blockHeader = /^(\s*)(?:.*[:-]\s+|)(?:[&!]\S+\s+)*[|>][-+0-9]*\s*(?:#.*)?$/;

/**
 * A text in which lines that hold nothing but template actions, such as `{{- if .x }}`, are comments of the same length.
 * Offsets stay what they are. Lines inside block scalars are content and stay, too.
 */
export function maskTemplateLines(text: string): string {
  if (!/^[ \t]*\{\{/m.test(text)) return text;
  let blockIndent: number | undefined;
  return text.replace(/^[^\r\n]*$/gm, line => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') return line;
    if (blockIndent !== undefined && indent > blockIndent) return line;
    blockIndent = blockHeader.test(line) ? indent : undefined;
    return /^[ \t]*\{\{.*\}\}[ \t]*$/.test(line)
      ? line.replace(/\S.*$/, action => `#${' '.repeat(action.length - 1)}`)
      : line;
  });
}
