/** A text of the workspace as labels show it: `$(name)` in it is not an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', String.raw`\$(`);
}
