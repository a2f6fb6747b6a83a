/** A way to write that native speakers would not, and what they would write. */
interface Slip {
  readonly pattern: RegExp;
  readonly better: string;
}

const slips: readonly Slip[] = [
  { pattern: /(?<!\bvalues? )\bbehind\b/i, better: 'after' },
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
  { pattern: /\b(?:il)?legal\b/i, better: 'valid, invalid' },
  { pattern: /\bmisspelt\b/i, better: 'misspelled' },
  { pattern: /\bknown are\b/i, better: 'the known ones are, choose from' },
  { pattern: /\b(?:here|there|on line [\w…]+) already\b/i, better: 'already exists, is already here' },
  { pattern: /\b(?:is|are) not there\b/i, better: 'does not exist' },
  { pattern: /\b(?:write|writes|written) (?:it |them )?anew\b/i, better: 'overwrite' },
  { pattern: /\bby other means\b/i, better: 'in another way' },
  {
    pattern: /(?<!\bthere )\b(?:is|are) to (?:say|be said|be had)\b/i,
    better: 'there is to say, is available',
  },
  { pattern: /\b(?:is|are) none of (?:ours|its|theirs)\b/i, better: 'is not ours' },
  { pattern: /(?<!\bthere )\b(?:is|are|was|were) none\b(?! of)/i, better: 'is not one' },
  { pattern: /, also (?:where|when|if)\b/i, better: ', even where' },
  { pattern: /\bbut for\b/i, better: 'except for' },
  { pattern: /\b(?:is|are) the (?:business|matter) of\b/i, better: 'is reported by, is up to' },
  { pattern: /\bone an? (?:item|line|list|stack|component|pattern|finding|file|rule)\b/i, better: 'one per' },
  {
    pattern: /\bonce an? (?:item|line|list|stack|component|pattern|finding|file|rule)\b/i,
    better: 'once per',
  },
  { pattern: /\bsurely\b/i, better: 'clearly, certainly' },
  { pattern: /\b(?:lie|lies) (?:in|on|outside|inside|beside|there|elsewhere|beyond)\b/i, better: 'is' },
  { pattern: /\bstood (?:in|on|at|there|here|under|above|before)\b/i, better: 'was' },
  { pattern: /\b(?:cannot|can|may|must|could) stand (?!for\b)/i, better: 'can be' },
  { pattern: /\bwhat stands (?!for\b)/i, better: 'what is' },
  { pattern: /\bhits? (?:no|none|all|every|only|nothing|several|namespaces?|…)/i, better: 'matches' },
  {
    pattern: /\b(?:names?|gives?|knows?|holds?|tells?|serves?|yields?) no (?!longer|more)/i,
    better: 'does not',
  },
  {
    pattern: /\bnobody (?:knows|says|tells|looked|looks|sees|reads|complains|has|can|overrides|asked)\b/i,
    better: 'is not known, no layer overrides',
  },
  { pattern: /\bso that nobody\b/i, better: 'so that no one' },
  { pattern: /\bas often as not\b/i, better: 'often' },
  { pattern: /\ban information\b/i, better: 'information' },
  { pattern: /\blets? stand\b/i, better: 'keeps' },
  { pattern: /\b(?:goes|go) without\b/i, better: 'does not need, has no' },
  { pattern: /\btakes? [a-z ]{1,20}\baway\b/i, better: 'removes' },
  { pattern: /\bpassed over\b/i, better: 'skipped, ignored' },
  { pattern: /\bin the end\b/i, better: 'finally, effective' },
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
