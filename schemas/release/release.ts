import { incompatibilities } from '../avro/evolution.ts'
import { subjectOf } from './registry.ts'
import type { ReleasedSchema } from './released.ts'
import { sameSchema } from '../avro/same-schema.ts'
import type { Topic } from '../topic.ts'

export interface Release {
  /** Every released schema, the new ones at the end. */
  readonly schemas: readonly ReleasedSchema[]
  readonly added: readonly ReleasedSchema[]
  /** Why changed schemas can't be released. If there is any reason, nothing is released. */
  readonly refusals: readonly string[]
}

/**
 * Adds a version for each topic whose schema has changed since the last release. A new version and every earlier one of
 * its subject must be able to read each other’s data (the registry’s FULL_TRANSITIVE): topics keep events for years,
 * and readers and writers are deployed in any order. Ids are never changed or reused; the first is `firstId`.
 */
export function release(released: readonly ReleasedSchema[], topics: readonly Topic[], firstId = 1): Release {
  const added: ReleasedSchema[] = []
  const refusals: string[] = []
  let lastId = Math.max(firstId - 1, ...released.map(({ id }) => id))
  for (const topic of topics) {
    const subject = subjectOf(topic)
    const versions = released.filter((schema) => schema.subject === subject)
    const schema = topic.schema.avro
    if (sameSchema(versions.at(-1)?.schema, schema)) continue
    refusals.push(...versions.flatMap((earlier) => conflicts(earlier, schema)))
    added.push({ id: ++lastId, subject, version: Math.max(0, ...versions.map(({ version }) => version)) + 1, schema })
  }
  return { schemas: [...released, ...added], added, refusals }
}

/** Returns why data of an earlier version and of this schema are not mutually readable. */
export function conflicts(earlier: ReleasedSchema, schema: unknown): readonly string[] {
  const name = `${earlier.subject} version ${earlier.version}`
  return [
    ...incompatibilities(earlier.schema, schema).map((cause) => `${name} can’t be read with the new schema: ${cause}.`),
    ...incompatibilities(schema, earlier.schema).map(
      (cause) => `${name} can’t read what the new schema writes: ${cause}.`,
    ),
  ]
}

/** Returns the source of released.ts. */
export function sourceOf(schemas: readonly ReleasedSchema[]): string {
  return `/** A released schema, with the id in every message that was written with it. */
export interface ReleasedSchema {
  readonly id: number
  readonly subject: string
  readonly version: number
  /** Avro, as JSON. */
  readonly schema: unknown
}

/**
 * Every schema that was ever released, written by \`node generators/release-schemas.ts\`. Lines are added, never
 * changed.
 */
// prettier-ignore
export const releasedSchemas: readonly ReleasedSchema[] = [
${schemas.map((schema) => `  ${JSON.stringify(schema)},\n`).join('')}]
`
}
