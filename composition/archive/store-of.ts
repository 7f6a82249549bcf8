import type { Config } from '../../config.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import { openStore } from '../../files/objects/open-store.ts'

/** Returns the store that is configured. Throws if none is. */
export function storeOf({ ARCHIVE_DIRECTORY: place, AWS_ENDPOINT_URL_S3: endpoint }: Config): ObjectStore {
  if (place !== undefined) return openStore(place, endpoint)
  throw new Error(
    'There is no archive: set ARCHIVE_DIRECTORY to the folder, or s3://BUCKET/PREFIX, that holds it or is to hold it.',
  )
}
