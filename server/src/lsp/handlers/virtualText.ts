import { rulePage } from '../../core/report/rulePage.ts';
import { rules } from '../../core/rules/index.ts';
import { virtualTextRequest } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const virtualTextHandler = defineHandler(
  virtualTextRequest,
  ({ virtual }, { uri }) => ruleText(uri) ?? virtual.show(uri) ?? null,
);

function ruleText(uri: string): string | undefined {
  const code = /^deploykf-values:\/rules\/([a-z-]+)\.md$/.exec(uri)?.[1];
  const rule = rules.find(candidate => candidate.code === code);
  return rule && rulePage(rule);
}
