import { resolve } from 'node:path'
import { createDiskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'
import { createS3Store } from './s3-store.ts'

const S3 = 's3://'

/**
 * Opens a place for objects: a folder, or `s3://BUCKET` or `s3://BUCKET/PREFIX`, at AWS unless there is another
 * address. Throws if it is neither.
 */
export function openStore(place: string, endpoint?: string): ObjectStore {
  if (!/^[a-z\d+.-]+:\/\//i.test(place)) return createDiskStore(resolve(place))
  const [bucket = '', ...path] = place.slice(S3.length).split('/')
  if (!place.startsWith(S3) || bucket === '')
    throw new Error(`${JSON.stringify(place)} must be a folder or s3://BUCKET/PREFIX.`)
  const folders = path.filter((part) => part !== '')
  return createS3Store({ bucket, prefix: folders.map((part) => `${part}/`).join('') }, endpoint)
}
