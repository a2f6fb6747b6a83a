/** The text in at most `width` characters, its middle left out where it is longer. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - Math.max(0, width - 1 - head))}`;
}
