import { exporters } from '../../core/mirror/exporters/index.ts';
import { planOfStack } from '../../core/mirror/plan.ts';
import { exportMirrorRequest, type ExportMirrorResult } from '../../protocol/reports.ts';
import { defineHandler } from '../handler.ts';

export const exportMirrorHandler = defineHandler(
  exportMirrorRequest,
  ({ workspace: { snapshot } }, { stack: id, form }): ExportMirrorResult => {
    const stack = snapshot.plans.find(candidate => candidate.id === id);
    const view = stack && snapshot.view(stack);
    const exporter = exporters.find(({ name }) => name === form);
    if (view === undefined || exporter === undefined)
      return { kind: 'refused', reasons: ['The stack does not exist any more'] };
    const plan = planOfStack(view);
    const exported = exporter.write(plan, { platform: undefined });
    if (exported.kind === 'refused') return exported;
    const missing = plan.unresolved.map(({ reference, reason }) => `${reference} is not in it: ${reason}`);
    const notes = [...(exported.notes ?? []), ...missing];
    return { kind: 'written', text: exported.text, language: exporter.language, notes };
  },
);
