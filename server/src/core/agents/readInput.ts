import { ownValue } from '../text/ownValue.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { isRecord } from '../yaml/value.ts';
import type { AgentTool } from './tools.ts';

/** What an agent gave to a tool, by name; without texts that are empty. */
export type AgentInput = Readonly<Record<string, string>>;

export type InputResult =
  | { readonly kind: 'input'; readonly input: AgentInput }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads what an agent says, which may be anything. */
export function readInput({ name, inputSchema: { properties } }: AgentTool, given: unknown): InputResult {
  if (given !== undefined && !isRecord(given)) return wrong(`${name} takes an object`);
  const input: Record<string, string> = {};
  for (const [key, value] of Object.entries(given ?? {})) {
    const text = ownValue(properties, key);
    if (text === undefined) {
      const known = Object.keys(properties).join(', ');
      return wrong(`${name} does not take "${printable(shortened(key, 60))}": it takes ${known}`);
    }
    if (typeof value !== 'string') return wrong(`"${key}" must be a string`);
    if (value.length > text.maxLength) return wrong(`"${key}" is longer than ${text.maxLength} characters`);
    if (text.enum !== undefined && !text.enum.includes(value))
      return wrong(`"${key}" must be one of ${text.enum.join(', ')}`);
    if (value !== '') input[key] = value;
  }
  return { kind: 'input', input };
}

function wrong(problem: string): InputResult {
  return { kind: 'wrong', problem };
}
