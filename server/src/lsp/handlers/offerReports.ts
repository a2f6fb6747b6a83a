import { exporters } from '../../core/mirror/exporters/index.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { newerReleases, stacksAround } from '../../core/upgrade/offers.ts';
import { planUri, pullSecretsUri, upgradeUri } from '../../core/workspace/virtualUris.ts';
import { offerReportsRequest, type StackReport, type UpgradeReport } from '../../protocol/reports.ts';
import { defineHandler } from '../handler.ts';

export const offerReportsHandler = defineHandler(offerReportsRequest, ({ workspace }, { uri }) => {
  const { snapshot } = workspace;
  const key = normalizeUri(uri);
  const stacks: StackReport[] = [];
  const upgrades: UpgradeReport[] = [];
  for (const plan of stacksAround(snapshot, key)) {
    const stack = snapshot.view(plan)?.stack;
    if (stack === undefined) continue;
    const { id, name, release } = stack;
    stacks.push({ id, name, release, plan: planUri(id, name), pullSecrets: pullSecretsUri(id, name) });
    if (plan.generator !== undefined || upgrades.some(({ from }) => from === release)) continue;
    for (const to of newerReleases(snapshot, release))
      upgrades.push({ from: release, to, document: upgradeUri(key, release, to) });
  }
  const isLayer = snapshot.plansOf(key).length > 0;
  return { stacks, isLayer, upgrades, forms: exporters.map(({ name, summary }) => ({ name, summary })) };
});
