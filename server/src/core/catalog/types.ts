import type { Value } from '../yaml/value.ts';

export type { Value };

/** The facts of one release. Generated data: see `server/tools/catalog.ts`. */
export interface Catalog {
  readonly release: string;
  /** Upstream's `default_values.yaml` as a value: every value path with its type and default, in upstream's order. */
  readonly defaults: { readonly [key: string]: Value };
  readonly components: readonly Component[];
  readonly images: readonly CatalogImage[];
  readonly charts: readonly Chart[];
  readonly hiddenImages: readonly HiddenImage[];
  readonly pluginImages: readonly PluginImage[];
  /** Whether `deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets` exists (0.1.3 and later). */
  readonly pullSecretPolicy: boolean;
  readonly pullSecrets: PullSecretFacts;
  readonly secretKeys: readonly SecretKey[];
  readonly podSwitches: readonly PodSwitch[];
  readonly missingPrograms: readonly MissingProgram[];
  readonly chartImages: readonly ChartImage[];
  readonly endingKinds: readonly EndingKind[];
  /** The value paths where null is documented and does not mean a lost section. */
  readonly documentedNulls: readonly string[];
  /** The value paths of lists whose defaults are a demonstration that everybody replaces. */
  readonly exampleLists: readonly string[];
  /** What stops `deploykf generate`; `undefined` where the templates were not read. */
  readonly templates?: TemplateFacts;
  /** What the templates demand of the items of lists by code that is more than a condition. */
  readonly itemRules?: readonly ItemRule[];
  /** The switches that deployKF's ArgoCD plugin turns on by itself. */
  readonly pluginSwitches?: readonly string[];
  /** `true` for a catalog made at run time from a fork's own defaults: it does not know any tag rules. */
  readonly derived?: boolean;
}

export interface Component {
  /** The value path, such as `kubeflow_tools.pipelines`. */
  readonly path: string;
  /** A name for people, such as `Istio`. */
  readonly title: string;
  /** The value path of the switch. */
  readonly enabledPath: string;
  /** deployKF fails to generate when such a component is switched off. */
  readonly required: boolean;
  /** The value path of the namespace; `undefined` when the namespace is fixed. */
  readonly namespacePath?: string;
  readonly namespace: string;
  /**
   * ArgoCD's sync wave: smaller starts earlier. The pull-secret policy exists from Kyverno's own wave on. Always 0 before
   * 0.1.2, which set none.
   */
  readonly syncWave: number;
  readonly kind: 'helm' | 'kustomize';
}

/** An image value. `path` is the map's, the string's or the list's value path. */
export interface CatalogImage {
  readonly path: string;
  readonly form: 'map' | 'string' | 'list';
  /** The component's value path. */
  readonly component: string;
  /** 1-based line in upstream's `default_values.yaml`; `undefined` when derived at run time. */
  readonly line?: number;
  /** What the image runs as, such as `Deployment dex`. */
  readonly usedFor: string;
  /**
   * The namespaces of its Pods: literal names, `{value.path}`, or `{profiles}` for every profile namespace. Empty when
   * they are not known beforehand.
   */
  readonly namespaces: readonly string[];
  readonly repository: RepositoryRule;
  readonly tag: TagRule;
  /**
   * The program that reads the value as YAML and fails on what is not a string, such as `the notebook spawner`; `undefined`: templates
   * print it.
   */
  readonly reader?: string;
  /** Another template that uses the same value by rules of its own; the namespaces above include its own. */
  readonly secondPlace?: SecondPlace;
  /** What the templates run in it, which the default image has; `undefined`: only the image's own program. */
  readonly runs?: readonly RunProgram[];
  readonly pullPolicy: 'honoured' | 'ignored' | 'absent';
  /** From this version of the chart at `path` on, the pull policy is honoured; only with `pullPolicy: 'ignored'`. */
  readonly pullPolicySince?: { readonly path: string; readonly version: string };
  /** Where the facts come from, such as `deployKF@v0.1.5:generator/…:34`. */
  readonly evidence: readonly string[];
}

export interface RunProgram {
  readonly program: string;
  /** It is run while one of these switches is on; `undefined`: always. */
  readonly when?: readonly string[];
  /** `undefined`: whatever the chart's version is. */
  readonly chart?: ChartVersions;
  readonly evidence: readonly string[];
}

/** An image that people use in place of a default and that lacks programs. */
export interface MissingProgram {
  /** Canonical. */
  readonly repository: string;
  readonly programs: readonly string[];
  /** The first version that is known to lack them; `undefined`: every tag does. */
  readonly since?: string;
  readonly source: string;
}

export interface SecondPlace {
  readonly usedFor: string;
  readonly namespaces: readonly string[];
  readonly repository: RepositoryRule;
  readonly tag: TagRule;
  readonly evidence: readonly string[];
}

/** What the templates do with `repository` (form `map`). Forms `string` and `list` use `always`. */
export interface RepositoryRule {
  /**
   * `always`: written as it is, so null becomes the text `nil` and "" leaves an invalid reference.
   * `unlessEmpty`: as `always`, but "" keeps the fallback (kustomize).
   * `joined`: printed as Go does, so null becomes `%!s(<nil>)`.
   */
  readonly read: 'always' | 'unlessEmpty' | 'joined';
  /** The repository that "" keeps: kustomize's own name of the image. */
  readonly fallback?: string;
  /** The chart needs a `/` in the repository, or it appends a second tag (Istio). */
  readonly needsSlash?: boolean;
  /** Some versions of Helm put a registry before it: they do not take null for a word against the chart's own default. */
  readonly helmPrefix?: HelmPrefix;
}

export interface HelmPrefix {
  /** The versions, in words. */
  readonly helm: string;
  readonly registry: string;
  readonly chart: ChartVersions;
  readonly source: string;
}

/** What the templates do with the tag, or with the whole string of the forms `string` and `list`. */
export interface TagRule {
  /**
   * `always`: written as it is: null becomes the text `nil`, "" leaves an invalid reference.
   * `whenSet`: when null, "", 0 or false, the fallback is used.
   * `joined`: like `whenSet`, but a value that is not a string is printed as Go does, such as `%!s(float64=1.2)`.
   * `verbatim`: copied into a form or ConfigMap; null and "" mean no image.
   */
  readonly read: 'always' | 'whenSet' | 'joined' | 'verbatim';
  /**
   * The tag that chart or kustomization put in. `{path}` is the effective value there, `{path|text}` the text when that
   * value is null, "", 0 or false; `-{path}` vanishes as a whole in that case. When nothing is left of it,
   * `fallbackByVersion` follows. Neither: the fallback is not known.
   */
  readonly fallback?: string;
  /**
   * The fallback is known only while the value at that path is one exact version, such as `1.12.10`: a chart is found by
   * a range, too. A leading `v` of the value is dropped.
   */
  readonly exactVersionAt?: string;
  /** The fallback of each known version of the chart at `path`; another version has an unknown fallback. */
  readonly fallbackByVersion?: {
    readonly path: string;
    readonly tags: { readonly [version: string]: string };
  };
  /** The fallback exists only in the template: no such tag is published in the release's default repository. */
  readonly fallbackUnpublished?: boolean;
  /** A defect: when this tag is set, the tag at that path is rendered in its place (`nil` when that is null). */
  readonly renderedFrom?: string;
  /** Form `string`: what null and "" lead to. */
  readonly whenNull?: Unset;
  readonly whenEmpty?: Unset;
}

/** `nil`: the text `nil` is the image. `broken`: an empty image. `none`: nothing is rendered. Else the reference used instead. */
export type Unset = 'nil' | 'broken' | 'none' | { readonly reference: string };

export interface Chart {
  /** The value path of the map with `name`, `version` and `repository`. */
  readonly path: string;
  readonly component: string;
}

/** An image that is deployed but that no image value can change. */
export interface HiddenImage {
  /** Canonical or as deployed, with its tag. */
  readonly reference: string;
  readonly component: string;
  /** `runtime`: pulled when a user uses the feature. `example`: only with an example. `opt-in`, `not-run`: practically never. */
  readonly deployed: 'runtime' | 'example' | 'opt-in' | 'not-run';
  /** Where it is, in our words: a ConfigMap, a flag, a template. */
  readonly where: string;
  /** Other tags of it that users may choose at run time. */
  readonly choices?: readonly string[];
  /** The value path below `valuesOverrides` that changes it all the same; `undefined`: there is none. */
  readonly changedBy?: string;
  readonly evidence: readonly string[];
}

/** An image of the ArgoCD plugin's installation; no value reaches it. */
export interface PluginImage {
  readonly reference: string;
  readonly variant: 'kustomize' | 'helm';
  readonly where: string;
  readonly evidence: readonly string[];
}

/** What is known of Kyverno's policy that copies pull secrets into namespaces. */
export interface PullSecretFacts {
  /** The release that brought the policy. */
  readonly since: string;
  /** Namespaces that Kyverno passes over, whatever a policy says. */
  readonly ignoredNamespaces: readonly string[];
}

/** Versions of the chart at a value path, both ends included; a missing one is open. */
export interface ChartVersions {
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** Where a component's `valuesOverrides` take the name of a pull secret for some of its images. */
export interface SecretKey {
  /** The component's value path. */
  readonly component: string;
  /** The names of the images below `images` whose Pods get it; empty: no image value is theirs, so that only the form matters. */
  readonly images: readonly string[];
  /** The keys below `valuesOverrides`. */
  readonly keys: readonly string[];
  /** The dependency that reads them, where they are globals of the parent, so that they count below its name, too. */
  readonly dependency?: string;
  /** The keys below `valuesOverrides`, of globals of a dependency, that count where `keys` have nothing. */
  readonly fallback?: readonly string[];
  /** `objects`: a list of `{name}`; `names`: a list of texts; `name`: one text. */
  readonly form: 'objects' | 'names' | 'name';
  /** `undefined`: whatever the chart's version is. */
  readonly chart?: ChartVersions;
  /** The Pods are in other components' namespaces, so that the Secret must be there too. */
  readonly everywhere?: boolean;
  readonly source: string;
}

/** Where a component's `valuesOverrides` set what a chart pulls; what is there wins over the image value. */
export interface ChartImage {
  /** The component's value path. */
  readonly component: string;
  /** The name of the image below `images`. Several entries of one image: its Pods read it at several places. */
  readonly image: string;
  /** Below `valuesOverrides`, of the map with `repository`, `tag` and `pullPolicy`, or of one reference. */
  readonly keys: readonly string[];
  readonly form: 'map' | 'reference';
  /** Below `valuesOverrides`: the chart puts the first of these texts that is not empty before the repository. */
  readonly registries?: readonly (readonly string[])[];
  /** Whether a key `digest` of the map takes the place of the tag. */
  readonly digest?: boolean;
  /** Below `valuesOverrides`: one pull policy for all images of the chart is the first of these that is set. */
  readonly pullPolicies?: readonly (readonly string[])[];
  /** What the chart puts around a reference without a slash; `undefined`: nothing. */
  readonly bare?: BareImage;
  /** `undefined`: whatever the chart's version is. */
  readonly chart?: ChartVersions;
  readonly source: string;
}

/** How a chart completes the name of an image. The paths are below `valuesOverrides`; of each kind the first that is not empty counts. */
export interface BareImage {
  /** Where the name is taken from; `undefined`: from the reference itself. */
  readonly name?: readonly string[];
  /** What is before the name when none of `hubs` is set. */
  readonly hub: string;
  readonly hubs: readonly (readonly string[])[];
  /** The value path of the chart's version, which is the tag when none of `tags` is set. */
  readonly version: string;
  readonly tags: readonly (readonly string[])[];
  /** What is put after the tag, such as `distroless`. */
  readonly variants: readonly (readonly string[])[];
}

/** What switches all Pods of an image off when all of it is false, besides `enabled` of its component. */
export interface PodSwitch {
  readonly component: string;
  /** The name of the image below `images`. */
  readonly image: string;
  /** The paths below `valuesOverrides`, such as `kyverno.cleanupJobs.enabled`. */
  readonly paths: readonly string[];
  readonly chart: ChartVersions;
  readonly source: string;
}

/** A kind of objects that the release's templates have, and that a program of a later chart takes no longer. */
export interface EndingKind {
  readonly chart: ChartVersions;
  readonly kind: string;
  readonly program: string;
  /** Versions of the program, such as `1.17`. */
  readonly deprecatedIn: string;
  /** Planned. */
  readonly removedIn: string;
  readonly evidence: readonly string[];
}

/** What is known to be gone: an image repository or a Helm repository. `server/catalog/retired.json`. */
export interface Retired {
  readonly kind: 'image' | 'chart';
  /** Canonical repository, a prefix of one ending in `/*`, or a Helm repository URL. */
  readonly source: string;
  readonly status: 'removed' | 'unavailable' | 'moved' | 'ending';
  /** ISO date, or year and month when the day is not known. */
  readonly since: string;
  /**
   * The repository or URL that holds the same; `undefined` when there is none. `{name}` is the part after a
   * prefix.
   */
  readonly replacement?: string;
  /**
   * The only names that the replacement is known to hold, by the part after the prefix; without it, all of
   * them.
   */
  readonly names?: { readonly [name: string]: string };
  /** Whether the replacement is known to hold the same tags. */
  readonly sameTag: boolean;
  /** Tags that are not affected. */
  readonly exceptTags?: readonly string[];
  /** What the replacement lacks, in our words, such as `without updates`. */
  readonly note?: string;
  readonly url: string;
}

/** What the release's templates make of values, as `server/tools/templates.ts` reads it from them. */
export interface TemplateFacts {
  readonly needs: readonly TemplateNeed[];
  readonly checks: readonly TemplateCheck[];
}

/**
 * What a template needs of a value that it reads: `map`: keys below it are read, and null stops it, too. `list`: it is gone through; a
 * map will do, and null is empty. `string`: a text. `yaml`: a text that holds a map. `comparable`: compared with a text; null will do.
 * `present`: the key is there, whatever its value.
 */
export type TemplateForm = 'map' | 'list' | 'string' | 'yaml' | 'comparable' | 'present';

export interface TemplateNeed {
  readonly form: TemplateForm;
  /** `undefined`: always. */
  readonly when?: TemplateCondition;
  /** Value paths; `[]` stands for every item of a list. `server/tools/facts/templates/` has the place of each. */
  readonly paths: readonly string[];
}

/** A `fail` of a template. */
export interface TemplateCheck {
  /** What the template says, value paths in backticks. */
  readonly message: string;
  readonly when: TemplateCondition;
  readonly source: string;
}

/**
 * A demand on the values at a path with `[]`, where they are set. `unique`: each differs from the others. `reference`: each is among
 * those at `to`. `key`: none.
 */
export type ItemRule =
  | { readonly kind: 'unique' | 'boolean'; readonly path: string }
  | { readonly kind: 'reference'; readonly path: string; readonly to: string }
  | { readonly kind: 'choice'; readonly path: string; readonly choices: readonly string[] }
  | KeyRule;

/** A key that the templates read and the defaults have no example of. */
export interface KeyRule {
  readonly kind: 'key';
  readonly path: string;
  readonly form: 'string' | 'list' | 'map';
  /** In a few words. */
  readonly means: string;
}

/** `set`: the value counts as true to Go. Paths may hold `[]`, which is then the same item wherever it stands. */
export type TemplateCondition =
  | { readonly set: string }
  | { readonly not: TemplateCondition }
  | { readonly all: readonly TemplateCondition[] }
  | { readonly any: readonly TemplateCondition[] }
  | { readonly path: string; readonly equals: string }
  | { readonly path: string; readonly kind: 'string' | 'map' };
