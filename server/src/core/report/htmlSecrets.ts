import type { StackView } from '../analysis/stackView.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { secretMatrix } from '../pullSecrets/matrix.ts';
import { html, htmlLegend, htmlTable, htmlWords, type Markup } from './html.ts';
import { coverWords, usedCoverWords, withoutPolicy, type CoverWords } from './secretCoverWords.ts';

/** The namespaces that pull images that need credentials, and what each Secret of the policy does there. */
export function htmlSecrets(view: StackView): Markup {
  const { reason, refused, templated } = explainPullSecrets(view);
  const obstacle = reason ?? refused;
  const matrix = secretMatrix(view);
  // Without a policy the Secrets are not copied at all, whatever they have.
  const secrets = obstacle === undefined ? matrix.secrets : [];
  const rows = matrix.rows.map(row => [
    row.namespace,
    row.images,
    ...(obstacle === undefined
      ? row.covers.map(cover => spanOf(coverWords(cover)))
      : [spanOf(withoutPolicy(row))]),
  ]);
  const columns = obstacle === undefined ? secrets : ['Pull secret'];
  const head = ['Namespace', 'Images that need credentials', ...columns];
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

function spanOf({ text, colour }: Pick<CoverWords, 'text' | 'colour'>): Markup {
  return html`<span class="${colour}">${text}</span>`;
}
