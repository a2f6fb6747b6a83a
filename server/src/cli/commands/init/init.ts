import { plainRelease } from '../../../core/catalog/release.ts';
import { lstat, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  extendedProjectText,
  projectFileText,
  type ProjectFileContent,
} from '../../../core/features/projectFile.ts';
import { ValuesFile } from '../../../core/stack/valuesFile.ts';
import { keyText } from '../../../core/yaml/nodes.ts';
import { layoutOf } from '../../../core/policy/layoutOf.ts';
import { sayList } from '../../../core/text/list.ts';
import { printable } from '../../../core/text/printable.ts';
import {
  completePolicy,
  proposeProject,
  type CompletePolicy,
  type ProjectProposal,
} from '../../../core/workspace/projectProposal.ts';
import { policyForRegistry, REGISTRY_LAYOUTS, registryProblem } from '../../../core/policy/presets.ts';
import { policyProblems } from '../../../core/policy/problems.ts';
import type { RegistryPolicy } from '../../../core/policy/types.ts';
import { count } from '../../../core/report/style.ts';
import { projectFileName } from '../../../core/workspace/settings.ts';
import { replaceFile } from '../../../host/replaceFile.node.ts';
import { pathKind } from '../../../host/textFiles.node.ts';
import type { RunCommand } from '../../arguments/command.ts';
import { exitCodes, fail, type Io } from '../../io/io.ts';
import type { initOptions } from '../../arguments/commandOptions.ts';
import type { Given } from '../../arguments/options.ts';
import { suggestion } from '../../arguments/parseArguments.ts';
import { catalogsWith, defaultsPlan, describeUnknown } from '../../inputs/givenDefaults.ts';
import { uriOf } from '../../io/paths.ts';
import { readNearbyFiles } from './nearbyFiles.ts';

export const runInit: RunCommand<typeof initOptions> = async (options, io) => {
  const { operands, force } = options;
  const path = resolve(io.cwd, projectFileName);
  const release = options.release === undefined ? undefined : plainRelease(options.release);
  if (operands[0] !== undefined)
    return fail(
      io,
      `init does not take files: "${operands[0]}" is not needed, init looks at the folder itself`,
    );
  const made = await catalogsWith(release);
  if (release !== undefined && made.catalogs.of(release) === undefined)
    return fail(io, describeUnknown(io, defaultsPlan(release, undefined), made));
  const before = await readBefore(path, force);
  if (before.kind === 'refused') return fail(io, `${projectFileName} ${before.problem}`);
  const proposal = proposeProject(await readNearbyFiles(io.cwd, made.catalogs), uriOf(`${io.cwd}/`), release);
  const isAsked =
    before.project === undefined || options.registry !== undefined || options.layout !== undefined;
  const chosen = isAsked ? await choosePolicy(options, io, proposal) : noPolicy;
  if (chosen.kind === 'wrong') return fail(io, chosen.message);
  if (chosen.kind === 'brokenOff') return exitCodes.failed;
  const every = chosen.policy && completePolicy(chosen.policy, proposal, options.registry);
  const content = {
    release: proposal.generator === undefined ? proposal.release : undefined,
    policy: every?.policy,
    stacks: proposal.stacks,
  };
  const text =
    before.project === undefined ? projectFileText(content) : extended(before.project, content, options);
  if (text === undefined) return fail(io, `${projectFileName} ${alreadyThere}`);
  const problem = await replaceFile(path, { text, expected: before.text });
  if (problem !== undefined) return fail(io, `${projectFileName} ${problem}`);
  const isNew = before.project === undefined;
  if (!options.quiet) io.stdout.write(isNew ? summary(proposal, { ...chosen, every }) : additions(proposal));
  return exitCodes.clean;
};

/** What a project file lacks and the user asks for; `undefined`: nothing, or it cannot be added. */
function extended(
  project: ValuesFile,
  { release, policy, stacks }: ProjectFileContent,
  { release: given, registry }: Given<typeof initOptions>,
): string | undefined {
  const isSet = (key: string): boolean => project.map?.pairs.some(pair => keyText(pair.key) === key) === true;
  // What the user says and the file says otherwise is not dropped silently.
  if ((given !== undefined && isSet('release')) || (registry !== undefined && isSet('registry')))
    return undefined;
  if (stacks.length === 0) return undefined;
  const text = extendedProjectText(project, {
    release: given === undefined ? undefined : release,
    policy: registry === undefined ? undefined : policy,
    stacks,
  });
  return text === project.text ? undefined : text;
}

const alreadyThere = 'already exists: use --force to overwrite it';

type Before =
  | { readonly kind: 'free'; readonly text: string | undefined; readonly project?: ValuesFile }
  | { readonly kind: 'refused'; readonly problem: string };

/** A file that says nothing can be written over; any other one only where the user says so. */
async function readBefore(path: string, force: boolean): Promise<Before> {
  const kind = await pathKind(path);
  const isLink = await lstat(path).then(
    stats => stats.isSymbolicLink(),
    () => false,
  );
  if (kind === 'missing' && isLink)
    return { kind: 'refused', problem: 'is a link to a file that does not exist: correct or remove it' };
  if (kind === 'missing' || force) return { kind: 'free', text: undefined };
  const text = kind === 'file' ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
  if (text?.trim() === '') return { kind: 'free', text };
  const project = text === undefined ? undefined : new ValuesFile(uriOf(path), text);
  if (text === undefined || project === undefined || !lacksStacks(project))
    return { kind: 'refused', problem: alreadyThere };
  return { kind: 'free', text, project };
}

/** Whether stacks can be added to a project file, which has none. */
function lacksStacks({ yaml, map }: ValuesFile): boolean {
  if (yaml.problems.length > 0 || map === undefined) return false;
  const stacks = map.pairs.find(({ key }) => keyText(key) === 'stacks')?.value;
  return stacks === undefined || (stacks.kind === 'scalar' && stacks.type === 'null');
}

type Chosen =
  | { readonly kind: 'policy'; readonly policy: RegistryPolicy | undefined; readonly inferred: boolean }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'brokenOff' };

const noPolicy: Chosen = { kind: 'policy', policy: undefined, inferred: false };

async function choosePolicy(
  { registry, layout }: Given<typeof initOptions>,
  io: Io,
  { policy: inferred }: ProjectProposal,
): Promise<Chosen> {
  const wrongLayout = layoutProblem(layout);
  if (wrongLayout !== undefined) return { kind: 'wrong', message: wrongLayout };
  if (registry !== undefined) {
    // The values keep the rules that they follow where these are about this registry.
    const isFollowed = layout === undefined && inferred !== undefined && isWithin(inferred, registry);
    if (!isFollowed) return policyFor(registry, layout);
    return { kind: 'policy', policy: inferred, inferred: true };
  }
  if (layout !== undefined) return { kind: 'wrong', message: '--layout needs --registry HOST' };
  if (inferred !== undefined) return { kind: 'policy', policy: inferred, inferred: true };
  if (io.stdin.isTerminal && io.stderr.isTerminal) return ask(io);
  return { kind: 'policy', policy: undefined, inferred: false };
}

async function ask(io: Io): Promise<Chosen> {
  const typed = await io.stdin.ask('Private registry, such as registry.example.com (empty: none yet): ');
  if (typed === undefined) return { kind: 'brokenOff' };
  const registry = typed.trim();
  if (registry === '') return { kind: 'policy', policy: undefined, inferred: false };
  const choices = REGISTRY_LAYOUTS.map(
    ({ label, description }, index) => `  ${index + 1}  ${label}: ${description}\n`,
  );
  io.stderr.write(choices.join(''));
  const answer = (await io.stdin.ask('Layout [1]: '))?.trim();
  if (answer === undefined) return { kind: 'brokenOff' };
  if (answer === '') return policyFor(registry, undefined);
  const layout = REGISTRY_LAYOUTS[Number(answer) - 1]?.id ?? answer;
  const problem = layoutProblem(layout);
  if (problem === undefined) return policyFor(registry, layout);
  return { kind: 'wrong', message: problem };
}

function policyFor(registry: string, layout: string | undefined): Chosen {
  const problem = registryProblem(registry);
  if (problem !== undefined) return { kind: 'wrong', message: `--registry: ${problem}` };
  return { kind: 'policy', policy: policyForRegistry(registry, layout), inferred: false };
}

/** Whether a policy maps everything to places of one registry, which may have a path. */
function isWithin({ rules }: RegistryPolicy, registry: string): boolean {
  const targets = rules.map(({ target }) => target).filter(target => target !== null);
  return targets.length > 0 && targets.every(target => `${target}/`.startsWith(`${registry}/`));
}

function layoutProblem(layout: string | undefined): string | undefined {
  const ids: readonly string[] = REGISTRY_LAYOUTS.map(({ id }) => id);
  if (layout === undefined || ids.includes(layout)) return undefined;
  return `there is no layout "${layout}"${suggestion(layout, ids)}: choose from ${ids.join(', ')}`;
}

interface Written {
  readonly inferred: boolean;
  readonly every: CompletePolicy | undefined;
}

/** What was added to a project file that says other things already. */
function additions({ stacks }: ProjectProposal): string {
  const lines = [`Added ${count(stacks.length, 'stack')} to ${projectFileName}`];
  for (const { name, values } of stacks) lines.push(`Stack ${name}: ${values.join(', ')}`);
  lines.push('Next: run deploykf-values check');
  return lines.map(line => `${printable(line)}\n`).join('');
}

function summary(proposal: ProjectProposal, written: Written): string {
  const { stacks, elsewhere, repositories, release, reason, generator, privateRegistries } = proposal;
  const { every } = written;
  const lines = [
    `Wrote ${projectFileName}: ${count(stacks.length, 'stack')}, ${registryText(proposal, written)}`,
  ];
  lines.push(
    generator === undefined ? `Release ${release}, ${reason}` : `Generator ${generator}, the nearest one`,
  );
  for (const { name, values } of stacks) lines.push(`Stack ${name}: ${values.join(', ')}`);
  if (elsewhere.length > 0) lines.push(`Left where they are: the stacks of ${sayList(elsewhere)}`);
  if (every !== undefined) lines.push(...policyLines(every, repositories));
  else if (privateRegistries.length > 0)
    lines.push(
      `Please check: the values use ${sayList(privateRegistries)}, but no rules can be told from them: add "registry" with its rules`,
    );
  if (stacks.length + elsewhere.length === 0)
    lines.push('Next: write a values file, then run deploykf-values check');
  else lines.push('Next: run deploykf-values check');
  return lines.map(line => `${printable(line)}\n`).join('');
}

function policyLines(
  { policy, added, left, kept, isFilledUp }: CompletePolicy,
  repositories: readonly string[],
): readonly string[] {
  const lines = [...layoutLines(policy, isFilledUp)];
  if (kept.length > 0)
    lines.push(
      `Please check: the values also use ${sayList(kept)}, listed under "private": add a rule to move these images`,
    );
  if (added.length > 0)
    lines.push(
      `Please check: the rules for ${sayList(added)} are made like the others, for images that no file names`,
    );
  if (left.length > 0)
    lines.push(
      `Please check: the release also pulls from ${sayList(left)}, add a rule that says where its mirror is`,
    );
  lines.push(...policyProblems(policy, repositories).map(({ message }) => `Please check: ${message}`));
  return lines;
}

/** How images are laid out: by one layout, as the values have it, or as they have it and by a layout for all others. */
function layoutLines(policy: RegistryPolicy, isFilledUp: boolean): readonly string[] {
  const usual = isFilledUp ? policy.rules.filter(({ source }) => source === '*') : policy.rules;
  const layout = layoutOf({ ...policy, rules: usual });
  const own = 'Layout: as your values have it';
  if (layout === undefined) return [own];
  const said = `Layout ${layout.id}: ${layout.description}`;
  return isFilledUp ? [`${own}; for all other images:`, said] : [said];
}

function registryText({ privateRegistries }: ProjectProposal, { inferred, every }: Written): string {
  if (every === undefined) return privateRegistries.length > 0 ? 'no registry rules' : 'no registry yet';
  if (inferred) return 'the registry rules that your values already follow';
  return 'rules for your registry';
}
