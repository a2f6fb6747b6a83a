import { plainRelease } from '../core/catalog/release.ts';
import { printPath } from '../core/yaml/nodes.ts';
import { isRecord, type Value } from '../core/yaml/value.ts';
import { readSettings, type KnownNames, type Settings } from '../core/workspace/settings.ts';
import { ownValue } from '../core/text/ownValue.ts';

/** The section of an editor's settings that is ours. */
export const section = 'deploykf';

/** The keys of the project file that are also settings of the editor. */
const keys = ['release', 'registry', 'stacks', 'rules'];

/** Reads our section of an editor's settings. Everything wrong becomes a problem, the rest is used. */
export function readEditorSettings(
  json: unknown,
  names: KnownNames,
): { readonly settings: Settings; readonly problems: readonly string[] } {
  const given = isRecord(json) ? json : {};
  const own = Object.fromEntries(
    keys.map(key => [key, isEmptySetting(ownValue(given, key)) ? null : asValue(ownValue(given, key))]),
  );
  const { settings, problems } = readSettings(own, names);
  return {
    settings,
    problems: problems.map(({ path, message }) => `Setting "${section}.${printPath(path)}": ${message}`),
  };
}

/** Reads the folders and archives of generators, by release; anything that is not a path is left out. */
export function readGeneratorPaths(json: unknown): Readonly<Record<string, string>> {
  const paths = isRecord(json) ? ownValue(json, 'generators') : undefined;
  const entries = isRecord(paths) ? Object.entries<unknown>(paths) : [];
  return Object.fromEntries(
    entries.flatMap(([release, path]): [string, string][] => {
      if (typeof path === 'string' && path !== '') return [[plainRelease(release), path]];
      return [];
    }),
  );
}

/** What the user wants to see beside the text. */
export interface ShownBeside {
  readonly codeLenses: boolean;
  readonly inlayHints: boolean;
  readonly manifestLenses: boolean;
}

/** All of it is shown unless the user does not want it. */
export function readShownBeside(json: unknown): ShownBeside {
  return {
    codeLenses: isOn(json, 'codeLens', 'enabled'),
    inlayHints: isOn(json, 'inlayHints', 'enabled'),
    manifestLenses: isOn(json, 'rendered', 'codeLens'),
  };
}

function isOn(json: unknown, group: string, name: string): boolean {
  const settings = isRecord(json) ? ownValue(json, group) : undefined;
  return !isRecord(settings) || ownValue(settings, name) !== false;
}

/** How registries are asked, by settings of the machine. */
export interface VerifySettings {
  /** The path of a file with the certificate of an authority. */
  readonly registryCa: string | undefined;
  /** Hosts that are asked without TLS. */
  readonly plainHttp: readonly string[];
  /** The only platform that has to be there, such as `linux/amd64`. */
  readonly platform: string | undefined;
}

export function readVerifySettings(json: unknown): VerifySettings {
  const verify = isRecord(json) ? ownValue(json, 'verify') : undefined;
  const given = isRecord(verify) ? verify : {};
  const hosts: unknown = ownValue(given, 'plainHttp');
  return {
    registryCa: textSetting(given, 'registryCa'),
    plainHttp: Array.isArray(hosts) ? hosts.filter(host => typeof host === 'string') : [],
    platform: textSetting(given, 'platform'),
  };
}

function textSetting(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const text = ownValue(given, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Editors have no way to leave a setting out, so an empty one counts as none. */
function isEmptySetting(value: unknown): boolean {
  return value === undefined || value === '' || (isRecord(value) && Object.keys(value).length === 0);
}

function asValue(json: unknown): Value {
  if (json === null || typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean')
    return json;
  if (Array.isArray(json)) return json.map(asValue);
  if (!isRecord(json)) return null;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asValue(value)]));
}
