import type { StackView } from '../analysis/stackView.ts';
import { planOfStack } from '../mirror/plan.ts';
import { verificationOf } from '../mirror/verification.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { secretMatrix } from '../pullSecrets/matrix.ts';
import { earlyNamespaces } from '../pullSecrets/reach.ts';
import { chartSnippet } from '../rules/pullSecrets/chartSnippet.ts';
import type { StackPlan } from '../stack/plan.ts';
import { labelOf } from '../stack/uri.ts';
import { withoutLogins } from '../text/logins.ts';
import { compareReleaseViews } from '../upgrade/compare.ts';
import { overRelease } from '../upgrade/overRelease.ts';
import { stacksOfRelease } from '../upgrade/offers.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { fromStep } from '../workspace/virtualUris.ts';
import { mirrorBlocks, mirrorSummary } from './mirrorText.ts';
import { pullSecretsText } from './pullSecretsText.ts';
import { plainStyle } from './style.ts';
import { verifyReport } from './verifyJson.ts';
import { verifyText } from './verifyText.ts';
import { upgradeBlocks, upgradeSummary } from './upgradeText.ts';

/** The text of a virtual document that reports on stacks; `undefined` for another URI, or when the stacks are gone. */
export function reportText(snapshot: Snapshot, uri: string): string | undefined {
  const [, kind, rest = ''] =
    /^deploykf-values:\/(plan|upgrade|verified|pull-secrets)\/(.+)$/.exec(uri) ?? [];
  const [first = '', second = '', third = ''] = rest.split('/').map(fromStep);
  let text: string | undefined;
  if (kind === 'plan') text = planText(snapshot, first);
  if (kind === 'pull-secrets') text = secretsText(snapshot, first);
  if (kind === 'verified') text = verifiedText(snapshot, first);
  if (kind === 'upgrade') text = upgradesText(snapshot, { uri: first, from: second, to: third });
  return text && withoutLogins(text);
}

function verifiedText(snapshot: Snapshot, id: string): string | undefined {
  const view = snapshot.viewById(id);
  if (view === undefined) return undefined;
  const verification = verificationOf(view);
  if (verification === undefined) return 'The plan of the mirror has changed: verify it again\n';
  const { images, time } = verification;
  const report = verifyReport(planOfStack(view), [...images.values()]);
  return `${verifyText(report, { ...plainStyle, hasHints: false })}Checked at ${time}\n`;
}

function planText(snapshot: Snapshot, id: string): string | undefined {
  const view = snapshot.viewById(id);
  if (view === undefined) return undefined;
  const plan = planOfStack(view);
  return [mirrorSummary(plan, plainStyle), ...mirrorBlocks(plan, plainStyle)].join('\n');
}

function secretsText(snapshot: Snapshot, id: string): string | undefined {
  const view = snapshot.viewById(id);
  if (view === undefined) return undefined;
  return pullSecretsText(explainPullSecrets(view), {
    style: plainStyle,
    stack: view.stack.name,
    early: earlyNamespaces(view),
    matrix: secretMatrix(view),
    hasPolicy: view.catalog.catalog.pullSecretPolicy,
    snippet: chartSnippet(view),
  });
}

interface AskedUpgrade {
  readonly uri: string;
  readonly from: string;
  readonly to: string;
}

function upgradesText(snapshot: Snapshot, { uri, from, to }: AskedUpgrade): string | undefined {
  const texts: string[] = [];
  for (const stack of stacksOfRelease(snapshot, uri, from)) {
    const text = upgradeOf(snapshot, stack, to);
    if (text !== undefined) texts.push(text);
  }
  return texts.length === 0 ? undefined : texts.join('\n');
}

function upgradeOf(snapshot: Snapshot, stack: StackPlan, to: string): string | undefined {
  const before = snapshot.view(stack);
  const other = overRelease(snapshot, stack, { release: to });
  const after = other.plans[0] && other.view(other.plans[0]);
  if (before === undefined || after === undefined) return undefined;
  const broken = brokenLayer(before);
  if (broken !== undefined) return `${broken} does not parse: correct it first\n`;
  const upgrade = compareReleaseViews({ before, after }, { stack: stack.name, all: false });
  const pathOf = (file: string): string => labelOf(stack.folder, file);
  const blocks = upgradeBlocks(upgrade, { style: plainStyle, pathOf });
  return [upgradeSummary(upgrade, plainStyle), ...blocks].join('\n');
}

function brokenLayer({ stack }: StackView): string | undefined {
  return stack.layers.find(({ file }) => file !== undefined && file.yaml.problems.length > 0)?.label;
}
