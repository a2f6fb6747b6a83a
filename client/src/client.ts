import type { LanguageClientOptions } from 'vscode-languageclient';

/** The id under which settings, trace and log of the language server are found. */
export const clientId = 'deploykf';
export const clientName = 'deployKF Values';

/** What both builds ask of the language server: YAML files wherever they are stored. */
export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: [{ language: 'yaml' }],
  };
}
