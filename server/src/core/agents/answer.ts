import { withoutLogins } from '../text/logins.ts';
import { printableLines } from '../text/printable.ts';
import { checkAnswer } from './checkAnswer.ts';
import { explainAnswer } from './explainAnswer.ts';
import { imagesAnswer } from './imagesAnswer.ts';
import { readInput, type AgentInput } from './readInput.ts';
import { agentTools, type AgentToolName } from './tools.ts';
import type { AgentAnswer, AgentWorld } from './world.ts';

/** In UTF-16 code units: what is longer would push everything else out of an agent's mind. */
const longest = 60_000;

const answers: Readonly<Record<AgentToolName, (world: AgentWorld, input: AgentInput) => AgentAnswer>> = {
  deploykf_explain: explainAnswer,
  deploykf_images: imagesAnswer,
  deploykf_check: checkAnswer,
};

/** Answers an agent about a world, with what it gives to a tool; all of that may be anything. */
export function answerAgent(world: AgentWorld, name: string, given: unknown): AgentAnswer {
  const tool = agentTools.find(known => known.name === name);
  if (tool === undefined) return { text: 'There is no such tool', isError: true };
  const read = readInput(tool, given);
  if (read.kind === 'wrong') return { text: read.problem, isError: true };
  const { text, ...rest } = answers[tool.name](world, read.input);
  const whole = [...notes(world), text].join('\n').trimEnd();
  return { ...rest, text: withinLength(printableLines(withoutLogins(whole))) };
}

/** What makes answers uncertain, before them. */
function notes({ snapshot, problems, pathOf }: AgentWorld): readonly string[] {
  const projects = new Set(snapshot.state.folders.flatMap(({ project }) => project ?? []));
  const wrong = [...projects].flatMap(({ file, problems: own }) =>
    own.map(({ message, span }) => {
      const { line } = file.source.positionAt(span.start);
      return `${pathOf(file.uri)}:${line + 1}: ${message}`;
    }),
  );
  return [...problems, ...wrong].map(problem => `Not certain, since something could not be read: ${problem}`);
}

/** Whole lines of it. */
function withinLength(text: string): string {
  if (text.length <= longest) return text;
  const end = Math.max(text.lastIndexOf('\n', longest), 1);
  const rest = text.slice(end).split('\n').length - 1;
  return `${text.slice(0, end)}\n… ${rest} more lines are left out: ask for one stack, file, component or severity`;
}
