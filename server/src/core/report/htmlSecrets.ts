import type { StackView } from '../analysis/stackView.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { secretMatrix } from '../pullSecrets/matrix.ts';
import { html, htmlLegend, htmlTable, htmlWords, type Markup } from './html.ts';
import { coverWords, usedCoverWords } from './secretCoverWords.ts';

/** The namespaces that pull images that need credentials, and what each Secret of the policy does there. */
export function htmlSecrets(view: StackView): Markup {
  const { reason, refused, templated } = explainPullSecrets(view);
  const obstacle = reason ?? refused;
  const matrix = secretMatrix(view);
  // Without a policy the Secrets are not copied at all, whatever they have.
  const secrets = obstacle === undefined ? matrix.secrets : [];
  const rows = matrix.rows.map(({ namespace, images, covers }) => [
    namespace,
    images,
    ...covers.slice(0, secrets.length).map(cover => {
      const { text, colour } = coverWords(cover);
      return html`<span class="${colour}">${text}</span>`;
    }),
  ]);
  const head = ['Namespace', 'Images that need credentials', ...secrets];
  const legend = secrets.length === 0 ? [] : usedCoverWords(matrix);
  const notes: Markup[] = [];
  if (obstacle !== undefined)
    notes.push(html`<p>No namespace receives a pull secret: ${htmlWords(obstacle)}</p>`);
  if (templated)
    notes.push(
      html`<p>Part of the block is filled in by another tool: this is what the text as it stands does</p>`,
    );
  return html`${notes} ${htmlTable(head, rows, 'No image needs credentials')}
  ${htmlLegend(legend.map(({ text, colour, meaning }) => ({ word: text, colour, meaning })))}`;
}
