import { l10n, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  registryLayoutsRequest,
  sendRequest,
  type AdoptRegistryResult,
  type RegistryChoice,
  type RegistryLayoutsResult,
} from '../../../server/src/protocol.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { askLine, askList, askSteps, back, type Step } from './steps.ts';

/** What the questions for a registry are answered with. */
export interface RegistryAnswers {
  readonly registry?: string;
  readonly layout?: string;
}

/** Asks for a registry and how it is laid out; `undefined`: the user left. */
export async function askRegistry(
  client: BaseLanguageClient,
  title: string,
): Promise<RegistryChoice | undefined> {
  return registryChoice(await askSteps<RegistryAnswers>(title, registrySteps(client), {}));
}

/** `undefined`: they are not answered. */
export function registryChoice({ registry, layout }: RegistryAnswers = {}): RegistryChoice | undefined {
  if (registry === undefined || layout === undefined) return undefined;
  return { registry, layout };
}

/** The registry, then its layout with examples, from images of a file where one is given. */
export function registrySteps<State extends RegistryAnswers>(
  client: BaseLanguageClient,
  uri?: string,
): readonly Step<State>[] {
  const layoutsOf = (registry: string): Promise<RegistryLayoutsResult> =>
    sendRequest(client, registryLayoutsRequest, { registry, ...(uri !== undefined && { uri }) });
  return [
    {
      ask: async (state, place) => {
        const registry = await askLine(place, {
          prompt: l10n.t('The registry, with a path if it has one'),
          value: state.registry ?? '',
          placeholder: 'registry.example.com/mirror',
          check: async text => (await layoutsOf(text)).problem,
        });
        return typeof registry === 'string' ? { ...state, registry } : registry;
      },
    },
    {
      ask: async (state, place) => {
        const { layouts } = await layoutsOf(state.registry ?? '');
        const items = layouts.map(({ id, label, example, isSuggested }) => ({
          id,
          label,
          detail: withoutIcons(example),
          ...(isSuggested && { description: l10n.t('suggested') }),
        }));
        const picked = await askList(place, {
          items,
          placeholder: l10n.t('Where images go in the registry'),
        });
        if (picked === undefined || picked === back) return picked;
        return { ...state, layout: picked[0]?.id };
      },
    },
  ];
}

/** Asks again where the choice has problems; `undefined`: the user does not want it with them. */
export async function confirmed(
  proceed: string,
  write: (isConfirmed: boolean) => Promise<AdoptRegistryResult>,
): Promise<AdoptRegistryResult | undefined> {
  const result = await write(false);
  if (result.problems === undefined) return result;
  const detail = result.problems.join('\n');
  const answer = await window.showWarningMessage(result.message, { modal: true, detail }, proceed);
  if (answer !== proceed) return undefined;
  return write(true);
}
