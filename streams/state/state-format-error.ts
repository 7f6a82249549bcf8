/** Stored state and the code at hand don't fit together: no event's fault, and no retry mends it. */
export class StateFormatError extends Error {
  override readonly name = 'StateFormatError'
}
