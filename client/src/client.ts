import type { LogOutputChannel } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { beforeScheme } from './beforeTexts.ts';
import { besideYaml } from './besideYaml.ts';
import type { Registries } from './registries.ts';
import { templatePattern } from './templatePattern.ts';
import { virtualScheme, type InitializationOptions } from '../../server/src/protocol.ts';

/** The id under which settings, trace and log of the language server are found. */
export const clientId = 'deploykf';
export const clientName = 'deployKF Values';

/** The language server, relative to the extension: one file for Node and for web workers. */
export const serverFile = 'dist/server.js';

/** What is asked in both hosts of the language server: YAML files and scripts that name them, wherever they are stored. */
export function clientOptions({ canAsk }: Registries, log: LogOutputChannel): LanguageClientOptions {
  const own: InitializationOptions = {
    readsFiles: true,
    findsFiles: true,
    sendsHttp: canAsk,
    showsStatus: true,
    showsImages: true,
    holdsTyped: true,
    commands: [
      'deploykf.rewriteToRegistry',
      'deploykf.rewriteComponent',
      'deploykf.showMirrorPlan',
      'deploykf.previewUpgrade',
      'deploykf.showManifestImages',
      'deploykf.verifyMirror',
      'deploykf.ignoreFinding',
      'deploykf.createPullSecret',
      'deploykf.openRulePage',
      'editor.action.triggerSuggest',
    ],
    rulePages: `${virtualScheme}:/rules/`,
  };
  return {
    documentSelector: [
      ...['yaml', 'shellscript', 'makefile'].map(language => ({ language })),
      { pattern: templatePattern },
    ],
    initializationOptions: own,
    outputChannel: log,
    // Texts that only show a file as it was, or what the server made, are not files to check.
    middleware: {
      ...besideYaml,
      didOpen: (document, next) => {
        if (['git', virtualScheme, beforeScheme].includes(document.uri.scheme)) return Promise.resolve();
        return next(document);
      },
    },
  };
}
