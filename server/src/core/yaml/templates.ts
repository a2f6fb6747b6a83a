/**
 * A text in which lines that hold nothing but template actions, such as `{{- if .x }}` or `${values}`, are
 * comments of the same length, also the lines of an action that goes over several. Offsets stay what they
 * are. Lines inside block scalars are content and stay, too.
 */
export function maskTemplateLines(text: string): string {
  // To look for the signs alone first is quick, and most texts have none.
  if (!/\{\{|[$%]\{|\$[A-Za-z_]/.test(text)) return text;
  if (!/^[ \t]*(?:\{\{|[$%]\{|\$[A-Za-z_])/m.test(text)) return text;
  let blockIndent: number | undefined;
  let isInAction = false;
  return text.replace(/^[^\r\n]*$/gm, line => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') return line;
    if (isInAction) {
      isInAction = !line.includes('}}');
      return asComment(line, indent);
    }
    if (blockIndent !== undefined && indent > blockIndent) return line;
    blockIndent = startsBlock(line) ? indent : undefined;
    isInAction = opensAction(line);
    if (!isInAction && !isTemplateLine(line)) return line;
    return asComment(line, indent);
  });
}

function asComment(line: string, indent: number): string {
  return `${line.slice(0, indent)}#${' '.repeat(Math.max(0, line.length - indent - 1))}`;
}

/** Of Helm and Argo CD, of Terraform, or of envsubst. */
function isTemplateLine(line: string): boolean {
  const text = line.trim();
  if (text.startsWith('{{')) return text.endsWith('}}');
  if (text.startsWith('${') || text.startsWith('%{')) return text.endsWith('}');
  return /^\$[A-Za-z_]\w*$/.test(text);
}

/** An action whose end is on a later line, which `{{` alone at the start of flow maps in flow maps is not. */
function opensAction(line: string): boolean {
  return /^[ \t]*\{\{-?[ \t]*(?:\/\*|[a-zA-Z.$(])/.test(line) && !line.includes('}}') && !/:[ \t]/.test(line);
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
