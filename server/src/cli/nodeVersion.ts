/** `engines.node` of package.json. */
const oldest = 20;

/** That a version of Node.js is too old for the program; `undefined`: it is not. */
export function oldNodeProblem(version: string): string | undefined {
  if (Number(/^\d+/.exec(version)?.[0] ?? oldest) >= oldest) return undefined;
  return `Node.js ${oldest} or newer is needed, and this is ${version}: install a newer one`;
}
