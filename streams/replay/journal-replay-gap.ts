/** A published result can't be reproduced because something that it depended on is missing. */
export class ReplayGapError extends Error {
  override readonly name = 'ReplayGapError'
}
