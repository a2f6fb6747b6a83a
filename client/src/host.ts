import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { SendHttp } from './registries.ts';

/** What differs between Node and a web worker. */
export interface ExtensionHost {
  readonly createClient: (options: LanguageClientOptions) => BaseLanguageClient;
  /** `undefined` where registries cannot be asked. */
  readonly sendHttp: SendHttp | undefined;
  /** The absolute path of an installed program, never of one in the workspace. `undefined` where none can be run. */
  readonly findProgram: ((name: string) => Promise<string | undefined>) | undefined;
}
