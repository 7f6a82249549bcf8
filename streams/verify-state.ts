import type { KafkaClient } from '../kafka/client.ts'
import { parseRecordKey } from './record-key.ts'
import { POSITION_KEY, positionKind } from './reserved-kinds.ts'
import { stateCodec } from './state-codec.ts'
import type { Store } from './store.ts'
import { note, shownBytes, type Count, type Difference } from './verify-report.ts'

const PIECE_BYTES = 8 << 20
const POSITION_PREFIX = Buffer.from(`${POSITION_KEY}\u0000`)
const FIRST_RECORD = Buffer.from([1])
const END = Buffer.from([0xff])
const NO_MARK = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

/**
 * Brings the changelog's last word on each record into an empty store. Runs beside the task: what it commits meanwhile is read or not, a transaction as a whole.
 *
 * @returns the number of the last transaction; 0: there was none
 */
export async function readServedState(client: KafkaClient, topic: string, partition: number, store: Store): Promise<number> {
  const at = { topic, partition }
  const end = await client.listOffset(at, 'latest_stable')
  const fetcher = client.fetcher({ bufferedBytesMax: 8 << 20 })
  const codec = stateCodec(positionKind)
  let sequence = 0
  let piece: (readonly [Buffer, Buffer | null])[] = []
  let pieceBytes = 0
  try {
    await fetcher.assign(at, 'earliest')
    for (;;) {
      const batch = fetcher.take(topic, partition)
      if (batch === undefined) {
        if (fetcher.position(topic, partition) >= end) break
        await fetcher.wait(1_000)
        continue
      }
      for (let index = 0; index < batch.count; index++) {
        // No transaction lies on both sides of what was the last stable offset.
        if (batch.offsets[index]! >= end) break
        const keyStart = batch.keyStarts[index]!
        const key = batch.bytes.subarray(keyStart, keyStart + batch.keyLengths[index]!)
        const start = batch.valueStarts[index]!
        const length = batch.valueLengths[index]!
        const value = length < 0 ? null : batch.bytes.subarray(start, start + length)
        if (isPosition(key)) sequence = (codec.decode(value!) as { sequence: number }).sequence
        piece.push([key, value])
      }
      pieceBytes += batch.bytes.length
      if (pieceBytes < PIECE_BYTES) continue
      store.checkpoint(piece, NO_MARK)
      piece = []
      pieceBytes = 0
    }
    store.checkpoint(piece, NO_MARK)
    return sequence
  } finally {
    await fetcher.close()
  }
}

/** Record by record, in the order of both stores. How far each has read its inputs is not compared. */
export function compareState(task: string, replayed: Store, served: Store, differences: Difference[]): Count {
  const expected = records(replayed)
  const got = records(served)
  let compared = 0
  let different = 0
  let left = expected.next()
  let right = got.next()
  while (left.done !== true || right.done !== true) {
    const order =
      left.done === true ? 1 : right.done === true ? -1 : Buffer.compare((left.value as Entry).key, (right.value as Entry).key)
    const wanted = order <= 0 ? (left.value as Entry) : undefined
    const found = order >= 0 ? (right.value as Entry) : undefined
    compared++
    if (wanted === undefined || found === undefined || !wanted.value.equals(found.value)) {
      different++
      const { key, kind, id } = parseRecordKey((wanted ?? found)!.key)
      const place = `state of ${task}: ${key} ${kind} ${id}`.trimEnd()
      note(differences, place, shownBytes(wanted?.value, found?.value), shownBytes(found?.value, wanted?.value))
    }
    if (order <= 0) left = expected.next()
    if (order >= 0) right = got.next()
  }
  return { compared, different }
}

interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

function* records(store: Store): Generator<Entry, undefined> {
  for (const entry of store.range(FIRST_RECORD, END)) if (!isPosition(entry.key)) yield entry
  return undefined
}

function isPosition(key: Buffer): boolean {
  return key.subarray(0, POSITION_PREFIX.length).equals(POSITION_PREFIX)
}
