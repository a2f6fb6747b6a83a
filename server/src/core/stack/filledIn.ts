/** Whether a text that names something, such as a file, may be filled in by a tool or a shell before it is read. */
export function mayBeFilledIn(text: string): boolean {
  return /[$`{]/.test(text);
}
