import type { RunCommand } from '../arguments/command.ts';
import { explain } from '../../core/report/explain.ts';
import { explainJson } from '../../core/report/explainJson.ts';
import { explainText } from '../../core/report/explainText.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import { exitCodes, fail, type Io } from '../io/io.ts';
import { openView } from '../inputs/openView.ts';
import { chosenStyle, isJson } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import type { Arguments } from '../arguments/parseArguments.ts';
import { pathsFrom } from '../io/paths.ts';
import { resolve } from 'node:path';

export const runExplain: RunCommand = async (given, io) => {
  const args = await withPath(given, io);
  const [path, ...files] = args.operands;
  if (path === undefined) return fail(io, 'explain needs a value path, such as deploykf_core.deploykf_auth.images.dex');
  const opened = await openView(io, args, files);
  if (opened === undefined) return exitCodes.failed;
  const { view } = opened;
  const explained = explain(view, path);
  if (explained.kind === 'unknown') return fail(io, unknownPath(path, view.catalog.release, explained.nearest));
  const pathOf = pathsFrom(io.cwd);
  if (isJson(args)) writeJson(io, explainJson(view, explained.explanation, pathOf));
  else io.stdout.write(explainText(view, explained.explanation, { style: chosenStyle(io, args), pathOf }));
  return exitCodes.clean;
};

/** `explain --values a.yaml b.yaml PATH`: the last word is the path when no file has its name. */
async function withPath(args: Arguments, { cwd }: Io): Promise<Arguments> {
  const layers = args.lists.get('values') ?? [];
  const last = layers.at(-1);
  if (args.operands.length > 0 || last === undefined || layers.length < 2) return args;
  if ((await pathKind(resolve(cwd, last))) !== 'missing') return args;
  return { ...args, operands: [last], lists: new Map([...args.lists, ['values', layers.slice(0, -1)]]) };
}

function unknownPath(path: string, release: string, nearest: readonly string[]): string {
  const hint = nearest.length === 0 ? '' : `, did you mean ${nearest.map(text => `"${text}"`).join(' or ')}?`;
  return `deployKF ${release} has no value "${path}" and no layer sets it${hint}`;
}
