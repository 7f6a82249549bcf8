/** Thrown when a setting has changed since the editor read it. */
export class VersionConflictError extends Error {
  override readonly name = 'VersionConflictError'

  constructor(what: string, expectedVersion: number) {
    super(`${what} is not at version ${expectedVersion} any more: look at the newest version and decide again.`)
  }
}
