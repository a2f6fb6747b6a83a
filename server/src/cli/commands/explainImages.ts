import { isFound, lookUp } from '../../core/lookup/lookUp.ts';
import { readPastedImages } from '../../core/lookup/pastedImages.ts';
import { lookupJson } from '../../core/report/lookupJson.ts';
import { lookupText } from '../../core/report/lookupText.ts';
import type { explainOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { openViews } from '../inputs/openView.ts';
import { exitCodes, fail, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { pathsFrom, stdinName } from '../io/paths.ts';
import { chosenStyle } from '../output/output.ts';

type LookupOptions = Given<typeof explainOptions> & { readonly image: string };

/** `explain --image`: finds the values that the images of a text come from. */
export async function explainImages(options: LookupOptions, io: Io): Promise<number> {
  const isPiped = options.image === stdinName;
  if (isPiped && options.operands.includes(stdinName))
    return fail(io, 'standard input cannot be both the image and a values file');
  if (isPiped && io.stdin.isTerminal)
    return fail(io, 'pipe the image in: kubectl describe pod NAME | deploykf-values explain --image -');
  const asked = readPastedImages(isPiped ? await readStdin(io) : options.image);
  // What was piped in may hold passwords.
  if (asked.length === 0 && isPiped) return fail(io, 'there is no image in standard input');
  if (asked.length === 0) return fail(io, `"${options.image}" is not an image reference`);
  const views = await openViews(io, options);
  if (views === undefined) return exitCodes.failed;
  const found = asked.map(image => lookUp(views, image));
  const pathOf = pathsFrom(io.cwd);
  if (options.format === 'json') writeJson(io, lookupJson(found, pathOf));
  else io.stdout.write(lookupText(found, { style: chosenStyle(io, options), pathOf }));
  return found.some(isFound) ? exitCodes.clean : exitCodes.findings;
}

async function readStdin({ stdin }: Io): Promise<string> {
  const pieces: string[] = [];
  await stdin.readPieces(piece => pieces.push(piece));
  return pieces.join('');
}
