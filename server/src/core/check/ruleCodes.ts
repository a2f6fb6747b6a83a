import { rules } from '../rules/index.ts';

/** The codes of all rules. */
export const ruleCodes: ReadonlySet<string> = new Set(rules.map(({ code }) => code));
