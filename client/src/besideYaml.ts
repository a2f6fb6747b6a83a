import { extensions, workspace, type Disposable, type Uri } from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import type { Server } from './server.ts';

/** What Red Hat's YAML extension says of any YAML, so that it would be there twice. */
type Repeated = 'symbols' | 'syntax';

/** The rules that report what its parser does. */
const syntaxCodes: readonly unknown[] = ['yaml-syntax', 'yaml-duplicate-key'];

/** Leaves to Red Hat's YAML extension what it says as well, where that is there and the user does not want otherwise. */
export const besideYaml: Middleware = {
  provideDocumentSymbols: (document, token, next) =>
    isLeft('symbols', document.uri) ? [] : next(document, token),
  provideDiagnostics: async (document, previous, token, next) => {
    const report = await next(document, previous, token);
    const uri = 'uri' in document ? document.uri : document;
    if (!report || !('items' in report) || !isLeft('syntax', uri)) return report;
    return { ...report, items: report.items.filter(({ code }) => !syntaxCodes.includes(codeOf(code))) };
  },
};

/** Says everything anew when something else is to be left to that extension. */
export function listenToYaml(server: Server): readonly Disposable[] {
  const isThere = (): boolean => yamlExtension() !== undefined;
  let wasThere = isThere();
  const restart = (): void => {
    if (server.isStarted) void server.restart();
  };
  return [
    extensions.onDidChange(() => {
      if (isThere() === wasThere) return;
      wasThere = isThere();
      restart();
    }),
    workspace.onDidChangeConfiguration(event => {
      const isOurs = event.affectsConfiguration('deploykf.yaml');
      if (isOurs || (wasThere && event.affectsConfiguration('yaml.validate'))) restart();
    }),
  ];
}

function isLeft(what: Repeated, uri: Uri): boolean {
  const choice = workspace.getConfiguration('deploykf.yaml', uri).get<unknown>(what);
  if (choice === 'on' || choice === 'off') return choice === 'off';
  if (yamlExtension() === undefined) return false;
  return what !== 'syntax' || workspace.getConfiguration('yaml', uri).get('validate') !== false;
}

/** `undefined`: it is not installed, or not enabled here. */
function yamlExtension(): unknown {
  return extensions.getExtension('redhat.vscode-yaml');
}

function codeOf(code: unknown): unknown {
  return typeof code === 'object' && code !== null && 'value' in code ? code.value : code;
}
