import { textsAt, type HoldsPersons } from '../persons.ts'
import { renamedIn } from './renamed-in.ts'

/** Returns who a customer is after all merges. */
export type RootOf = (id: string) => string

/** A record in which merged customers have their present ids, in its key and in the fields that name people. */
export interface PresentRecord {
  readonly key: string
  readonly value: unknown
}

export function presentRecord(
  persons: HoldsPersons | undefined,
  { key, value }: PresentRecord,
  rootOf: RootOf,
): PresentRecord {
  if (persons === undefined || persons.by === 'key') {
    const root = rootOf(key)
    return root === key ? { key, value } : { key: root, value: renamedIn(value, key, root) }
  }
  if (persons.by !== 'field' || value === null) return { key, value }
  let present = value
  for (const id of new Set(persons.fields.flatMap((field) => textsAt(field, value)))) {
    const root = rootOf(id)
    if (root !== id) present = renamedIn(present, id, root)
  }
  return { key, value: present }
}
