import { explainPullSecrets } from '../../../core/pullSecrets/explain.ts';
import { earlyNamespaces } from '../../../core/pullSecrets/reach.ts';
import { pullSecretsJson } from '../../../core/report/pullSecretsJson.ts';
import { pullSecretsText } from '../../../core/report/pullSecretsText.ts';
import { addPullSecretBlock } from './add.ts';
import type { RunCommand } from '../../arguments/command.ts';
import { createPullSecret } from './create.ts';
import { exitCodes, fail, type Io } from '../../io/io.ts';
import { openView } from '../../inputs/openView.ts';
import { chosenStyle, isJson } from '../../output/output.ts';
import { writeJson } from '../../io/jsonIo.ts';
import type { Arguments } from '../../arguments/parseArguments.ts';
import { ownValue } from '../../../core/text/ownValue.ts';

export const runPullSecret: RunCommand = async (args, io) => {
  const mode = ['explain', 'add'].find(name => args.switches.has(name)) ?? '';
  const stray = strayFlag(args, mode);
  if (stray !== undefined) return fail(io, stray);
  if (mode === 'explain') return explain(args, io);
  return mode === 'add' ? addPullSecretBlock(args, io) : createPullSecret(args, io);
};

/** What each flag goes with; the others go with everything. `''`: making a Secret. */
const modesOf: Readonly<Record<string, readonly string[]>> = {
  explain: ['explain'],
  add: ['add'],
  registry: [''],
  name: ['', 'add'],
  namespace: ['', 'add'],
  form: [''],
  'from-docker-config': [''],
  out: [''],
  force: [''],
  'dry-run': ['add'],
  format: ['explain', 'add'],
  color: ['explain'],
};

/** The first flag that does not fit the others, in words. */
function strayFlag({ switches, values, lists }: Arguments, mode: string): string | undefined {
  const given = [...switches, ...values.keys(), ...lists.keys()];
  const stray = given.find(flag => ownValue(modesOf, flag)?.includes(mode) === false);
  if (stray === undefined) return undefined;
  return mode === ''
    ? `--${stray} goes with ${(ownValue(modesOf, stray) ?? []).map(name => `--${name}`).join(' or ')}`
    : `--${stray} does not go with --${mode}`;
}

async function explain(args: Arguments, io: Io): Promise<number> {
  const opened = await openView(io, args);
  if (opened === undefined) return exitCodes.failed;
  const { view, name } = opened;
  const explanation = explainPullSecrets(view);
  if (isJson(args)) writeJson(io, pullSecretsJson(explanation));
  else
    io.stdout.write(
      pullSecretsText(explanation, { style: chosenStyle(io, args), stack: name, early: earlyNamespaces(view) }),
    );
  return exitCodes.clean;
}
