/** A text as one word of a POSIX shell: as it is where no shell reads anything into it, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same for PowerShell, which doubles quotes in quotes. */
export function powershellWord(text: string): string {
  return /^[\w+:./\\-][\w+=:./\\-]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
