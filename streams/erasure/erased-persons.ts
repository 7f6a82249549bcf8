import { isPseudonym, personsOf } from '../../schemas/persons.ts'
import type { Topic } from '../../schemas/topic.ts'
import { personDigest } from './person-digest.ts'

/** The part of an erasure that decides which records are dropped. */
interface ErasedUntil {
  readonly digest: string
  /** Ms since the epoch. */
  readonly refusedUntil: number
}

/** Who has been erased, and until when records about them are dropped. */
export interface ErasedPersons {
  /** Number of people. */
  readonly size: number
  /**
   * Returns whether a record about this person is dropped, by the time at which it was written to its topic (ms). A
   * record from before the erasure is dropped too, since a rebuilt task reads it again.
   */
  covers(personId: string, writtenAt: number): boolean
  /** Returns whether a record is about such a person. Records that only list them among others are not. */
  coversRecord(topic: Pick<Topic, 'persons'>, key: string, value: unknown, writtenAt: number): boolean
}

/** Ids whose digests are remembered; each takes a microsecond to compute. */
const REMEMBERED_MAX = 100_000

export function createErasedPersons(erasures: Iterable<ErasedUntil>): ErasedPersons {
  const until = new Map<string, number>()
  for (const { digest, refusedUntil } of erasures) until.set(digest, Math.max(until.get(digest) ?? 0, refusedUntil))
  const known = new Map<string, number>()

  function untilOf(personId: string): number {
    if (isPseudonym(personId)) return Number.POSITIVE_INFINITY
    let found = known.get(personId)
    if (found !== undefined) return found
    if (known.size >= REMEMBERED_MAX) known.clear()
    known.set(personId, (found = until.get(personDigest(personId)) ?? Number.NEGATIVE_INFINITY))
    return found
  }

  const covers = (personId: string, writtenAt: number) => until.size > 0 && writtenAt < untilOf(personId)
  return {
    size: until.size,
    covers,
    coversRecord: ({ persons }, key, value, writtenAt) =>
      until.size > 0 && personsOf(persons, key, value).some((id) => covers(id, writtenAt)),
  }
}
