import { explainPullSecrets } from '../../core/pullSecrets/explain.ts';
import { imageReach } from '../../core/pullSecrets/reach.ts';
import { pullSecretsJson } from '../../core/report/pullSecretsJson.ts';
import { pullSecretsText } from '../../core/report/pullSecretsText.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../io.ts';
import type { StackView } from '../../core/policy/view.ts';
import { openView } from '../openView.ts';
import { chosenStyle, isJson, writeJson } from '../output.ts';

export const runPullSecret: RunCommand = async (args, io) => {
  const opened = await openView(io, args);
  if (opened === undefined) return exitCodes.failed;
  const { view, name } = opened;
  const explanation = explainPullSecrets(view);
  if (isJson(args)) writeJson(io, pullSecretsJson(explanation));
  else io.stdout.write(pullSecretsText(explanation, { style: chosenStyle(io, args), stack: name, early: early(view) }));
  return exitCodes.clean;
};

function early(view: StackView): ReadonlySet<string> {
  const pulls = imageReach(view).flatMap(image => image.pulls);
  return new Set(pulls.filter(pull => pull.verdict === 'early').map(pull => pull.namespace));
}
