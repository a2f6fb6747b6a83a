import { readText } from './sources.ts';

/** A command of a guide, as somebody copies it into a shell. */
export interface GuideCommand {
  readonly guide: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** What it needs that is not here, as its comment says; `undefined`: it is run. */
  readonly needs: string | undefined;
  /** The exit code that its comment tells, else 0. */
  readonly code: number;
  /** What the guide shows of its output, a line each; `…` stands for any lines. Empty: the guide shows none. */
  readonly shown: readonly string[];
}

/**
 * The commands in the blocks of a guide that are marked as `sh`, in their order. One is a line with what continues it, or a whole
 * script that begins with `#!`. A block without a language right after shows what the last of them prints.
 */
export function commandsOf(guide: string): readonly GuideCommand[] {
  const page = readText(`docs/${guide}.md`) ?? '';
  const commands: GuideCommand[] = [];
  for (const block of page.matchAll(/^```sh\n([^]*?)^```\n(?:\n```\n([^]*?)^```\n)?/gm)) {
    const [, script = '', shown = ''] = block;
    const first = page.slice(0, block.index).split('\n').length + 1;
    const own = partsOf(script).map(({ text, line }) => commandOf(guide, text, first + line));
    const last = own.pop();
    commands.push(...own);
    if (last !== undefined) commands.push({ ...last, shown: shown.split('\n').filter(Boolean) });
  }
  return commands;
}

interface Part {
  readonly text: string;
  readonly line: number;
}

function partsOf(script: string): readonly Part[] {
  if (script.startsWith('#!')) return [{ text: script, line: 0 }];
  const parts: Part[] = [];
  let lines: string[] = [];
  let end: string | undefined;
  script.split('\n').forEach((line, index, all) => {
    lines.push(line);
    end ??= /<<'(\w+)'/.exec(line)?.[1];
    const isOpen = end === undefined ? line.endsWith('\\') : line !== end;
    if (isOpen && index < all.length - 1) return;
    const text = lines.join('\n');
    if (text.trim() !== '') parts.push({ text, line: index + 1 - lines.length });
    lines = [];
    end = undefined;
  });
  return parts;
}

function commandOf(guide: string, text: string, line: number): GuideCommand {
  const needs = /# needs ((?:a|the) \w+)/.exec(text)?.[1];
  const code = Number(/# ends with (\d)/.exec(text)?.[1] ?? 0);
  return { guide, line, text, needs, code, shown: [] };
}

/**
 * The commands in the sentences and tables of a guide, each once: code that begins with one of these names. Those with a
 * placeholder, such as `FILE`, are not commands to copy.
 */
export function mentionedCommands(guide: string, names: readonly string[]): readonly string[] {
  const text = (readText(`docs/${guide}.md`) ?? '').replace(/^```[^]*?^```$/gm, '');
  const commands = new Set<string>();
  for (const [, code = ''] of text.matchAll(/`([^`\n]+)`/g)) {
    const command = code.replace(/^deploykf-values /, '').replaceAll('\\|', '|');
    const isCommand = names.some(name => command.startsWith(`${name} `));
    if (isCommand && !/\b[A-Z]{2,}\b/.test(command)) commands.add(`deploykf-values ${command}`);
  }
  return [...commands];
}
