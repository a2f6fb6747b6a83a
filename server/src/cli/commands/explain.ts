import type { RunCommand } from '../arguments/command.ts';
import { explain } from '../../core/report/explain.ts';
import { explainJson } from '../../core/report/explainJson.ts';
import { explainText } from '../../core/report/explainText.ts';
import { guessNote } from '../../core/stack/releaseGuess.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import { exitCodes, fail, type Io } from '../io/io.ts';
import { explainImages } from './explainImages.ts';
import { openView } from '../inputs/openView.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import type { explainOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { pathsFrom } from '../io/paths.ts';
import { resolve } from 'node:path';

type ExplainOptions = Given<typeof explainOptions>;

export const runExplain: RunCommand<typeof explainOptions> = async (given, io) => {
  if (given.image !== undefined) return explainImages({ ...given, image: given.image }, io);
  const options = await withPath(given, io);
  const [path, ...files] = options.operands;
  if (path === undefined)
    return fail(io, 'explain needs a value path, such as deploykf_core.deploykf_auth.images.dex');
  const opened = await openView(io, { ...options, operands: files }, { isPartialFine: true });
  if (opened === undefined) return exitCodes.failed;
  const { view } = opened;
  const explained = explain(view, path);
  if (explained.kind === 'unknown')
    return fail(io, unknownPath(path, view.catalog.release, explained.nearest));
  const pathOf = pathsFrom(io.cwd);
  if (options.format === 'json') writeJson(io, explainJson(view, explained.explanation, pathOf));
  else {
    const text = explainText(view, explained.explanation, { style: chosenStyle(io, options), pathOf });
    const note = guessNote(view.stack);
    io.stdout.write(note === '' ? text : `${text}\n${note}`);
  }
  return exitCodes.clean;
};

/** `explain --values a.yaml b.yaml PATH`: the last word is the path when no file has its name. */
async function withPath(options: ExplainOptions, { cwd }: Io): Promise<ExplainOptions> {
  const { operands, values } = options;
  const last = values.at(-1);
  if (operands.length > 0 || last === undefined || values.length < 2) return options;
  if ((await pathKind(resolve(cwd, last))) !== 'missing') return options;
  return { ...options, operands: [last], values: values.slice(0, -1) };
}

function unknownPath(path: string, release: string, nearest: readonly string[]): string {
  const lack = `deployKF ${release} has no value "${path}" and no layer sets it`;
  if (nearest.length === 0) return lack;
  return `${lack}, did you mean ${nearest.map(text => `"${text}"`).join(' or ')}?`;
}
