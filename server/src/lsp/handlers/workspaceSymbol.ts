import { SymbolKind, WorkspaceSymbolRequest, type SymbolInformation } from 'vscode-languageserver';
import { workspaceSymbols, type WorkspaceSymbol } from '../../core/features/workspaceSymbols.ts';
import { toLocation } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { Turns } from '../turns.ts';

const kinds: Readonly<Record<WorkspaceSymbol['kind'], SymbolKind>> = {
  stack: SymbolKind.Namespace,
  component: SymbolKind.Module,
  image: SymbolKind.Package,
};

/** More of them help nobody. */
const limit = 500;

export const workspaceSymbolHandler = defineHandler(
  WorkspaceSymbolRequest.type,
  async ({ workspace }, { query }, token) => {
    const { snapshot } = workspace;
    const turns = new Turns();
    const found = new Map<string, SymbolInformation>();
    for (const plan of snapshot.plans) {
      await turns.next();
      if (token.isCancellationRequested || found.size >= limit) break;
      const view = snapshot.view(plan);
      for (const { kind, name, container, ...place } of view === undefined
        ? []
        : workspaceSymbols(view, query)) {
        const location = toLocation(workspace, place);
        // Stacks share layers.
        const key = JSON.stringify([name, location]);
        if (!found.has(key)) found.set(key, { kind: kinds[kind], name, containerName: container, location });
      }
    }
    return [...found.values()].slice(0, limit);
  },
  () => ({ workspaceSymbolProvider: true }),
);
