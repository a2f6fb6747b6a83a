/** A way to write that native speakers would not, and what they would write. */
interface Slip {
  readonly pattern: RegExp;
  readonly better: string;
}

const slips: readonly Slip[] = [
  { pattern: /\bbehind\b/i, better: 'after' },
  { pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|slower\b)/i, better: 'is not a' },
  {
    pattern:
      /\b(?:one|a|an) [a-z]+ an? (?:stack|finding|rule|release|feature|component|file|line|diagnostic|run)\b/i,
    better: 'per',
  },
  { pattern: /\b(?:is|are) told\b/i, better: 'is said, is reported' },
  { pattern: /\bstands? (?:in|on|at|there|twice|here|under|above|before)\b/i, better: 'is' },
  { pattern: /\bas (?:any|all) others?\b/i, better: 'like any other' },
  { pattern: /\binformations\b/i, better: 'information' },
  { pattern: /\bis there already\b/i, better: 'already exists' },
  { pattern: /\btruth value\b/i, better: 'boolean' },
  { pattern: /\bfrom (?:here|this [a-z]+) on\b/i, better: 'from here' },
  { pattern: /\bwithout a word\b/i, better: 'silently' },
];

/** What of a text is not native English: the words, and what to write. Code of Markdown is not looked at. */
export function englishSlips(text: string): readonly string[] {
  const prose = text.replace(/^```[^\n]*\n[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '``');
  const words = prose.replace(/\s+/g, ' ');
  return slips.flatMap(({ pattern, better }) => {
    const found = pattern.exec(words)?.[0];
    return found === undefined ? [] : [`"${found}": write "${better}"`];
  });
}
