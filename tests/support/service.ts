/** A server for the tests, of any origin. */

/** `kill` is for an exit that cannot wait; it leaves containers to testcontainers’ own reaper. */
export type Service = { address: string; from: string; stop: () => Promise<void>; kill: () => void }
