// What is used of the library of web workers; the whole library would hide mistakes in what runs in Node.
interface DedicatedWorkerGlobalScope {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}
declare const self: DedicatedWorkerGlobalScope;
declare const importScripts: unknown;
