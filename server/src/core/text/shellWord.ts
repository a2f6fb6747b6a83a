import { printable } from './printable.ts';

/**
 * A text as one word of a POSIX shell: as it is where no shell reads anything into it, else in single quotes.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The same as it may be printed for people to copy, with every character to be seen: `$'a\x0ab'`,
 * as bash and zsh read it.
 */
export function printableShellWord(text: string): string {
  if (printable(text) === text) return shellWord(text);
  return `$'${Array.from(text, escapedInShell).join('')}'`;
}

function escapedInShell(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  const shown = printable(character);
  if (shown === character || code <= 0xffff) return shown;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** The same for PowerShell, which doubles quotes in quotes. */
export function powershellWord(text: string): string {
  if (/^[\w+:./\\-][\w+=:./\\-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
