import type { ValuesFile } from '../core/stack/valuesFile.ts';
import { effectiveDocument } from '../core/workspace/effectiveValues.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

/** The text that a client shows: an open document, or the effective values of a stack, which clients need not open. */
export function shownFile(workspace: OpenWorkspace, uri: string): ValuesFile | undefined {
  return workspace.document(uri)?.file ?? effectiveDocument(workspace.snapshot, uri)?.file;
}
