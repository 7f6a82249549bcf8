/** What was served can't be repeated: something that it was made of is gone, or never was there. */
export class ReplayGapError extends Error {
  override readonly name = 'ReplayGapError'
}
