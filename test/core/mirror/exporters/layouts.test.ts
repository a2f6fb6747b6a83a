import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exporters } from '../../../../server/src/core/mirror/exporters/index.ts';
import { mirrorPlan } from '../../../../server/src/core/mirror/plan.ts';
import type { MirrorPlan } from '../../../../server/src/core/mirror/types.ts';
import { parsePolicy } from '../../../../server/src/core/policy/parse.ts';
import { mirrorLayouts, type MirrorLayout } from '../../../support/mirrorLayouts.ts';
import { viewOf } from '../../../support/views.ts';

const golden = join(import.meta.dirname, 'layouts.txt');

function planOf({ rules }: MirrorLayout): MirrorPlan {
  const charts = { 'https://charts.jetstack.io': 'oci://registry.corp/charts' };
  const { policy, problems } = parsePolicy({ rules, charts });
  assert.deepEqual(problems, []);
  assert.ok(policy);
  return mirrorPlan(viewOf(['{}'], { policy }), { stack: 'prod', all: false });
}

/** For each export the layouts that it can be written for, and the first reason why it cannot for the others. */
function table(): string {
  const plans = mirrorLayouts.map(layout => ({ layout, plan: planOf(layout) }));
  return exporters
    .map(({ name, write }) => {
      const rows = plans.map(({ layout, plan }) => {
        const exported = write(plan, { platform: undefined });
        const said = exported.kind === 'written' ? 'written' : (exported.reasons[0] ?? '');
        return `  ${layout.name}: ${said}\n`;
      });
      return `${name}\n${rows.join('')}`;
    })
    .join('\n');
}

describe('exports over all layouts', () => {
  it('are written, or say why not', () => {
    assert.equal(mirrorLayouts.length, 21);
    const text = table();
    if (process.env['UPDATE'] !== undefined) writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, 'utf8'));
  });
});
