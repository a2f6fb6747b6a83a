import { registryLayouts } from '../../core/features/registryLayouts.ts';
import { registryProblem } from '../../core/policy/presets.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { registryLayoutsRequest } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const registryLayoutsHandler = defineHandler(
  registryLayoutsRequest,
  ({ workspace }, { registry, uri }) => {
    const problem = registryProblem(registry);
    if (problem !== undefined) return { problem, layouts: [] };
    const view = uri === undefined ? undefined : workspace.snapshot.viewsOf(normalizeUri(uri))[0];
    return { layouts: registryLayouts(registry, view) };
  },
);
