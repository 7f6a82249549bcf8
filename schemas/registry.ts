import { releasedSchemas, type ReleasedSchema } from './released.ts'
import type { Topic } from './topic.ts'

/** Which schema has which id: the ids that stand in every message. */
export interface Registry {
  /** The id under which a topic's current schema is written. */
  idOf(topic: Topic): number
  byId(id: number): ReleasedSchema | undefined
  /** Every released version, oldest first within its subject. */
  readonly all: readonly ReleasedSchema[]
}

/** The subject of a topic's values, by the registry's usual naming strategy. */
export function subjectOf(topic: { readonly name: string }): string {
  return `${topic.name}-value`
}

export function createRegistry(released: readonly ReleasedSchema[]): Registry {
  const byId = new Map(released.map((schema) => [schema.id, schema]))
  const newest = new Map<string, ReleasedSchema>()
  for (const schema of released) {
    const known = newest.get(schema.subject)
    if (known === undefined || known.version < schema.version) newest.set(schema.subject, schema)
  }
  return {
    idOf(topic) {
      const schema = newest.get(subjectOf(topic))
      if (schema === undefined)
        throw new Error(`The schema of ${topic.name} is not released: run \`node commands/release-schemas.ts\`.`)
      return schema.id
    },
    byId: (id) => byId.get(id),
    all: released,
  }
}

/** The ids that the repository itself gives: the same on every machine. */
export const releasedRegistry: Registry = createRegistry(releasedSchemas)
