import type { Layer } from './stack/layer.ts';
import { fileLayer } from './stack/layer.ts';
import { alonePlan, type StackPlan } from './stack/plan.ts';
import { isInside, joinUri, labelOf } from './stack/uri.ts';
import type { ValuesFile } from './stack/valuesFile.ts';
import { StackView } from './policy/view.ts';
import type { CatalogSource } from './ports.ts';
import type { Finding } from './rules/types.ts';
import { noSettings, type Project, type Settings } from './settings.ts';

/** A workspace folder and what was decided for it. */
export interface Folder {
  readonly uri: string;
  /** The project file's settings over the editor's. */
  readonly settings: Settings;
  readonly project: Project | undefined;
}

export interface SnapshotState {
  readonly catalogs: CatalogSource;
  readonly folders: readonly Folder[];
  readonly files: ReadonlyMap<string, ValuesFile>;
  /** Stacks that the command line gave, instead of those found. */
  readonly given?: readonly StackPlan[];
}

interface Plans {
  readonly list: readonly StackPlan[];
  readonly byFile: ReadonlyMap<string, readonly StackPlan[]>;
}

/**
 * The world as one immutable value: files, settings and the stacks that they make. A change makes the next snapshot,
 * which keeps everything that the change does not reach.
 */
export class Snapshot {
  readonly state: SnapshotState;
  readonly #plans: Plans;
  readonly #views: Map<string, StackView | undefined>;
  /** What the rules said about a view; handed on to the next snapshot, where views that did not change are the same. */
  #findings = new WeakMap<StackView, readonly Finding[]>();

  private constructor(state: SnapshotState, plans: Plans, views: Map<string, StackView | undefined>) {
    this.state = state;
    this.#plans = plans;
    this.#views = views;
  }

  static of(state: SnapshotState): Snapshot {
    return new Snapshot(state, planAll(state), new Map());
  }

  file(uri: string): ValuesFile | undefined {
    return this.state.files.get(uri);
  }

  get plans(): readonly StackPlan[] {
    return this.#plans.list;
  }

  plansOf(uri: string): readonly StackPlan[] {
    return this.#plans.byFile.get(uri) ?? [];
  }

  /** The view of a stack; `undefined` when its release has no catalog. */
  view(plan: StackPlan): StackView | undefined {
    if (!this.#views.has(plan.id)) this.#views.set(plan.id, buildView(this.state, plan));
    return this.#views.get(plan.id);
  }

  viewsOf(uri: string): readonly StackView[] {
    return this.plansOf(uri).flatMap(plan => this.view(plan) ?? []);
  }

  /** The findings of a view, computed once. */
  findingsOf(view: StackView, check: (view: StackView) => readonly Finding[]): readonly Finding[] {
    const known = this.#findings.get(view);
    if (known !== undefined) return known;
    const findings = check(view);
    this.#findings.set(view, findings);
    return findings;
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
    if (file === undefined || before === undefined || file.isValues !== before.isValues)
      return Snapshot.of(state).#keeping(this, uri);
    const views = new Map(this.#views);
    for (const plan of this.plansOf(uri)) views.delete(plan.id);
    const next = new Snapshot(state, this.#plans, views);
    next.#findings = this.#findings;
    return next;
  }

  withFolders(folders: readonly Folder[]): Snapshot {
    return Snapshot.of({ ...this.state, folders });
  }

  /** Takes over the views whose plan is the same and that do not hold the changed file. */
  #keeping(previous: Snapshot, changed: string): this {
    this.#findings = previous.#findings;
    for (const plan of this.plans) {
      const before = previous.plans.find(candidate => candidate.id === plan.id);
      const isSame =
        before !== undefined && before.release === plan.release && before.uris.join('\n') === plan.uris.join('\n');
      const view = previous.#views.get(plan.id);
      if (isSame && view !== undefined && !plan.uris.includes(changed)) this.#views.set(plan.id, view);
    }
    return this;
  }
}

function folderOfUri(folders: readonly Folder[], uri: string): Folder | undefined {
  return folders.filter(folder => isInside(folder.uri, uri)).sort((a, b) => b.uri.length - a.uri.length)[0];
}

function planAll(state: SnapshotState): Plans {
  const found = state.given ?? state.folders.flatMap(projectPlans);
  const byFile = new Map<string, StackPlan[]>();
  for (const plan of found) for (const uri of new Set(plan.uris)) byFile.set(uri, [...(byFile.get(uri) ?? []), plan]);
  const alone: StackPlan[] = [];
  if (state.given === undefined) {
    for (const [uri, file] of state.files) {
      if (byFile.has(uri) || !file.isValues) continue;
      const folder = folderOfUri(state.folders, uri);
      const plan = alonePlan(uri, folder?.uri, folder?.settings.release);
      alone.push(plan);
      byFile.set(uri, [plan]);
    }
  }
  return { list: [...found, ...alone], byFile };
}

/** The stacks that a folder's settings define. */
export function projectPlans({ uri, settings, project }: Folder): readonly StackPlan[] {
  return settings.stacks.map(({ name, release, values, span }) => ({
    id: `project:${uri}#${name}`,
    name,
    kind: 'project',
    release: release ?? settings.release,
    uris: values.map(path => joinUri(uri, path)),
    folder: uri,
    ...(project === undefined ? {} : { definedAt: { uri: project.file.uri, span } }),
  }));
}

function buildView(state: SnapshotState, plan: StackPlan): StackView | undefined {
  const release = plan.release ?? state.catalogs.newest;
  const catalog = state.catalogs.of(release);
  if (catalog === undefined) return undefined;
  const layers: readonly Layer[] = plan.uris.flatMap(uri => {
    const file = state.files.get(uri);
    return file === undefined ? [] : [fileLayer(file, labelOf(plan.folder, uri))];
  });
  const settings = settingsOfPlan(state, plan);
  const stack = {
    id: plan.id,
    name: plan.name,
    kind: plan.kind,
    release,
    layers,
    ...(plan.definedAt === undefined ? {} : { definedAt: plan.definedAt }),
  };
  return new StackView(stack, { catalog, policy: settings.policy, retired: state.catalogs.retired });
}

function settingsOfPlan(state: SnapshotState, plan: StackPlan): Settings {
  const uri = plan.definedAt?.uri ?? plan.uris[0] ?? '';
  const folder = state.folders.find(candidate => candidate.uri === plan.folder) ?? folderOfUri(state.folders, uri);
  return folder?.settings ?? noSettings;
}
