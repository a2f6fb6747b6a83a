import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { Path } from '../yaml/nodes.ts';
import { canonicalImage, isImageFlag, isImageKey, isImageVariable, tellsReference } from './references.ts';
import { nameOf } from './objectsIn.ts';
import { readText } from './readText.ts';
import type { ImageHow, ObjectName, RenderedImage } from './types.ts';

/** What is looked into no further: their images are not pulled, or they must not be read. */
const skippedKinds = /^(?:CustomResourceDefinition|Secret)(?:List)?$/;

/** Other kinds may have templates of Pods that their controllers fill in. */
const workloads = /^(?:Pod|Deployment|(?:Stateful|Daemon|Replica)Set|ReplicationController|Job|CronJob)?$/;

const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers', 'sidecars']);

/** Texts within texts are read so deep: a ConfigMap holds a template that holds a manifest. */
const deepestText = 3;

/** The places that name images in one object of Kubernetes, in the order of the manifest. */
export function findImages(manifest: Value): readonly RenderedImage[] {
  if (!isRecord(manifest)) return [];
  const object = nameOf(manifest);
  if (skippedKinds.test(object.kind)) return [];
  const search = new ImageSearch(object);
  const { status: _, ...rest } = manifest;
  search.visit(rest, []);
  return search.found;
}

/** One walk through an object and the texts in it. */
class ImageSearch {
  readonly found: RenderedImage[] = [];
  readonly #object: ObjectName;
  /** The texts that the walk is in: the fields that hold them. */
  readonly #outer: Path[] = [];

  constructor(object: ObjectName) {
    this.#object = object;
  }

  visit(value: Value, path: Path): void {
    if (isList(value)) {
      this.#visitList(value, path);
      return;
    }
    if (isRecord(value)) for (const [key, child] of Object.entries(value)) this.#visitPair(key, child, path);
    else if (typeof value === 'string') this.#visitText(value, path);
  }

  #visitPair(key: string, value: Value, above: Path): void {
    const path = [...above, key];
    if (path.join('.') === 'metadata.managedFields') return;
    if (key === 'kubectl.kubernetes.io/last-applied-configuration') return;
    if (typeof value === 'string' && isImageKey(key)) {
      const isReference = tellsReference(value) || (key === 'image' && value.includes('/'));
      if (isReference && this.#add('key', value, path)) return;
    }
    if (key.startsWith('image') && isRecord(value) && this.#addChoices(value, path)) return;
    if ((key === 'container' || key === 'script') && isRecord(value)) this.#visitContainer(value, path);
    else this.visit(value, path);
  }

  #visitList(items: readonly Value[], path: Path): void {
    const key = path.at(-1);
    if (key === 'args' || key === 'command') this.#addFlags(items, path);
    for (const [index, item] of items.entries()) {
      const place = [...path, index];
      if (!isRecord(item)) this.visit(item, place);
      else if (typeof key === 'string' && containerLists.has(key)) this.#visitContainer(item, place);
      else if (key === 'env') this.#visitVariable(item, place);
      else if (key === 'volumes') this.#visitVolume(item, place);
      else this.visit(item, place);
    }
  }

  #visitContainer(container: Readonly<Record<string, Value>>, path: Path): void {
    const { image, ...rest } = container;
    const place = [...path, 'image'];
    if (image === 'auto') this.#addAuto(place);
    else if (image !== undefined && image !== null && image !== '') this.#addContainer(image, place);
    this.visit(rest, path);
  }

  #visitVariable(variable: Readonly<Record<string, Value>>, path: Path): void {
    const { name, value } = variable;
    if (typeof value === 'string' && typeof name === 'string' && isImageVariable(name))
      if (tellsReference(value) && this.#add('env', value, [...path, 'value'])) return;
    this.visit(variable, path);
  }

  #visitVolume(volume: Readonly<Record<string, Value>>, path: Path): void {
    const { image, ...rest } = volume;
    const reference = isRecord(image) ? image['reference'] : undefined;
    if (typeof reference === 'string') this.#add('container', reference, [...path, 'image', 'reference']);
    this.visit(rest, path);
  }

  #addChoices(field: Readonly<Record<string, Value>>, path: Path): boolean {
    const { value, options } = field;
    if (!isList(options)) return false;
    if (typeof value === 'string') this.#add('choice', value, [...path, 'value']);
    for (const [index, option] of options.entries())
      if (typeof option === 'string') this.#add('choice', option, [...path, 'options', index]);
    return true;
  }

  #addFlags(args: readonly Value[], path: Path): void {
    for (const [index, arg] of args.entries()) {
      if (typeof arg !== 'string') continue;
      const equals = arg.indexOf('=');
      if (equals > 0 && isImageFlag(arg.slice(0, equals))) {
        const value = arg.slice(equals + 1);
        if (tellsReference(value)) this.#add('arg', value, [...path, index]);
      }
      const next = args[index + 1];
      if (isImageFlag(arg) && typeof next === 'string' && tellsReference(next))
        this.#add('arg', next, [...path, index + 1]);
    }
  }

  #visitText(text: string, path: Path): void {
    const isText = /\n|^\s*[{[]/.test(text) && /image/i.test(text);
    if (!isText || this.#outer.length >= deepestText) return;
    const read = readText(text);
    this.#outer.push(path);
    for (const value of read.values) this.visit(value, []);
    for (const { line, image } of read.lines) this.#add('text', image, [], line);
    this.#outer.pop();
  }

  /** What a container of a workload names is pulled, so that it is not left out where it is not a reference. */
  #addContainer(image: Value, path: Path): void {
    const written = typeof image === 'string' ? image : JSON.stringify(image);
    if (typeof image === 'string' && this.#add('container', image, path)) return;
    if (this.#outer.length === 0 && workloads.test(this.#object.kind))
      this.#push({ how: 'container', written, image: undefined }, path);
  }

  #addAuto(path: Path): void {
    this.#push({ how: 'istio-auto', written: 'auto', image: undefined }, path);
  }

  #add(how: ImageHow, written: string, path: Path, line?: number): boolean {
    const image = canonicalImage(written);
    if (image === undefined) return false;
    this.#push({ how, written, image }, path, line);
    return true;
  }

  #push(found: Pick<RenderedImage, 'how' | 'written' | 'image'>, path: Path, line?: number): void {
    const paths = [...this.#outer, path];
    const [first = [], ...inner] = line === undefined ? paths : paths.slice(0, -1);
    const place = { ...found, object: this.#object, path: first, inner };
    this.found.push(line === undefined ? place : { ...place, line });
  }
}
