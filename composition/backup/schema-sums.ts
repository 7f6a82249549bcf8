import { createHash } from 'node:crypto'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Manifest } from './manifest.ts'

/** Returns a checksum of each schema, by id. */
export function schemaSums({ all }: Registry): Manifest['schemas'] {
  return Object.fromEntries(
    all.map(({ id, subject, schema }) => [
      String(id),
      createHash('sha256')
        .update(`${subject} ${JSON.stringify(schema)}`)
        .digest('hex'),
    ]),
  )
}
