import { recordKey } from '../../streams/state/record-key.ts'
import { POSITION_KEY, topicKind } from '../../streams/state/reserved-kinds.ts'
import type { KeptRecord } from './record-run.ts'

/** Prefix of the changelog records that say which incarnation of a topic a task's positions belong to. */
const TOPIC_SEEN = recordKey(POSITION_KEY, topicKind.name, '')

/**
 * Returns a changelog record as the new cluster needs it: a position holds for one topic id, and a restored topic has
 * another, with the same records at the same offsets. An id of an earlier topic of that name stays as it is. Ids have the
 * same length, so nothing else in the record changes.
 */
export function withTopicId(record: KeptRecord, newIds: ReadonlyMap<string, string>): KeptRecord {
  const { key, value } = record
  if (key === null || value === null || !startsWith(key, TOPIC_SEEN)) return record
  const moved = Buffer.from(value)
  for (const [before, now] of newIds) {
    const at = moved.indexOf(before)
    if (at < 0) continue
    moved.write(now, at)
    return { ...record, value: moved }
  }
  return record
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, prefix.length), prefix) === 0
}
