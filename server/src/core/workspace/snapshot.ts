import { standalonePlan, type StackPlan } from '../stack/plan.ts';
import { hostUri, type ValuesFile } from '../stack/valuesFile.ts';
import { StackView } from '../analysis/stackView.ts';
import { withGuess } from './guessRelease.ts';
import { addPlan, definitionKey, definitionOf, planAll, type Plans } from './plans.ts';
import { areSameSecrets, type LocatedSecret } from '../secrets/secretsInFile.ts';
import { planLayers } from './planLayers.ts';
import { noSettings, type Settings } from './settings.ts';
import type { Folder, Script, SnapshotState } from './state.ts';
import { folderOfPlan, folderOfUri } from './paths.ts';
import type { StackVerification } from '../verify/types.ts';

export { projectPlans } from './plans.ts';
export type { Folder, SnapshotState };

/** A file of the snapshot, or the values hosted in it, and an offset in that text. */
export interface FileOffset {
  readonly file: ValuesFile;
  readonly offset: number;
}

/**
 * The world as one immutable value: files, settings and the stacks that they make. A change makes the next snapshot,
 * which keeps everything that the change does not reach.
 */
export class Snapshot {
  readonly state: SnapshotState;
  readonly #plans: Plans;
  readonly #views: Map<string, StackView | undefined>;
  readonly #plansByText = new Map<string, ReadonlyMap<string, readonly StackPlan[]>>();

  private constructor(state: SnapshotState, plans: Plans, views: Map<string, StackView | undefined>) {
    this.state = state;
    this.#plans = plans;
    this.#views = views;
  }

  static of(state: SnapshotState): Snapshot {
    return new Snapshot(state, planAll(state), new Map());
  }

  /** A file by its URI, or the values hosted in one by theirs. */
  file(uri: string): ValuesFile | undefined {
    const outer = this.state.files.get(hostUri(uri));
    if (outer === undefined || outer.uri === uri) return outer;
    return outer.memo(hostedByUri).get(uri);
  }

  /** The values that are strings in a file, in the order of the text. */
  hostedIn(uri: string): readonly ValuesFile[] {
    return this.state.files.get(uri)?.hostedTexts ?? [];
  }

  /** The innermost text that an offset of a real file is in, and the offset there. */
  textAt(uri: string, offset: number): FileOffset | undefined {
    const file = this.state.files.get(uri);
    if (file === undefined) return undefined;
    for (const hosted of this.hostedIn(uri)) {
      const inner = hosted.host?.embedding.toInner(offset);
      if (inner !== undefined) return { file: hosted, offset: inner };
    }
    return { file, offset };
  }

  get plans(): readonly StackPlan[] {
    return this.#plans.list;
  }

  /** `undefined`: there is no such stack any more. */
  planById(id: string): StackPlan | undefined {
    return this.#plans.byId.get(id);
  }

  /** `undefined`: there is no such stack any more, or its release is not known. */
  viewById(id: string): StackView | undefined {
    const plan = this.planById(id);
    return plan && this.view(plan);
  }

  /** Whether another world has the same stacks of the same files, wherever they are defined. */
  hasStacksOf(other: Snapshot): boolean {
    return this.plans === other.plans || meaningOf(this.plans) === meaningOf(other.plans);
  }

  /** Whether the file is a layer of a stack, holds one, or defines one; about any other file we say nothing. */
  isConcerned(uri: string): boolean {
    return this.plansOf(uri).length > 0 || (this.state.files.get(uri)?.applications.length ?? 0) > 0;
  }

  /** Whether the file holds the defaults of a generator, and no stack has it as a layer. */
  isBase(uri: string): boolean {
    return this.state.bases?.has(uri) === true && this.plansOf(uri).length === 0;
  }

  /** Whether an editor shows the structure of a file: its outline and what can be folded. */
  isShown(uri: string): boolean {
    return this.isConcerned(uri) || this.isBase(uri);
  }

  /** The stack that speaks first for a text, also for the defaults of a generator. */
  firstView(uri: string): StackView | undefined {
    if (this.isBase(uri)) return this.baseView(uri);
    return this.viewsByChoice(uri)[0];
  }

  /** The defaults of a generator over those of the release that they are most like, to compare their shapes. */
  baseView(uri: string): StackView | undefined {
    const id = baseId(uri);
    if (!this.#views.has(id)) {
      const plan = withGuess({ ...this.state, bases: new Set() }, standalonePlan(uri, undefined, undefined));
      this.#views.set(id, buildView(this.state, { ...plan, id }));
    }
    return this.#views.get(id);
  }

  /** The stacks that have the file, or the hosted values, as a layer, and those of its Applications. */
  plansOf(uri: string): readonly StackPlan[] {
    if (!uri.includes('#')) return this.#plans.byFile.get(uri) ?? [];
    const outer = hostUri(uri);
    const byText = this.#plansByText.get(outer) ?? this.#plansOfTextsIn(outer);
    this.#plansByText.set(outer, byText);
    return byText.get(uri) ?? [];
  }

  /** The stacks of a file by the URI of each text in it that is a layer of theirs. */
  #plansOfTextsIn(outer: string): ReadonlyMap<string, readonly StackPlan[]> {
    const byText = new Map<string, StackPlan[]>();
    for (const plan of this.#plans.byFile.get(outer) ?? []) {
      const layers = this.view(plan)?.stack.layers ?? [];
      for (const uri of new Set(layers.map(layer => layer.file?.uri ?? ''))) addPlan(byText, uri, plan);
    }
    return byText;
  }

  /** The stack that an Application or a project file defines at an offset of it. */
  planDefinedAt(uri: string, offset: number): StackPlan | undefined {
    return this.#plans.byDefinition.get(definitionKey(uri, offset));
  }

  /** The stacks of one file each that nothing names, by the folder that they are in. */
  looseIn(folder: string): readonly StackPlan[] {
    return this.#plans.loose.get(folder) ?? [];
  }

  /** The folders directly in a folder that hold such stacks, or whose folders do. */
  looseFolders(folder: string): readonly string[] {
    return this.#plans.looseFolders.get(folder) ?? [];
  }

  /** The view of a stack; `undefined` when its release has no catalog. */
  view(plan: StackPlan): StackView | undefined {
    if (!this.#views.has(plan.id)) this.#views.set(plan.id, buildView(this.state, plan));
    return this.#views.get(plan.id);
  }

  viewsOf(uri: string): readonly StackView[] {
    return this.plansOf(uri).flatMap(plan => this.view(plan) ?? []);
  }

  /** The innermost folder that holds a file. */
  folderOf(uri: string): Folder | undefined {
    return folderOfUri(this.state.folders, uri);
  }

  settingsOf(uri: string): Settings {
    return this.folderOf(uri)?.settings ?? noSettings;
  }

  /** The world with another text of a file, or without the file. */
  withFile(uri: string, file: ValuesFile | undefined): Snapshot {
    const before = this.state.files.get(uri);
    if (file === before) return this;
    const files = new Map(this.state.files);
    if (file === undefined) files.delete(uri);
    else files.set(uri, file);
    const state = { ...this.state, files };
    if (definitionOf(before) !== definitionOf(file)) return Snapshot.of(state).#keeping(this, [uri]);
    const views = new Map(this.#views);
    for (const plan of this.plansOf(uri)) views.delete(plan.id);
    views.delete(baseId(uri));
    return new Snapshot(state, this.#plans, views);
  }

  withFolders(folders: readonly Folder[]): Snapshot {
    return Snapshot.of({ ...this.state, folders });
  }

  withScripts(scripts: readonly Script[]): Snapshot {
    return Snapshot.of({ ...this.state, scripts }).#keeping(this, []);
  }

  /** The world with other pull secrets in its files; the same world when they say the same. */
  withSecrets(secrets: readonly LocatedSecret[] | undefined): Snapshot {
    if (areSameSecrets(secrets, this.state.secrets)) return this;
    return new Snapshot({ ...this.state, secrets }, this.#plans, new Map());
  }

  /** The world with a stack that comes before the others wherever one has to be first. */
  withActive(id: string): Snapshot {
    const active = [id, ...(this.state.active ?? []).filter(other => other !== id)].slice(0, 100);
    return new Snapshot({ ...this.state, active }, this.#plans, new Map(this.#views));
  }

  /** The world in which registries were asked about a stack. */
  withVerified(id: string, verification: StackVerification): Snapshot {
    const verified = new Map(this.state.verified).set(id, verification);
    const views = new Map(this.#views);
    views.delete(id);
    return new Snapshot({ ...this.state, verified }, this.#plans, views);
  }

  /** The views of a file's stacks, the chosen ones first. */
  viewsByChoice(uri: string): readonly StackView[] {
    return this.plansByChoice(uri).flatMap(plan => this.view(plan) ?? []);
  }

  /** The stacks of a file, the chosen ones first. */
  plansByChoice(uri: string): readonly StackPlan[] {
    const active = this.state.active ?? [];
    const rank = ({ id }: StackPlan): number =>
      (active.indexOf(id) + active.length + 1) % (active.length + 1);
    return this.plansOf(uri).toSorted((a, b) => rank(a) - rank(b));
  }

  /** Takes over the views whose plan is the same and that do not contain a changed file. */
  #keeping(previous: Snapshot, changed: readonly string[]): this {
    for (const plan of this.plans) {
      const before = previous.#plans.byId.get(plan.id);
      const view = previous.#views.get(plan.id);
      const isSame =
        before !== undefined &&
        before.release === plan.release &&
        before.guess === plan.guess &&
        before.guessedBy === plan.guessedBy &&
        before.name === plan.name &&
        before.generator?.key === plan.generator?.key &&
        before.uris.join('\n') === plan.uris.join('\n');
      const isChanged = [plan.definedAt?.uri, ...plan.uris].some(
        uri => uri !== undefined && changed.includes(uri),
      );
      if (isSame && view !== undefined && !isChanged) this.#views.set(plan.id, view);
    }
    return this;
  }
}

function baseId(uri: string): string {
  return `base:${uri}`;
}

function hostedByUri({ hostedTexts }: ValuesFile): ReadonlyMap<string, ValuesFile> {
  return new Map(hostedTexts.map(file => [file.uri, file]));
}

function meaningOf(plans: readonly StackPlan[]): string {
  return JSON.stringify(
    plans.map(
      ({
        id,
        name,
        release,
        guess,
        guessedBy,
        generator,
        uris,
        layers,
        expected,
        openValues,
        openArguments,
      }) => [
        id,
        name,
        release,
        guess,
        guessedBy,
        generator?.key,
        uris,
        layers,
        expected,
        openValues,
        openArguments,
      ],
    ),
  );
}

function buildView(state: SnapshotState, plan: StackPlan): StackView | undefined {
  const name = catalogName(state, plan);
  const catalog = state.catalogs.of(name);
  if (catalog === undefined) return undefined;
  const settings = folderOfPlan(state, plan)?.settings ?? noSettings;
  const { layers, missing } = planLayers(state, plan);
  const stack = {
    id: plan.id,
    name: plan.name,
    kind: plan.kind,
    release: plan.generator === undefined ? name : catalog.catalog.release,
    catalog: name,
    layers,
    ...(missing.length > 0 && { missing }),
    ...(state.isReading === true && { isProvisional: true }),
    ...(plan.generator && { generator: plan.generator.path }),
    ...(plan.guess !== undefined && { guess: plan.guess }),
    ...(plan.guessedBy !== undefined && { guessedBy: plan.guessedBy }),
    ...(plan.definedAt && { definedAt: plan.definedAt }),
  };
  return new StackView(stack, {
    catalog,
    policy: settings.policy,
    retired: state.catalogs.retired,
    secrets: state.secrets,
    verified: state.verified?.get(plan.id),
    releasesWith: path =>
      state.catalogs.releases.filter(release => state.catalogs.of(release)?.defaultAt(path) !== undefined),
  });
}

/** What the catalog of a stack is asked for by. */
function catalogName(state: SnapshotState, plan: StackPlan): string {
  return plan.generator?.key ?? plan.release ?? state.catalogs.newest;
}
