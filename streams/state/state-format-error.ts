/** Thrown when the code can’t read the stored state. No event is to blame, and retries do not help. */
export class StateFormatError extends Error {
  override readonly name = 'StateFormatError'
}
