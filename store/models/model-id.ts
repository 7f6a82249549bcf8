import { createHash } from 'node:crypto'

/** Returns a model's id: the SHA-256 of its encoded artefact, as 64 hex digits. */
export function modelIdOf(artefact: Uint8Array): string {
  return createHash('sha256').update(artefact).digest('hex')
}
