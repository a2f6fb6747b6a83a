import type { CatalogSource } from '../catalog/catalogSource.ts';
import type { Span } from '../text/span.ts';
import type { Application } from './application.ts';
import type { StackPlan } from './plan.ts';
import type { ProposedStack } from './projectStacks.ts';
import type { ValuesFile } from './valuesFile.ts';

/** Where a file defines a stack, or has a share in one that nothing but a script, or nothing at all, defines. */
export interface StackSource {
  readonly kind: StackPlan['kind'];
  /** The file that findings are shown in. */
  readonly uri: string;
  /** Empty for a file that is a stack of its own. */
  readonly name: string;
  /** Where its name is, or the first key of a file that does not name it. */
  readonly span: Span;
  /** `undefined` for a stack that no Application defines. */
  readonly application?: Application;
  /** Another tool fills in lines of the file, which may say what is missing. */
  readonly hasTemplateLines?: boolean;
  /** Files beside it that look like layers of one stack with it, which nothing defines. */
  readonly undefinedStack?: UndefinedStack;
  /** The values files it names, as written and in their written order. */
  readonly files: readonly NamedFile[];
  /** The stack, when no catalog has its release; `undefined`: one has. */
  readonly unknown?: UnknownRelease;
  /** The stack, when what should tell its release does not, so that it is concluded. */
  readonly concluded?: StackPlan;
  /** As of `StackPlan`, in the one file that tells of it. */
  readonly sourceProblem?: string;
  /** The archive whose name tells the release, and what is wrong with it; `undefined`: nothing is known to be. */
  readonly archiveProblem?: string;
  /** The generator is in another repository, so that it cannot be here. */
  readonly isGeneratorElsewhere?: boolean;
}

export interface NamedFile {
  readonly text: string;
  readonly span: Span;
  /** Why it was looked for and has no values, a phrase to put after its name; `undefined`: nothing is known to be wrong. */
  readonly problem: string | undefined;
  /** The URI where it was looked for in the workspace, and is not; `undefined`: it is there, or was not looked for. */
  readonly missingAt?: string;
  /** It is, or may be, in another repository, so that it need not be here. */
  readonly isElsewhere?: boolean;
  /** deployKF cannot merge it, wherever it is. */
  readonly isUnusable?: boolean;
  /** It may exist all the same. */
  readonly isUncertain?: boolean;
  /** It is a word of a command, in whose place the shell may put more files. */
  readonly isArgument?: boolean;
  /** Another tool fills in what it is called, so that it cannot be here. */
  readonly isTemplate?: boolean;
}

/** A plan without a catalog, and the catalogs that there are. */
export interface UnknownRelease {
  readonly plan: StackPlan;
  readonly catalogs: Pick<CatalogSource, 'releases' | 'problems'>;
}

/** A file and others of its folder that look like one stack. */
export interface UndefinedStack {
  /** The others seem to be laid over this file. */
  readonly isBase: boolean;
  /** The labels of the other files, the base first. */
  readonly others: readonly string[];
  /** The release that each is checked over. */
  readonly release: string;
  /** The stacks that they may be, the best guess first; each choice is written as a whole. */
  readonly choices: readonly (readonly ProposedStack[])[];
  /** Where stacks can be written to: the folder of the project file, and the file if there is one. */
  readonly project: { readonly folder: string; readonly file: ValuesFile | undefined } | undefined;
}
