import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { virtualText } from '../../server/src/core/workspace/virtualDocuments.ts';
import { defaultsUri } from '../../server/src/core/workspace/virtualUris.ts';
import { catalogs } from './views.ts';

/** The defaults of a shipped release with another repository of one image. */
export function forkedValues(): string {
  const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map() });
  const text = virtualText(snapshot, defaultsUri('0.1.4')) ?? '';
  return text.replace('repository: ghcr.io/dexidp/dex', 'repository: harbor.example.com/dex');
}

/** Has a folder as the home of the user while a test runs; gives what puts the real one back. */
export function useHome(folder: string): () => void {
  const names = ['HOME', 'USERPROFILE'];
  const before = names.map(name => process.env[name]);
  for (const name of names) process.env[name] = folder;
  return () => {
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}
