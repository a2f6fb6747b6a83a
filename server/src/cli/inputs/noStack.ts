import { fileURLToPath } from 'node:url';
import { projectFileName, type Project } from '../../core/workspace/settings.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { suggestion } from '../arguments/parseArguments.ts';
import { displayPath } from '../io/paths.ts';

export interface NoStack {
  /** As the user wrote it. */
  readonly name: string;
  readonly cwd: string;
  readonly project: Project | undefined;
  /** The stacks that were found instead. */
  readonly plans: readonly StackPlan[];
}

/** What is said when `--stack` names a stack that does not exist: which there are, or how to write one. */
export function describeNoStack({ name, cwd, project, plans }: NoStack): string {
  const names = [...new Set(plans.map(plan => plan.name))].filter(other => other !== '');
  const start = `there is no stack "${name}"${suggestion(name, names)}`;
  const shown = project && displayPath(cwd, fileURLToPath(project.file.uri));
  if (shown !== undefined && names.length > 0 && plans.every(isOfProject))
    return `${start}: ${shown} has ${names.join(', ')}`;
  if (names.length > 0) return `${start}: choose from ${names.join(', ')}`;
  const [problem] = project?.problems ?? [];
  if (shown !== undefined && problem !== undefined) return `${start}: ${shown} is wrong, ${problem.message}`;
  if (shown !== undefined) return `${start}: ${shown} does not define any`;
  return `${start}: there is no ${projectFileName} in ${cwd} or above it (write one with deploykf-values init)`;
}

function isOfProject({ kind }: StackPlan): boolean {
  return kind === 'project' || kind === 'standalone';
}
