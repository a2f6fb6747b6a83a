// The one piece of the workers' library that the web build uses; the whole library would hide mistakes in the Node build.
interface DedicatedWorkerGlobalScope {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}
declare const self: DedicatedWorkerGlobalScope;
