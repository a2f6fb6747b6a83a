/** What is wrong with `--platform`; `undefined`: nothing, or it is not given. */
export function platformProblem(platform: string | undefined): string | undefined {
  if (platform === undefined || /^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform)) return undefined;
  return `"${platform}" is not a platform such as linux/amd64`;
}
