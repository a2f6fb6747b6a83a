import { plainRelease } from '../../../core/catalog/release.ts';
import { resolve } from 'node:path';
import { inferPolicy } from '../../../core/policy/infer.ts';
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
import { readNearbyFiles, type NearbyFiles } from './nearbyFiles.ts';
import { projectFileText } from './projectFileText.ts';

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
    return fail(io, describeUnknown(io.cwd, defaultsPlan(release, undefined), made));
  if (!force && (await pathKind(path)) !== 'missing') {
    return fail(io, `${projectFileName} already exists: use --force to overwrite it`);
  }
  const around = await readNearbyFiles(io.cwd, made.catalogs, release);
  const chosen = await choosePolicy(options, io, around);
  if (chosen.kind === 'wrong') return fail(io, chosen.message);
  if (chosen.kind === 'brokenOff') return exitCodes.failed;
  const text = projectFileText({ release: around.release, policy: chosen.policy, stacks: around.stacks });
  const problem = await replaceFile(path, { text });
  if (problem !== undefined) return fail(io, `${projectFileName} ${problem}`);
  io.stdout.write(summary(around, chosen));
  return exitCodes.clean;
};

type Chosen =
  | { readonly kind: 'policy'; readonly policy: RegistryPolicy | undefined; readonly inferred: boolean }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'brokenOff' };

async function choosePolicy(
  { registry, layout }: Given<typeof initOptions>,
  io: Io,
  { overrides }: NearbyFiles,
): Promise<Chosen> {
  const wrongLayout = layoutProblem(layout);
  if (wrongLayout !== undefined) return { kind: 'wrong', message: wrongLayout };
  if (registry !== undefined) return policyFor(registry, layout);
  if (layout !== undefined) return { kind: 'wrong', message: '--layout needs --registry HOST' };
  const inferred = inferPolicy(overrides);
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

function layoutProblem(layout: string | undefined): string | undefined {
  const ids: readonly string[] = REGISTRY_LAYOUTS.map(({ id }) => id);
  if (layout === undefined || ids.includes(layout)) return undefined;
  return `there is no layout "${layout}"${suggestion(layout, ids)}: choose from ${ids.join(', ')}`;
}

type ChosenPolicy = Chosen & { readonly kind: 'policy' };

function summary({ stacks, repositories }: NearbyFiles, chosen: ChosenPolicy): string {
  const { policy } = chosen;
  const lines = [`Wrote ${projectFileName}: ${count(stacks.length, 'stack')}, ${registryText(chosen)}`];
  if (policy !== undefined)
    lines.push(...policyProblems(policy, repositories).map(({ message }) => `Please check: ${message}`));
  if (stacks.length === 0) lines.push('Next: write a values file, then run deploykf-values check');
  else lines.push('Next: run deploykf-values check');
  return lines.map(line => `${line}\n`).join('');
}

function registryText({ policy, inferred }: ChosenPolicy): string {
  if (policy === undefined) return 'no registry yet';
  if (inferred) return 'the registry rules that your values already follow';
  return 'rules for your registry';
}
