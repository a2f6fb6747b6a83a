import {
  DidChangeConfigurationNotification,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import type { Connection } from 'vscode-languageserver';
import { isRecord } from '../core/yaml/value.ts';
import type { KnownNames, Settings } from '../core/workspace/settings.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import {
  readEditorSettings,
  readGeneratorPaths,
  readShownBeside,
  readVerifySettings,
  section,
  type ShownBeside,
  type VerifySettings,
} from './editorSettings.ts';
import { describeError, type Log } from './log.ts';
import { patience, withPatience } from './withPatience.ts';

interface ConfigurationOptions {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly names: KnownNames;
  readonly log: Log;
  /** Called when an answer is another than the one that was worked with, as it came late. */
  readonly onLate: () => void;
}

interface Answer {
  readonly value: unknown;
}

/** The editor's settings: asked for where the client answers, else those that it sent last. */
export class Configuration {
  readonly #options: ConfigurationOptions;
  readonly #told = new Set<string>();
  /** The last ones, by folder. */
  readonly #answers = new Map<string | undefined, unknown>();
  /** By file, until settings change. */
  #shown = new Map<string, ShownBeside>();
  #sent: unknown;

  constructor(options: ConfigurationOptions) {
    this.#options = options;
  }

  /** The settings for a folder. Never rejects: without an answer there are none. */
  async of(folder: string): Promise<Settings> {
    const { settings, problems } = readEditorSettings(await this.#ask(folder), this.#options.names);
    for (const problem of problems) this.#tell(problem);
    return settings;
  }

  /** Where the user keeps generators, by release. A setting of the machine, not of a folder. */
  async generatorPaths(): Promise<Readonly<Record<string, string>>> {
    return readGeneratorPaths(await this.#ask(undefined));
  }

  /** How registries are asked. Settings of the machine, not of a folder. */
  async verifySettings(): Promise<VerifySettings> {
    return readVerifySettings(await this.#ask(undefined));
  }

  /** What is wanted beside the text of a file. Asked for with each keystroke, so the answer is kept until settings change. */
  async shownBeside(uri: string): Promise<ShownBeside> {
    const kept = this.#shown;
    const known = kept.get(uri);
    if (known !== undefined) return known;
    const shown = readShownBeside(await this.#ask(uri));
    if (this.#options.client.registersConfiguration) kept.set(uri, shown);
    return shown;
  }

  /** Takes what `workspace/didChangeConfiguration` carries. */
  replace(sent: unknown): void {
    this.#shown = new Map();
    this.#sent = isRecord(sent) ? sent[section] : undefined;
  }

  /** Asks for a notification when our section changes. */
  listen(): void {
    const { connection, client, log } = this.#options;
    if (!client.configuration || !client.registersConfiguration) return;
    connection.client
      .register(DidChangeConfigurationNotification.type, { section })
      .catch((error: unknown) => log.warn(`Changes to settings are not noticed: ${describeError(error)}`));
  }

  async #ask(folder: string | undefined): Promise<unknown> {
    const { connection, client, log } = this.#options;
    if (!client.configuration) return this.#sent;
    const item = { ...(folder !== undefined && { scopeUri: folder }), section };
    try {
      const asked = connection.workspace.getConfiguration(item).then((value: unknown): Answer => ({ value }));
      const answer = await withPatience(asked, patience, late => this.#takeLate(folder, late));
      if (answer === undefined)
        log.warn(`The editor has not sent the settings of "${folder ?? 'this machine'}" yet`);
      else this.#answers.set(folder, answer.value);
      return this.#answers.get(folder);
    } catch (error) {
      log.warn(`The settings of "${folder ?? 'this machine'}" are not known: ${describeError(error)}`);
      return undefined;
    }
  }

  #takeLate(folder: string | undefined, answer: Answer | undefined): void {
    if (answer === undefined || JSON.stringify(answer.value) === JSON.stringify(this.#answers.get(folder)))
      return;
    this.#answers.set(folder, answer.value);
    this.#shown = new Map();
    this.#options.onLate();
  }

  /** Each problem once in a session, where the user sees it. */
  #tell(problem: string): void {
    const { connection, log } = this.#options;
    if (this.#told.has(problem)) return;
    this.#told.add(problem);
    connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: problem })
      .catch((error: unknown) => log.warn(`${problem} (${describeError(error)})`));
  }
}
