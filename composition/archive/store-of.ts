import { resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { createDiskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'

/** Returns the store that is configured. Throws if none is. */
export function storeOf({ ARCHIVE_DIRECTORY: directory }: Config): ObjectStore {
  if (directory !== undefined) return createDiskStore(resolve(directory))
  throw new Error('There is no archive: set ARCHIVE_DIRECTORY to the folder that holds it, or is to hold it.')
}
