import { createHash } from 'node:crypto'

/** Precedes the id, so that the digest differs from those of other programs. */
const PREFIX = 'scoreline erasure 1\u0000'

/** Returns SHA-256 of the prefix and the person's id in UTF-8, in hex: what an erasure keeps of the person. */
export function personDigest(id: string): string {
  return createHash('sha256')
    .update(PREFIX + id)
    .digest('hex')
}
