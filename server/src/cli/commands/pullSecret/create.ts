import { resolve } from 'node:path';
import type { StackView } from '../../../core/analysis/stackView.ts';
import { dockerLogins } from '../../../core/secrets/dockerLogins.ts';
import {
  interactiveCommand,
  kubectlCommand,
  registryVariables,
} from '../../../core/pullSecrets/create/kubectlCommand.ts';
import {
  pullSecretProblems,
  suggestedSecret,
  tidySecret,
  type PullSecret,
} from '../../../core/pullSecrets/create/suggest.ts';
import { placeholderManifest, secretManifest } from '../../../core/pullSecrets/create/manifest.ts';
import { listed } from '../../../core/report/style.ts';
import { shellWord } from '../../../core/text/shellWord.ts';
import { dockerConfigPath, readDockerConfig } from '../../../host/dockerConfig.node.ts';
import { isSeenByGit, writePrivateFile } from '../../../host/privateFile.node.ts';
import { complain, exitCodes, fail, programName, type Io } from '../../io/io.ts';
import type { RunCommand } from '../../arguments/command.ts';
import type { createSecretOptions } from '../../arguments/commandOptions.ts';
import type { Given } from '../../arguments/options.ts';
import { displayPath, stdoutName } from '../../io/paths.ts';
import { inputProblems } from '../../inputs/projectProblems.ts';
import { readInputs } from '../../inputs/readInputs.ts';

type CreateOptions = Given<typeof createSecretOptions>;

/** Makes a Secret, or says how to. Credentials are read only when asked for, and never written to a terminal. */
export const runCreate: RunCommand<typeof createSecretOptions> = async (options, io) => {
  const { form, fromDockerConfig: isReading } = options;
  const wantsManifest = isReading || options.out !== undefined || form === 'manifest';
  if (options.force && outFile(options) === undefined)
    return fail(io, '--force overwrites a file: name one with --out FILE');
  if (wantsManifest && form === 'kubectl') {
    return fail(
      io,
      `--form kubectl cannot be combined with ${isReading ? '--from-docker-config' : '--out'}, which makes a manifest`,
    );
  }
  if (isReading && io.stdout.isTerminal && outFile(options) === undefined) {
    return fail(
      io,
      'the manifest would contain passwords and is not printed to a terminal: write it with --out FILE, or pipe it with | kubectl apply -f -',
    );
  }
  const views = await viewsFor(options, io);
  if (views === undefined) return exitCodes.failed;
  const secret = await chosenSecret(options, io, views);
  if (secret === undefined) return exitCodes.failed;
  const flaws = secretProblems(secret);
  for (const flaw of flaws) complain(io, flaw);
  if (flaws.length > 0) return exitCodes.failed;
  const tidy = tidySecret(secret);
  if (isReading) return fromDockerConfig(options, io, tidy);
  if (wantsManifest) return deliver(options, io, { text: placeholderManifest(tidy), secret: tidy });
  io.stdout.write(`${kubectlCommand(tidy)}\n`);
  io.stderr.write(howToRun(tidy) + nextStep(tidy));
  return exitCodes.clean;
};

/** The stacks to take suggestions from; none when nothing is left to suggest. `undefined`: it could not run, and was said. */
async function viewsFor(options: CreateOptions, io: Io): Promise<readonly StackView[] | undefined> {
  const { operands, values, stack, release, generator, config, registry, name, namespace } = options;
  const isNamed = [stack, release, generator, config].some(given => given !== undefined);
  const isAsked = operands.length > 0 || values.length > 0 || isNamed;
  if (!isAsked && registry.length > 0 && name !== undefined && namespace !== undefined) return [];
  const opened = await readInputs(io, options, { takes: 'any' });
  const messages = inputProblems(io, opened);
  // A file that merely happens to be there does no harm, and does not matter where nothing is taken from it.
  if (isAsked || registry.length === 0) for (const message of messages) complain(io, message);
  if (isAsked && messages.length > 0) return undefined;
  if (opened.kind === 'failed') return [];
  const { plans, snapshot } = opened.inputs;
  return plans.flatMap(plan => snapshot.view(plan) ?? []);
}

/** `undefined`: the user broke the questions off. */
async function chosenSecret(
  { registry: given, ...options }: CreateOptions,
  io: Io,
  views: readonly StackView[],
): Promise<PullSecret | undefined> {
  const suggested = suggestedSecret(views);
  const isAsking = given.length === 0 && io.stdin.isTerminal && io.stderr.isTerminal;
  const ask = async (
    fixed: string | undefined,
    question: string,
    answer: string,
  ): Promise<string | undefined> => {
    if (fixed !== undefined || !isAsking) return fixed ?? answer;
    const text = answer === '' ? question : `${question} [${answer}]`;
    const typed = await io.stdin.ask(`${text}: `);
    if (typed === undefined) return undefined;
    return typed.trim() || answer;
  };
  const registries = await ask(
    undefined,
    'Private registries, such as registry.example.com',
    suggested.registries.join(', '),
  );
  if (registries === undefined) return undefined;
  const name = await ask(options.name, 'Name of the Secret', suggested.name);
  if (name === undefined) return undefined;
  const namespace = await ask(options.namespace, 'Its namespace', suggested.namespace);
  if (namespace === undefined) return undefined;
  const typed = registries.split(/[\s,]+/).filter(registry => registry !== '');
  return { registries: given.length > 0 ? given : typed, name, namespace };
}

function secretProblems(secret: PullSecret): readonly string[] {
  if (secret.registries.length === 0) return ['no registry is given: name one with --registry HOST'];
  const { registries, name, namespace } = pullSecretProblems(secret);
  return [registries, name, namespace].filter(flaw => flaw !== undefined);
}

function howToRun(secret: PullSecret): string {
  const variables = registryVariables(secret).map(
    ({ registry, username, password }) => `${username} and ${password} for ${registry}`,
  );
  return [
    `Set ${variables.join('; ')} in the shell first; the command does not contain passwords. Or let one line ask for them:`,
    `  ${interactiveCommand(secret)}`,
  ]
    .map(line => `${line}\n`)
    .join('');
}

function nextStep({ name, namespace }: PullSecret): string {
  return `Next: ${programName} pull-secret add --name ${shellWord(name)} --namespace ${shellWord(namespace)} FILE\n`;
}

async function fromDockerConfig(options: CreateOptions, io: Io, secret: PullSecret): Promise<number> {
  const path = dockerConfigPath(io.env);
  const file = await readDockerConfig(path);
  if (file.kind === 'none') return fail(io, `the docker config ${path} ${file.problem}`);
  const { credentials, lacking, doubtful } = dockerLogins(file.config, secret.registries);
  const found = [...new Set(credentials.map(({ registry }) => registry))];
  const what = found.length === 0 ? 'no login for these registries' : `logins for ${listed(found)}`;
  io.stderr.write(`${path} has ${what}\n`);
  for (const { registry, message } of [...doubtful, ...lacking]) complain(io, `${registry}: ${message}`);
  if (credentials.length === 0) {
    return fail(
      io,
      'nothing is written: without --from-docker-config the command that is printed asks for the passwords',
    );
  }
  const code = await deliver(options, io, { text: secretManifest(secret, credentials), secret });
  if (code === exitCodes.clean && lacking.length > 0) return exitCodes.findings;
  return code;
}

/** `undefined`: standard output. */
function outFile({ out }: CreateOptions): string | undefined {
  return out === stdoutName ? undefined : out;
}

interface Manifest {
  readonly text: string;
  readonly secret: PullSecret;
}

/** Writes a manifest to the file that is named, else to standard output. */
async function deliver(options: CreateOptions, io: Io, { text, secret }: Manifest): Promise<number> {
  const out = outFile(options);
  if (out === undefined) {
    io.stdout.writeData(text);
    io.stderr.write(nextStep(secret));
    return exitCodes.clean;
  }
  const path = resolve(io.cwd, out);
  const shown = displayPath(io.cwd, path);
  const problem = await writePrivateFile(path, text, { overwrite: options.force });
  if (problem === 'already exists') return fail(io, `${shown} ${problem}: use --force to overwrite it`);
  if (problem !== undefined) return fail(io, `${shown} ${problem}`);
  if (await isSeenByGit(path))
    complain(io, `${shown} is in a git work tree and not ignored: do not commit it`);
  io.stderr.write(
    `Wrote ${shown}, readable only by its owner. Next: kubectl apply -f ${shellWord(shown)}\n${nextStep(secret)}`,
  );
  return exitCodes.clean;
}
