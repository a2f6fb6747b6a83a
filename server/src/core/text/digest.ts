/** 53 bits of hash (cyrb53) as text: enough to tell texts apart that nobody made to be alike. */
export function digest(text: string): string {
  const [high, low] = hash(text, 0);
  return `${(2097151 & low).toString(36)}${high.toString(36)}`;
}

/** 128 bits of it as hexadecimal digits, for what is kept in files. */
export function longDigest(text: string): string {
  return [...hash(text, 0), ...hash(text, 1)].map(half => half.toString(16).padStart(8, '0')).join('');
}

function hash(text: string, seed: number): readonly [high: number, low: number] {
  let [high, low] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high >>> 0, low >>> 0];
}
