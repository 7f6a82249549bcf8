import { releasedSchemas, type ReleasedSchema } from './released.ts'
import { sameSchema } from '../avro/same-schema.ts'
import type { Topic } from '../topic.ts'

/** Schema ids, as written in every message. */
export interface Registry {
  /** Returns the id of a topic's current schema. Throws if that schema is not registered. */
  idOf(topic: Topic): number
  byId(id: number): ReleasedSchema | undefined
  /** Returns all subjects in order of name. */
  subjects(): readonly string[]
  /** Returns every version of a subject, oldest first; none for an unknown subject. */
  versions(subject: string): readonly ReleasedSchema[]
  /** Every version of every subject. */
  readonly all: readonly ReleasedSchema[]
}

/** Returns the subject of a topic's values, by the registry's usual naming strategy. */
export function subjectOf(topic: { readonly name: string }): string {
  return `${topic.name}-value`
}

export function createRegistry(schemas: readonly ReleasedSchema[]): Registry {
  const byId = new Map(schemas.map((schema) => [schema.id, schema]))
  const bySubject = Map.groupBy(schemas, ({ subject }) => subject)
  for (const versions of bySubject.values()) versions.sort((one, other) => one.version - other.version)
  return {
    idOf(topic) {
      const subject = subjectOf(topic)
      const current = bySubject.get(subject)?.findLast(({ schema }) => sameSchema(schema, topic.schema.avro))
      if (current !== undefined) return current.id
      throw new Error(
        `The current schema of ${topic.name} is no version of ${subject}: run \`node generators/release-schemas.ts\`.`,
      )
    },
    byId: (id) => byId.get(id),
    subjects: () => [...bySubject.keys()].sort(),
    versions: (subject) => bySubject.get(subject) ?? [],
    all: schemas,
  }
}

/** The ids assigned by the repository: the same on every machine. */
export const releasedRegistry: Registry = createRegistry(releasedSchemas)
