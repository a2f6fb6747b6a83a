import { addPullSecret } from '../../../core/features/addPullSecret.ts';
import { pullSecretsPath } from '../../../core/pullSecrets/block.ts';
import type { PullSecretsExplanation } from '../../../core/pullSecrets/explain.ts';
import { pullSecretProblems, suggestedSecret } from '../../../core/pullSecrets/create/suggest.ts';
import { fileEditsJson } from '../../../core/report/editsJson.ts';
import { schema } from '../../../core/report/json.ts';
import { listed } from '../../../core/report/style.ts';
import { applyEdits, type FileEdit } from '../../../core/text/edit.ts';
import { encodeText } from '../../../host/textFiles.node.ts';
import type { LoadedFile } from '../../inputs/fileStore.ts';
import { complain, exitCodes, fail, type Io } from '../../io/io.ts';
import { openView } from '../../inputs/openView.ts';
import { writeJson } from '../../io/jsonIo.ts';
import type { RunCommand } from '../../arguments/command.ts';
import type { addSecretOptions } from '../../arguments/commandOptions.ts';
import type { Given } from '../../arguments/options.ts';
import { pathsFrom, stdinName } from '../../io/paths.ts';
import { describeUnwritten, diffOf, writeChanges, type ChangedFile } from '../../output/writeChanges.ts';

/** Adds a Secret to the values of a stack and switches the policy on. */
export const runAdd: RunCommand<typeof addSecretOptions> = async (options, io) => {
  const opened = await openView(io, options);
  if (opened === undefined) return exitCodes.failed;
  const { view, inputs } = opened;
  const suggested = suggestedSecret([view]);
  const secret = {
    name: options.name ?? suggested.name,
    namespace: options.namespace ?? suggested.namespace,
  };
  const { name, namespace } = pullSecretProblems({ ...secret, registries: [] });
  for (const flaw of [name, namespace]) if (flaw !== undefined) complain(io, flaw);
  if (name !== undefined || namespace !== undefined) return exitCodes.failed;
  const added = addPullSecret(inputs.snapshot, view, { secret });
  if (added.kind === 'refused') return fail(io, added.reason);
  const edits = added.kind === 'edits' ? added.edits : [];
  const changed = edits.flatMap(edit => changedFile(inputs.files, edit));
  const unwritten = options.dryRun ? [] : await writeChanges(changed);
  for (const file of unwritten) complain(io, describeUnwritten(io, file));
  if (unwritten.length > 0) return exitCodes.failed;
  report(options, io, { files: inputs.files, changed });
  return noteOn(io, added.explanation);
};

interface EditedFile extends ChangedFile {
  readonly edit: FileEdit;
}

function changedFile(files: readonly LoadedFile[], edit: FileEdit): readonly EditedFile[] {
  const loaded = files.find(({ file }) => file.uri === edit.uri);
  const text = loaded && applyEdits(loaded.file.text, edit.edits);
  if (loaded === undefined || text === undefined) return [];
  return [{ loaded, edit, text }];
}

interface Outcome {
  readonly files: readonly LoadedFile[];
  readonly changed: readonly EditedFile[];
}

function report(options: Given<typeof addSecretOptions>, io: Io, { files, changed }: Outcome): void {
  const pathOf = pathsFrom(io.cwd);
  if (options.format === 'json') {
    const edits = changed.map(({ loaded, edit }) =>
      fileEditsJson(pathOf(edit.uri), loaded.file.source, edit.edits),
    );
    writeJson(io, { schema, edits });
    return;
  }
  // What a program may read stays alone on standard output: a patch, or the text.
  const data = options.dryRun ? diffOf(changed, pathOf) : filteredText(files, changed);
  if (data !== undefined) io.stdout.writeData(data);
  if (options.quiet) return;
  const output = data === undefined ? io.stdout : io.stderr;
  if (changed.length === 0) {
    output.write('Nothing to add: the values already name the Secret\n');
    return;
  }
  const names = changed.map(({ loaded: { file } }) => pathOf(file.uri));
  output.write(`${options.dryRun ? 'Would add' : 'Added'} it to ${listed(names)}\n`);
}

/** Standard input as it is now, even when nothing changed; `undefined` when it was not given. */
function filteredText(files: readonly LoadedFile[], changed: readonly EditedFile[]): string | undefined {
  const input = files.find(({ path }) => path === stdinName);
  if (input === undefined) return undefined;
  const text = changed.find(({ loaded }) => loaded === input)?.text ?? input.file.text;
  return encodeText(text, input.bom);
}

/** That the values are right does not make a policy. */
function noteOn(io: Io, { rendered, reason }: PullSecretsExplanation): number {
  if (rendered) return exitCodes.clean;
  complain(io, `"${pullSecretsPath}" still does nothing: ${reason ?? ''}`);
  return exitCodes.findings;
}
