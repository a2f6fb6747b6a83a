import {
  CodeLensResolveRequest,
  LSPErrorCodes,
  ResponseError,
  type Command,
  type Range,
} from 'vscode-languageserver';
import { codeLensText, type LensText } from '../../core/features/codeLenses.ts';
import { printable } from '../../core/text/printable.ts';
import type { LensPlace } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';
import { isObject } from '../params.ts';
import { lensCommands, type LensData } from './codeLens.ts';

export const codeLensResolveHandler = defineHandler(CodeLensResolveRequest.type, ({ workspace }, lens) => {
  if (lens.command !== undefined) return lens;
  const data = isLensData(lens.data) ? lens.data : undefined;
  const document = data && workspace.document(data.uri);
  const text = document && codeLensText(workspace.snapshot, document.file.uri, data);
  if (data === undefined || text === undefined)
    return new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed in the meantime');
  return { ...lens, command: commandOf(text, data.uri, lens.range) };
});

function commandOf({ title, action }: LensText, uri: string, range: Range): Command {
  const shown = printable(title);
  // Without a command it is a text that cannot be clicked.
  if (action === undefined) return { title: shown, command: '' };
  if (typeof action === 'object')
    return { title: shown, command: lensCommands.plan, arguments: [action.document] };
  const place: LensPlace = { uri, position: range.start };
  return { title: shown, command: lensCommands[action], arguments: [place] };
}

function isLensData(data: unknown): data is LensData {
  if (!isObject(data)) return false;
  const { uri, stack, component = '' } = data;
  return [uri, stack, component].every(value => typeof value === 'string');
}
