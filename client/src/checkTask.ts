import {
  CustomExecution,
  EventEmitter,
  l10n,
  ProcessExecution,
  ShellExecution,
  ShellQuoting,
  Task,
  TaskScope,
  tasks,
  workspace,
  type Disposable,
  type Pseudoterminal,
  type TaskDefinition,
} from 'vscode';
import type { ExtensionHost } from './host.ts';
import type { Server } from './server.ts';

/** The type of the task, and the program that it runs. */
const program = 'deploykf-values';

/**
 * Offers the command line's `check` as a task, where the user has installed it. It has no problem matcher by itself: the extension shows
 * what it finds already.
 */
export function registerCheckTask(
  server: Server,
  findProgram: ExtensionHost['findProgram'],
): readonly Disposable[] {
  if (findProgram === undefined) return [];
  const taskFor = async (definition: TaskDefinition, scope: Task['scope']): Promise<Task | undefined> => {
    const args = argumentsOf(definition);
    if (args === undefined || !workspace.isTrusted) return undefined;
    const found = await findProgram(program);
    const execution = found === undefined ? sayMissing() : run(found, args);
    return new Task(definition, scope ?? TaskScope.Workspace, 'check', program, execution, []);
  };
  const provider = tasks.registerTaskProvider(program, {
    provideTasks: async () => {
      // A workspace without deployKF has nothing to check.
      if (!server.isStarted) return [];
      const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
      const offered = await Promise.all(folders.map(folder => taskFor({ type: program }, folder)));
      return offered.filter(task => task !== undefined);
    },
    resolveTask: ({ definition, scope }) => taskFor(definition, scope),
  });
  return [provider];
}

/** `undefined`: it is not a list of texts. */
function argumentsOf({ args = [] }: TaskDefinition): readonly string[] | undefined {
  const given: unknown = args;
  if (!Array.isArray(given)) return undefined;
  const texts = given.filter(arg => typeof arg === 'string');
  return texts.length === given.length ? texts : undefined;
}

function run(file: string, args: readonly string[]): ProcessExecution | ShellExecution {
  // Windows starts the scripts that npm installs in a shell alone.
  if (!/\.(?:cmd|bat)$/.test(file)) return new ProcessExecution(file, ['check', ...args]);
  const quoted = args.map(value => ({ value, quoting: ShellQuoting.Strong }));
  return new ShellExecution({ value: file, quoting: ShellQuoting.Strong }, ['check', ...quoted]);
}

/** Says in the terminal of the task what to do. */
function sayMissing(): CustomExecution {
  return new CustomExecution(() => {
    const written = new EventEmitter<string>();
    const closed = new EventEmitter<number>();
    const terminal: Pseudoterminal = {
      onDidWrite: written.event,
      onDidClose: closed.event,
      open: () => {
        const message = l10n.t(
          'The program {0} is in no folder of PATH outside of the workspace. Install the npm package of deployKF Values globally, and start VS Code again.',
          program,
        );
        written.fire(`${message}\r\n`);
        closed.fire(127);
      },
      close: () => undefined,
    };
    return Promise.resolve(terminal);
  });
}
