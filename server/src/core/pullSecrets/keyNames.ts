import { nearestName } from '../catalog/nearestName.ts';
import { ownValue } from '../text/ownValue.ts';

/** Names that other tools use for the same thing. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  existingSecret: ['name', 'secret', 'secretName', 'secretRef', 'pullSecret', 'imagePullSecret'],
  existingSecretNamespace: ['namespace', 'secretNamespace', 'existingNamespace', 'sourceNamespace', 'ns'],
  excludeNamespaces: [
    'exclude',
    'excludes',
    'ignore',
    'ignoreNamespaces',
    'ignoredNamespaces',
    'skipNamespaces',
  ],
  registryCredentials: [
    'credentials',
    'imagePullSecrets',
    'pullSecrets',
    'registries',
    'existingSecrets',
    'secrets',
  ],
};

/** The key that an unknown one stands for. */
export interface MeantKey {
  readonly key: string;
  /** A slip of the pen, so that no other reading is likely. */
  readonly misspelled: boolean;
}

/** The known key that is most likely meant; `undefined` when none is. */
export function meantKey(name: string, known: readonly string[]): MeantKey | undefined {
  const other = known.find(key => ownValue(otherNames, key)?.includes(name) ?? false);
  if (other !== undefined) return { key: other, misspelled: false };
  // The opposite of what the block can say is near to it in letters only.
  if (/^includ/i.test(name)) return undefined;
  const near = nearestName(name, known);
  if (near === undefined) return undefined;
  return { key: near, misspelled: Math.abs(near.length - name.length) <= 2 };
}
