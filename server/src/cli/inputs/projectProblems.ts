import type { Io } from '../io/io.ts';
import { pathsFrom } from '../io/paths.ts';
import type { Inputs } from './inputs.ts';

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
