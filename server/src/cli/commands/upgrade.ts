import { resolve } from 'node:path';
import type { StackView } from '../../core/analysis/stackView.ts';
import { compareReleases, plainRelease } from '../../core/catalog/release.ts';
import { upgradeJson } from '../../core/report/upgradeJson.ts';
import { upgradeBlocks, upgradeText, type UpgradeTextOptions } from '../../core/report/upgradeText.ts';
import type { VerifyReport } from '../../core/report/verifyJson.ts';
import { verifyBlocks, verifyText } from '../../core/report/verifyText.ts';
import { generatorSource } from '../../core/stack/plan.ts';
import { compareReleaseViews, isWorkNeeded } from '../../core/upgrade/compare.ts';
import type { Upgrade } from '../../core/upgrade/types.ts';
import { overRelease } from '../../core/upgrade/overRelease.ts';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { upgradeOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { catalogsFor, describeUnknown } from '../inputs/givenDefaults.ts';
import { openView, type OpenedView } from '../inputs/openView.ts';
import { verifyPlan } from '../inputs/verifyPlan.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { pathsFrom, uriOf } from '../io/paths.ts';
import { chosenStyle } from '../output/output.ts';

type UpgradeOptions = Given<typeof upgradeOptions>;

/** `--generator` names that of the new release. */
const hint = 'name the generator of the old release in the project file under generators';

const usage = 'name the releases, such as upgrade 0.1.4 0.1.5 prod.yaml';

/** Says what an upgrade of deployKF needs: what to mirror before, and which overrides to look at. */
export const runUpgrade: RunCommand<typeof upgradeOptions> = async (given, io) => {
  const asked = await readReleases(given, io);
  if (typeof asked === 'string') return fail(io, asked);
  const { from, to, options } = asked;
  const opened = await openView(io, { ...options, release: from, generator: undefined }, { hint });
  if (opened === undefined) return exitCodes.failed;
  const problem = problemOf(io, opened, asked);
  if (problem !== undefined) return fail(io, problem);
  const after = await viewOver(io, opened, to, options);
  if (typeof after === 'string') return fail(io, after);
  const upgrade = compareReleaseViews(
    { before: opened.view, after },
    { stack: opened.name, all: options.all },
  );
  const verified = options.verify ? await verifyAdded(io, upgrade, after, options) : undefined;
  if (typeof verified === 'string') return fail(io, verified);
  const pathOf = pathsFrom(io.cwd);
  const style = chosenStyle(io, options);
  if (options.format === 'json') writeJson(io, upgradeJson(upgrade, pathOf, verified));
  else for (const text of textsOf(upgrade, verified, options, { style, pathOf })) io.stdout.write(text);
  for (const label of templatedLayers(after))
    complain(io, `${label} has lines of templates, so keys that are gone are not looked for in it`);
  const areThere = verified?.images.every(({ state }) => state === 'there') ?? false;
  return isWorkNeeded(upgrade, areThere) ? exitCodes.findings : exitCodes.clean;
};

function textsOf(
  upgrade: Upgrade,
  verified: VerifyReport | undefined,
  { quiet }: UpgradeOptions,
  text: UpgradeTextOptions,
): readonly string[] {
  if (quiet) {
    const found = verified === undefined ? [] : verifyBlocks(verified, text.style);
    return [[...upgradeBlocks(upgrade, text), ...found].join('\n')];
  }
  const texts = [upgradeText(upgrade, text)];
  if (verified !== undefined) texts.push(`\n${verifyText(verified, { ...text.style, hasHints: false })}`);
  return texts;
}

/** Whether the registry has what the new release adds; a text: why it cannot be asked. */
async function verifyAdded(
  io: Io,
  { stack, to, images, unresolved }: Upgrade,
  view: StackView,
  { registryCa, plainHttp, quiet }: UpgradeOptions,
): Promise<VerifyReport | string> {
  const plan = { stack, release: to, copies: images.added, unresolved };
  const none = { lock: undefined, platform: undefined, isDeep: false, withSource: false };
  return verifyPlan(io, { plan, view, ...none, registryCa, plainHttp, quiet });
}

interface AskedUpgrade {
  /** `undefined`: the one that the stack names. */
  readonly from: string | undefined;
  readonly to: string;
  readonly options: UpgradeOptions;
}

/** The releases are the first operands, or what follows the files of `--values`; else what is wrong. */
async function readReleases(given: UpgradeOptions, { cwd }: Io): Promise<AskedUpgrade | string> {
  const isRelease = async (word: string | undefined): Promise<boolean> =>
    word !== undefined && /^v?\d+(?:\.\d+)+/.test(word) && (await pathKind(resolve(cwd, word))) === 'missing';
  const operands = [...given.operands];
  const values = [...given.values];
  while (given.operands.length === 0 && operands.length < 2 && values.length > 1) {
    const last = values.at(-1);
    if (last === undefined || !(await isRelease(last))) break;
    operands.unshift(last);
    values.pop();
  }
  const [first, second, ...files] = operands;
  if (first === undefined) return usage;
  if (!(await isRelease(first))) return `"${first}" is not a release: ${usage}`;
  const hasTwo = await isRelease(second);
  const rest = second === undefined ? [] : [second, ...files];
  return {
    from: hasTwo ? plainRelease(first) : undefined,
    to: plainRelease(hasTwo ? (second ?? first) : first),
    options: { ...given, values, operands: hasTwo ? files : rest },
  };
}

/** Why the stack cannot be compared. What deployKF itself put out says what it was. */
function problemOf({ cwd }: Io, { view }: OpenedView, { from: named, to }: AskedUpgrade): string | undefined {
  const { stack } = view;
  const broken = stack.layers.flatMap(({ file }) => file ?? []).find(file => file.yaml.problems.length > 0);
  const [problem] = broken?.yaml.problems ?? [];
  if (broken !== undefined && problem !== undefined) {
    const { uri, start } = broken.locate(problem.span);
    return `${pathsFrom(cwd)(uri)}:${start.line + 1}:${start.character + 1}: ${problem.message}`;
  }
  if (named === undefined && stack.guess !== undefined && stack.guess !== 'output')
    return `nothing names the release that is to be upgraded: ${usage}`;
  const from = stack.release;
  if (from === to) return `${from} and ${to} are the same release`;
  if (compareReleases(from, to) > 0 && [from, to].every(name => /^\d+(?:\.\d+)+$/.test(name)))
    return `${from} is newer than ${to}: name the older release first`;
  return undefined;
}

/** The stack over the new release, or why it cannot be had. */
async function viewOver(
  io: Io,
  { inputs }: OpenedView,
  to: string,
  { generator: path }: UpgradeOptions,
): Promise<StackView | string> {
  const [plan] = inputs.plans;
  if (plan === undefined) return 'there is no stack here';
  const generator =
    path === undefined ? undefined : generatorSource(path, [uriOf(resolve(io.cwd, path))], to);
  const other = overRelease(inputs.snapshot, plan, { release: to, generator });
  const bounds = [uriOf(`${io.cwd}/`), ...(generator?.places ?? [])];
  const made = await catalogsFor(other, plan.folder === undefined ? bounds : [plan.folder, ...bounds]);
  const snapshot = Snapshot.of({ ...other.state, catalogs: made.catalogs });
  const [moved] = snapshot.plans;
  return (moved && snapshot.view(moved)) ?? describeUnknown(io, moved ?? plan, made);
}

function templatedLayers({ stack }: StackView): readonly string[] {
  return stack.layers.filter(({ file }) => file?.hasTemplateLines === true).map(({ label }) => label);
}
