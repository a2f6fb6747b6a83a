// The one piece of the DOM that the web build uses; TypeScript's DOM library would hide mistakes in the Node build.
interface Worker {
  postMessage(message: unknown): void;
  terminate(): void;
}
declare const Worker: new (url: string) => Worker;
