import { lackingImages } from '../../core/mirror/exporters/exporter.ts';
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
    const notes = [...(exported.notes ?? []), ...lackingImages(exporter, plan)];
    return { kind: 'written', text: exported.text, language: exporter.language, notes };
  },
);
