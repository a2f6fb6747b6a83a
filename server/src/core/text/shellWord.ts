/** A text as one word of a POSIX shell: as it is where no shell reads anything into it, else in single quotes. */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same for PowerShell, which doubles quotes in quotes. */
export function powershellWord(text: string): string {
  if (/^[\w+:./\\-][\w+=:./\\-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
