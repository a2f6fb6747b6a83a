import { explainPullSecrets } from '../../../core/pullSecrets/explain.ts';
import { secretMatrix } from '../../../core/pullSecrets/matrix.ts';
import { earlyNamespaces } from '../../../core/pullSecrets/reach.ts';
import { pullSecretsJson } from '../../../core/report/pullSecretsJson.ts';
import { pullSecretsText } from '../../../core/report/pullSecretsText.ts';
import { chartSnippet } from '../../../core/rules/pullSecrets/chartSnippet.ts';
import type { RunCommand } from '../../arguments/command.ts';
import type { stackOptions } from '../../arguments/commandOptions.ts';
import { openView } from '../../inputs/openView.ts';
import { exitCodes } from '../../io/io.ts';
import { writeJson } from '../../io/jsonIo.ts';
import { chosenStyle } from '../../output/output.ts';

/** Says what the policy does with the effective values of a stack. */
export const runExplainSecrets: RunCommand<typeof stackOptions> = async (options, io) => {
  const opened = await openView(io, options, { isPartialFine: true });
  if (opened === undefined) return exitCodes.failed;
  const { view, name } = opened;
  const explanation = explainPullSecrets(view);
  const snippet = chartSnippet(view);
  const matrix = secretMatrix(view);
  if (options.format === 'json') writeJson(io, pullSecretsJson(explanation, matrix, snippet));
  else {
    const style = chosenStyle(io, options);
    const early = earlyNamespaces(view);
    const hasPolicy = view.catalog.catalog.pullSecretPolicy;
    const shown = { style, stack: name, early, matrix, hasPolicy, snippet };
    io.stdout.write(pullSecretsText(explanation, shown));
  }
  return exitCodes.clean;
};
