import type { AgentWorld } from '../../core/agents/world.ts';
import type { Io } from '../io/io.ts';
import { pathsFrom, uriOf } from '../io/paths.ts';
import { readInputs } from './readInputs.ts';

export type AgentWorldResult =
  | { readonly kind: 'world'; readonly world: AgentWorld }
  | { readonly kind: 'failed'; readonly messages: readonly string[] };

const everything = {
  operands: [],
  values: [],
  stack: undefined,
  release: undefined,
  generator: undefined,
  config: undefined,
} as const;

/** What agents may know: the stacks of the working directory, and nothing outside of it. */
export async function readAgentWorld(io: Io): Promise<AgentWorldResult> {
  const opened = await readInputs(io, everything, { takes: 'values', confined: 'confined' });
  if (opened.kind === 'failed') return opened;
  const { snapshot, plans, files, projects, problems, absent } = opened.inputs;
  const world: AgentWorld = {
    snapshot,
    plans,
    files: [...projects.map(project => project.file.uri), ...files.map(({ file }) => file.uri)],
    folders: [uriOf(`${io.cwd}/`)],
    pathOf: pathsFrom(io.cwd),
    problems: [...problems, ...absent],
  };
  return { kind: 'world', world };
}
