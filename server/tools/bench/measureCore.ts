import { parseAllDocuments } from 'yaml';
import { checkFile } from '../../src/core/check/check.ts';
import { readProject } from '../../src/core/workspace/settings.ts';
import { Snapshot } from '../../src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../src/core/stack/valuesFile.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { Catalogs } from '../../src/host/catalogs.ts';
import { percentiles, type Percentiles } from './percentiles.ts';

/** In milliseconds. */
export interface CoreFigures {
  /** Of the same text, by `yaml`. */
  readonly freshParse: number;
  readonly ownParse: number;
  /** A character that is typed into a value: the parse and all rules. */
  readonly keystroke: Percentiles;
  /** The same in a file that is ten times as long. */
  readonly longKeystroke: Percentiles;
}

const folder = 'file:///bench/';
const uri = `${folder}values.yaml`;
const policy =
  'registry:\n  rules:\n    - { source: "*", target: "registry.example.com/{registry}/{path}" }\n';

/** All in one process that is warm, with a registry policy, as users have one. */
export function measureCore(catalogs: Catalogs, text: string): CoreFigures {
  const freshParse = percentiles(timesOf(40, () => parseAllDocuments(text))).p50;
  const ownParse = percentiles(timesOf(40, () => parseYaml(text))).p50;
  return {
    freshParse,
    ownParse,
    keystroke: percentiles(keystrokes(catalogs, text)),
    longKeystroke: percentiles(keystrokes(catalogs, tenTimes(text))),
  };
}

function keystrokes(catalogs: Catalogs, text: string): readonly number[] {
  let snapshot = snapshotOf(catalogs, text);
  checkFile(snapshot, uri);
  const at = text.indexOf('\n', text.indexOf('repository:', text.length / 20));
  return timesOf(120, () => {
    const before = snapshot.file(uri);
    if (before === undefined) throw new Error('the file is gone');
    const typed = `${before.text.slice(0, at)}x${before.text.slice(at)}`;
    snapshot = snapshot.withFile(uri, new ValuesFile(uri, typed, { previous: before }));
    checkFile(snapshot, uri);
  });
}

function snapshotOf(catalogs: Catalogs, text: string): Snapshot {
  const names = { releases: catalogs.releases, codes: rules.map(rule => rule.code) };
  const project = readProject(new ValuesFile(`${folder}.deploykf-values.yaml`, policy), names);
  const folders = [{ uri: folder, settings: project.settings, project }];
  return Snapshot.of({ catalogs, folders, files: new Map([[uri, new ValuesFile(uri, text)]]) });
}

/** The text and nine copies of it, each below a key of its own. */
function tenTimes(text: string): string {
  const indented = text.replace(/^(?=.)/gm, '  ');
  const copies = Array.from({ length: 9 }, (_, index) => `copy_${index}:\n${indented}`);
  return `${text.trimEnd()}\n${copies.join('\n')}`;
}

/** Of the second half of the rounds, in milliseconds: the first ones only warm up. */
function timesOf(rounds: number, act: () => void): readonly number[] {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return times.slice(rounds / 2);
}
