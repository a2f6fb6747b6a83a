import type { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { parseJson } from '../text/json.ts';
import { isJsonFile } from '../workspace/discovery.ts';

/** Whether edits leave a file JSON that is JSON by its name and its text; YAML alone would not do there. */
export function staysJson({ uri, text }: ValuesFile, edits: readonly TextEdit[]): boolean {
  if (!isJsonFile(uri) || edits.length === 0 || parseJson(text) === undefined) return true;
  const changed = applyEdits(text, edits);
  return changed !== undefined && parseJson(changed) !== undefined;
}
