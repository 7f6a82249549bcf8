import { writeFileSync } from 'node:fs'
import { releasedSchemas, type ReleasedSchema } from '../schemas/released.ts'
import { subjectOf } from '../schemas/registry.ts'
import { topics } from '../schemas/topics.ts'

/** Adds a version for each topic whose schema has changed since the last release. Ids are given once and never change. */
const released: ReleasedSchema[] = [...releasedSchemas]
for (const topic of topics) {
  const subject = subjectOf(topic)
  const versions = released.filter((schema) => schema.subject === subject)
  if (JSON.stringify(versions.at(-1)?.schema) === JSON.stringify(topic.schema.avro)) continue
  released.push({
    id: Math.max(0, ...released.map(({ id }) => id)) + 1,
    subject,
    version: versions.length + 1,
    schema: topic.schema.avro,
  })
}

const lines = released.map((schema) => `  ${JSON.stringify(schema)},`)
writeFileSync(
  new URL('../schemas/released.ts', import.meta.url),
  `/** A schema under the id that stands in every message that was written with it. */
export interface ReleasedSchema {
  readonly id: number
  readonly subject: string
  readonly version: number
  readonly schema: unknown
}

/** Every schema that was ever released, written by \`node commands/release-schemas.ts\`. Lines are added, never changed. */
export const releasedSchemas: readonly ReleasedSchema[] = [
${lines.join('\n')}
]
`,
)
