// The npm package as a library. The types of what is exported are all in this file: its declarations are shipped as they are.
import { collectOutput } from './collectOutput.ts';

/** What is looked at. Without `files`, `text`, `values` and `stack`: what the command line finds in `cwd`. */
export interface InputOptions {
  /** The folder that paths are relative to, those of the answer, too; the working directory by default. */
  readonly cwd?: string;
  /** Values files, Applications, scripts, and folders that are searched. */
  readonly files?: readonly string[];
  /** The text of a values file, which is called `-` in the answer. */
  readonly text?: string;
  /** The layers of one stack, weakest first. */
  readonly values?: readonly string[];
  /** A stack of the project file, an Application or a script, by its name. */
  readonly stack?: string;
  /** The deployKF release, such as `0.1.5`. */
  readonly release?: string;
  /** The folder or `.zip` of a generator that the defaults come from. */
  readonly generator?: string;
  /** The project file; by default the nearest one. */
  readonly config?: string;
}

export interface CheckOptions extends InputOptions {
  /** Leave out the findings that this file has. */
  readonly baseline?: string;
}

/** 0-based, in UTF-16 characters, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** The names of the stacks that it holds for; empty for a file of its own. */
  readonly stacks: readonly string[];
  /** The titles of the fixes. */
  readonly fixes: readonly string[];
  /** The value path that it is about; null for findings about the text. */
  readonly path: string | null;
}

/** What a stack does not get from the private registry. */
export interface Left {
  /** `''` for a stack of one file over the defaults. */
  readonly stack: string;
  readonly release: string;
  /** References by the reason why they are still public, such as `hidden` or `unmapped`. */
  readonly public: Readonly<Record<string, readonly string[] | undefined>>;
  /** References of the private registry whose tag is not known. */
  readonly untagged: readonly string[];
}

/** A finding of a baseline that is gone. */
export interface StaleFinding {
  readonly fingerprint: string;
  readonly code: string;
  /** Relative to the folder of the baseline. */
  readonly file: string;
  /** The value path, else the message. */
  readonly about: string;
  /** How many of them are gone. */
  readonly count: number;
  /** The repositories of the images that they are about. */
  readonly images?: readonly string[];
}

/** What `check --format json` prints. */
export interface CheckResult {
  readonly schema: 1;
  readonly findings: readonly Finding[];
  /** How many files were looked at. */
  readonly files: number;
  /** Absent when there is nothing left. */
  readonly left?: readonly Left[];
  /** Only with a baseline: how many findings it has, and what of it is gone. */
  readonly baseline?: { readonly accepted: number; readonly stale: readonly StaleFinding[] };
  /** What could not be looked at, and other notes: what the command line says on standard error. */
  readonly messages: readonly string[];
}

/** Where a layer says something. */
export interface Origin {
  readonly file: string;
  readonly range: Range;
}

/** What happened to an image that is gone from its registry. */
export interface Retired {
  readonly since: string;
  readonly replacement: string | null;
  readonly status: string;
  readonly message: string;
  readonly url: string;
}

export interface Image {
  /** The value path. */
  readonly path: string;
  /** The value path below `valuesOverrides` that counts instead; null mostly. */
  readonly override: string | null;
  /** How it is written: a map of repository and tag, one text, or an item of a list. */
  readonly form: 'map' | 'string' | 'item';
  readonly component: string;
  readonly enabled: boolean;
  readonly repository: string | null;
  readonly tag: string | null;
  /** The tag that is pulled. */
  readonly resolvedTag: string | null;
  readonly tagFrom: 'values' | 'release' | 'rule' | 'unknown';
  /** What is pulled. */
  readonly reference: string | null;
  readonly state: 'private' | 'public' | 'accepted';
  /** What the registry policy makes of it. */
  readonly target: string | null;
  /** null: the release's default. */
  readonly origin: { readonly repository: Origin | null; readonly tag: Origin | null };
  readonly retired: Retired | null;
  /** What happened to what a private image is a copy of. */
  readonly retiredUpstream: Retired | null;
}

/** An image that no image value reaches. */
export interface HiddenImage {
  readonly reference: string;
  readonly component: string;
  readonly enabled: boolean;
  readonly where: string;
  readonly deployed: string;
  readonly class: 'deployed' | 'runtime' | 'example' | 'opt-in' | 'plugin';
  readonly target: string | null;
  readonly choices: readonly string[];
  readonly changedBy: string | null;
}

/** An image of the ArgoCD plugin. */
export interface PluginImage {
  readonly reference: string;
  readonly variant: string;
  readonly where: string;
}

/** What `images --format json` prints. */
export interface ImagesResult {
  readonly schema: 1;
  readonly stack: string;
  readonly release: string;
  /** `named`, or what it is concluded from. */
  readonly releaseFrom: 'named' | 'stacks' | 'output' | 'generator' | 'name' | 'script' | 'keys' | 'newest';
  readonly images: readonly Image[];
  readonly hidden: readonly HiddenImage[];
  readonly plugin: readonly PluginImage[];
  /** Layers that cannot be here, and other notes: what the command line says on standard error. */
  readonly messages: readonly string[];
}

/** Checks values files and stacks. Rejects with what is wrong where that is not possible. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { json, messages } = await collectOutput('check', options);
  return { ...json, messages };
}

/** Lists every image of one stack. Rejects where that is not possible, such as where there are several stacks. */
export async function images(options: InputOptions = {}): Promise<ImagesResult> {
  const { json, messages } = await collectOutput('images', options);
  return { ...json, messages };
}
