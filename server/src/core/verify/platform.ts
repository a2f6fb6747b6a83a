/** Without the variant that is the only one of its architecture, which registries and people leave out. */
export function usualPlatform(platform: string): string {
  return platform.replace(/^(\w+\/arm64)\/v8$/, '$1');
}
