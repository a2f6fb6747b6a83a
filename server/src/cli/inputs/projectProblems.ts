import type { Io } from '../io/io.ts';
import { pathsFrom } from '../io/paths.ts';
import type { Inputs, InputsResult } from './inputs.ts';

/** Why nothing was read, else what could not be read and what is wrong in the project files. */
export function inputProblems(io: Io, opened: InputsResult): readonly string[] {
  if (opened.kind === 'failed') return opened.messages;
  return [...opened.inputs.problems, ...projectProblems(io, opened.inputs)];
}

/** What is wrong in the project files, a line each. What works on a half-read policy would do the wrong thing. */
export function projectProblems({ cwd }: Io, { projects }: Inputs): readonly string[] {
  const pathOf = pathsFrom(cwd);
  return projects.flatMap(({ file, problems }) =>
    problems.map(({ message, span }) => {
      const { line, character } = file.source.positionAt(span.start);
      return `${pathOf(file.uri)}:${line + 1}:${character + 1}: ${message}`;
    }),
  );
}
