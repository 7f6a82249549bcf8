/**
 * A place for objects: bytes under a name with slashes. Small on purpose: a folder fits, and so does a store with the
 * interface of S3.
 */
export interface ObjectStore {
  /** Stores the bytes, whole or not at all; they are durable when it resolves. Replaces an object of that name. */
  put(name: string, bytes: Buffer): Promise<void>
  /** Lets `write` write a local file, and stores it as `put` does. Returns what `write` returns. */
  putFile<Result>(name: string, write: (path: string) => Promise<Result>): Promise<Result>
  /** Returns `undefined` if there is no such object. */
  get(name: string): Promise<Buffer | undefined>
  has(name: string): Promise<boolean>
  /** Returns the names that begin with `prefix`, a folder that ends with a slash, sorted. */
  list(prefix: string): Promise<readonly string[]>
  /** Removes an object; a missing one is ignored. */
  remove(name: string): Promise<void>
  /** Removes what interrupted writes have left. */
  tidy(): Promise<void>
  /** Returns where an object is, for messages. */
  whereIs(name: string): string
}
