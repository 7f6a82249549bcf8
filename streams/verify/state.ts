import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { withoutSchemaId, commonFields, type CommonFields } from '../../schemas/avro/record-codec.ts'
import { sameSchema } from '../../schemas/avro/same-schema.ts'
import type { RecordSchema } from '../../schemas/avro/schema.ts'
import { parseRecordKey, recordKey } from '../state/record-key.ts'
import { POSITION_KEY, positionKind } from '../state/reserved-kinds.ts'
import { FORMATS_KEY, openFormats, type FormatsOf, type StateFormats } from '../state/state-formats.ts'
import type { Store } from '../state/store.ts'
import { addDifference, formatBytes, type Count, type Difference } from './report.ts'

const PIECE_BYTES = 8 << 20
const POSITION = recordKey(POSITION_KEY, positionKind.name, '')
/** Keys of the engine's position and formats, which are not compared. */
const NOT_COMPARED = [POSITION_KEY, FORMATS_KEY].map((key) => Buffer.from(`${key}\u0000`))
const FIRST_RECORD = Buffer.from([1])
const END = Buffer.from([0xff])
const NO_METADATA = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

/** Where a state is read up to: an offset between two transactions, or before the batch for which `isEnd` holds. */
export interface StateEnd {
  readonly offset?: number
  readonly isEnd?: (batch: RecordBatch) => boolean
}

/**
 * Loads the latest value of each record in the changelog into an empty store, while the task may be running: each
 * transaction committed meanwhile is read completely or not at all.
 *
 * @returns the number of the last transaction; 0 if there is none
 */
export async function readServedState(
  client: KafkaClient,
  topic: string,
  partition: number,
  store: Store,
  of: FormatsOf,
  { offset: endOffset, isEnd }: StateEnd = {},
): Promise<number> {
  const at = { topic, partition }
  const end = endOffset ?? (await client.listOffset(at, 'latest_stable'))
  const fetcher = client.fetcher({ bufferedBytesMax: 8 << 20 })
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
      if (isEnd?.(batch) === true) break
      for (let index = 0; index < batch.count; index++) {
        // No transaction spans the last stable offset that was taken above.
        if (batch.offsets[index]! >= end) break
        piece.push([keyOf(batch, index)!, valueOf(batch, index)])
      }
      pieceBytes += batch.bytes.length
      if (pieceBytes < PIECE_BYTES) continue
      store.checkpoint(piece, NO_METADATA)
      piece = []
      pieceBytes = 0
    }
    store.checkpoint(piece, NO_METADATA)
    const position = store.get(POSITION)
    return position === undefined ? 0 : openFormats(store, of).codecOf(positionKind).decode(position).sequence
  } finally {
    await fetcher.close()
  }
}

/** Compares two states record by record, in the order of both stores. Positions of the inputs are not compared. */
export function compareState(
  task: string,
  of: FormatsOf,
  replayed: Store,
  served: Store,
  differences: Difference[],
): Count {
  const isSame = comparison(of, openFormats(replayed, of), openFormats(served, of))
  const expected = records(replayed)
  const got = records(served)
  let compared = 0
  let different = 0
  let left = expected.next()
  let right = got.next()
  while (left.done !== true || right.done !== true) {
    const order =
      left.done === true
        ? 1
        : right.done === true
          ? -1
          : Buffer.compare((left.value as Entry).key, (right.value as Entry).key)
    const wanted = order <= 0 ? (left.value as Entry) : undefined
    const found = order >= 0 ? (right.value as Entry) : undefined
    compared++
    if (wanted === undefined || found === undefined || !isSame(wanted, found)) {
      different++
      const { key, kind, id } = parseRecordKey((wanted ?? found)!.key)
      const place = `state of ${task}: ${key} ${kind} ${id}`.trimEnd()
      addDifference(
        differences,
        place,
        formatBytes(wanted?.value, found?.value),
        formatBytes(found?.value, wanted?.value),
      )
    }
    if (order <= 0) left = expected.next()
    if (order >= 0) right = got.next()
  }
  return { compared, different }
}

/**
 * Returns a comparison of two records. A replay writes records with the current code; the served ones may come from
 * older code, or from newer code before a rollback. Such records are equal if they agree in the fields that both
 * writers knew.
 */
function comparison(
  { kinds }: FormatsOf,
  replayed: StateFormats,
  served: StateFormats,
): (wanted: Entry, found: Entry) => boolean {
  const schemas = new Map(kinds.map(({ name, schema }) => [name, schema]))
  const commons = new Map<string, CommonFields>()

  function common(schema: RecordSchema<unknown>, writer: string): CommonFields {
    let part = commons.get(schema.name + writer)
    if (part === undefined) commons.set(schema.name + writer, (part = commonFields(schema, JSON.parse(writer))))
    return part
  }

  return ({ key, value: wanted }, { value: found }) => {
    const { kind } = parseRecordKey(key)
    const schema = schemas.get(kind)
    if (schema === undefined) return wanted.equals(found)
    const [writer, other] = [replayed.writerOf(kind, wanted), served.writerOf(kind, found)]
    if (writer === undefined || other === undefined) return false
    const [one, two] = [withoutSchemaId(wanted), withoutSchemaId(found)]
    if (writer === other) return one.equals(two)
    try {
      if (sameSchema(JSON.parse(writer), schema.avro))
        return common(schema, other).ofReader(one).equals(common(schema, other).ofWriter(two))
      return common(schema, writer).ofWriter(one).equals(common(schema, writer).ofReader(two))
    } catch {
      return false
    }
  }
}

interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

function* records(store: Store): Generator<Entry, undefined> {
  for (const entry of store.range(FIRST_RECORD, END)) if (isCompared(entry.key)) yield entry
  return undefined
}

function isCompared(key: Buffer): boolean {
  return !NOT_COMPARED.some((prefix) => key.subarray(0, prefix.length).equals(prefix))
}
