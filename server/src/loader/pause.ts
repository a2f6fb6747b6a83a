/** In milliseconds: after so much work in one piece, others get their turn. */
export const longestPiece = 10;

/** Lets what has come in the meantime be handled. */
export function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve));
}
