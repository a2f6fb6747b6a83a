/** How many UTF-16 code units of white space a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
