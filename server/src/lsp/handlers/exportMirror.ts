import { lackingImages } from '../../core/mirror/exporters/exporter.ts';
import { exporters } from '../../core/mirror/exporters/index.ts';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import { exportMirrorRequest, type ExportMirrorResult } from '../../protocol/reports.ts';
import { defineHandler } from '../handler.ts';
import { readStackLock } from '../mirrorLock.ts';

export const exportMirrorHandler = defineHandler(
  exportMirrorRequest,
  async ({ workspace }, { stack: id, form }): Promise<ExportMirrorResult> => {
    const { snapshot } = workspace;
    const stack = snapshot.planById(id);
    const view = stack && snapshot.view(stack);
    const exporter = exporters.find(({ name }) => name === form);
    if (stack === undefined || view === undefined || exporter === undefined)
      return { kind: 'refused', reasons: ['The stack does not exist any more'] };
    const read = await readStackLock(workspace, stack);
    if (read.kind === 'broken') return { kind: 'refused', reasons: [read.problem] };
    const plan = mirrorPlan(view, { stack: stack.name, all: false, lock: read.lock });
    const exported = exporter.write(plan, { platform: undefined });
    if (exported.kind === 'refused') return exported;
    const notes = [...(exported.notes ?? []), ...lackingImages(exporter, plan)];
    return { kind: 'written', text: exported.text, language: exporter.language, notes };
  },
);
