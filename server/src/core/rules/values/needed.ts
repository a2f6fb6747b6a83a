import { isNeeded } from '../../analysis/templates.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { TemplateForm } from '../../catalog/types.ts';
import type { Severity } from '../../findings/finding.ts';

/** How bad it is that a value is not of a form: the end of a message, and the severity. */
export interface Effect {
  readonly severity: Severity;
  readonly text: string;
}

/** What comes of a value at a path that is not of the form that templates need. */
export function effectOf(view: StackView, path: string, form: TemplateForm): Effect {
  // Without facts of its templates, the defaults of a generator are the best guess.
  const isRead = view.catalog.catalog.templates !== undefined || form !== 'map';
  const truth = isRead ? isNeeded(view, path, form) : true;
  if (truth === false) return { severity: 'warning', text: '' };
  return { severity: 'error', text: ': generation fails' };
}
