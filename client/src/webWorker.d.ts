// What is used of the DOM in a web worker; TypeScript's DOM library would hide mistakes in what runs in Node.
interface Worker {
  postMessage(message: unknown): void;
  terminate(): void;
}
declare const Worker: new (url: string) => Worker;
