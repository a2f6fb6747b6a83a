import { agentTools } from '../../src/core/agents/tools.ts';

/** The tools of agents as VS Code declares them. */
export function languageModelTools(): readonly object[] {
  return agentTools.map(({ name, title, description, summary, inputSchema }) => ({
    name,
    tags: ['deploykf', 'yaml', 'kubernetes', 'container-images'],
    toolReferenceName: name.replace(/_./, text => text.charAt(1).toUpperCase()),
    displayName: title,
    modelDescription: description,
    userDescription: summary,
    canBeReferencedInPrompt: true,
    icon: '$(package)',
    inputSchema,
  }));
}
