import { inferredPolicy } from '../../core/features/adoptRegistry.ts';
import { inferRegistryRequest } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const inferRegistryHandler = defineHandler(inferRegistryRequest, ({ workspace }, { uri }) => {
  const file = workspace.document(uri)?.file;
  const view = file && workspace.snapshot.viewsOf(file.uri)[0];
  const policy = view === undefined || view.policy !== undefined ? undefined : inferredPolicy(view);
  const rules = policy?.rules.map(({ source, target }) => `${source} → ${target ?? 'accepted as public'}`);
  return { rules: rules ?? [] };
});
