import type { Span } from '../text/span.ts';
import type { Path } from '../yaml/nodes.ts';
import type { ReleaseGuess } from './releaseGuess.ts';
import type { Stack } from './stack.ts';

/** A stack before its files are read. */
export interface StackPlan {
  readonly id: string;
  readonly name: string;
  readonly kind: Stack['kind'];
  /** `undefined`: nothing tells it, the newest known release is taken. */
  readonly release: string | undefined;
  /** What `release` was concluded from; `undefined`: somebody says it. */
  readonly guess?: ReleaseGuess;
  /** What says so, such as `scripts/gen.sh:3`, for `script`. */
  readonly guessedBy?: string;
  /** What should tell the release and does not, a sentence without a full stop. */
  readonly openRelease?: string;
  /** The files that hold its layers, weakest first. */
  readonly uris: readonly string[];
  /** The layers, weakest first; `undefined`: each file of `uris` is one. */
  readonly layers?: readonly LayerPlan[];
  /** The folder that paths in messages are relative to, and whose settings count. */
  readonly folder: string | undefined;
  /** A generator's own source, named instead of a release, or for one. */
  readonly generator?: GeneratorSource;
  /** The archive whose official name tells the release. */
  readonly archive?: GeneratorSource;
  readonly definedAt?: { readonly uri: string; readonly span: Span };
  /** The user named its file and nothing was looked for beside it. */
  readonly isNamed?: boolean;
  /** The stacks with other layers that a named file is a layer of; `undefined`: not looked for. */
  readonly layerOf?: readonly LargerStack[];
  /** The components that other layers of a named file seem to switch on; `undefined`: not looked for. */
  readonly enabledElsewhere?: readonly string[];
  /** Why the command of a script stops at what is to be its source, a sentence without a full stop. */
  readonly sourceProblem?: string;
  /** The files that a script's command names. */
  readonly expected?: readonly ExpectedFile[];
  /** Nothing is to be concluded from what its Application does not say. */
  readonly isOpen?: boolean;
  /** Values files of a command whose names are not known, as written. */
  readonly openValues?: readonly string[];
  /** Words of a command that may name more of them, as written. */
  readonly openArguments?: readonly string[];
}

export interface ExpectedFile {
  readonly uri: string;
  /** As written. */
  readonly path: string;
  /** Nothing else in the script seems to make or fetch it, and its path does not depend on the machine. */
  readonly isThereBefore: boolean;
  /** Something else in the script seems to do that. */
  readonly isMade: boolean;
}

/** A stack that has a file as one of several layers. */
export interface LargerStack {
  readonly name: string;
  /** The URI of the Application or script; `undefined`: the project file lists it. */
  readonly definedIn: string | undefined;
}

/** The source of a fork's generator, as a stack names it. */
export interface GeneratorSource {
  /** As written. */
  readonly path: string;
  /** The release that the project file names it for; `undefined`: a stack names the source itself. */
  readonly release: string | undefined;
  /** The name that its catalog has in `CatalogSource`: the URI of the first place, and the release. */
  readonly key: string;
  /** The folders or archives that it may be, the best guess first. */
  readonly places: readonly string[];
}

/** One layer before its file is read. */
export interface LayerPlan {
  /** The file. */
  readonly uri: string;
  /** Where the values are as a string in the file; `undefined` when the file is the layer. */
  readonly within?: { readonly document: number; readonly path: Path };
  /** One of upstream's sample files, which is shipped as data; `uri` only names it then. */
  readonly sample?: { readonly release: string; readonly name: string };
}

/** A values file that belongs to no stack is one of its own. */
export function standalonePlan(
  uri: string,
  folder: string | undefined,
  release: string | undefined,
): StackPlan {
  return { id: `standalone:${uri}`, name: '', kind: 'standalone', release, uris: [uri], folder };
}

export function generatorSource(path: string, places: readonly string[], release?: string): GeneratorSource {
  const distinct = [...new Set(places)];
  const place = distinct[0] ?? path;
  const key = release === undefined ? place : `${place}#${release}`;
  return { path, release, key, places: distinct };
}

/** Whether a layer may come from another repository or machine, or the script that names it makes it. */
export function mayBeMade({ kind, expected = [] }: StackPlan, uri: string): boolean {
  return kind === 'application' || expected.some(file => file.uri === uri && !file.isThereBefore);
}
