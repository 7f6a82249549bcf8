import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordKey } from '../../../streams/state/record-key.ts'
import { restore, type RestoreOptions } from '../../../streams/checkpoint/restore.ts'
import type { CheckpointMetadata, Store } from '../../../streams/state/store.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { deleteStore } from '../../../streams/state/store-file.ts'
import type { TransactionalProducer } from '../../../kafka/client.ts'
import { waitFor } from '../../support/services.ts'
import { counting } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'

const NOW = Date.UTC(2026, 0, 10)
const AGE_MS_MAX = 43_200_000
const ID = 'incarnation-1'

let stream: StreamUnderTest
let producer: TransactionalProducer
let store: Store
let directory: string
let changelog: string
beforeEach(async () => {
  stream = await createStream([counting])
  changelog = stream.naming.changelog(counting)
  producer = stream.client.transactionalProducer(`${stream.prefix}writer`)
  await producer.init()
  directory = mkdtempSync(join(tmpdir(), 'restore-'))
  store = await openStore(directory, '1:0')
})
afterEach(async () => {
  await store.close()
  deleteStore(directory)
  await producer.close()
  await stream.close()
})

/** Writes one transaction of changes to the changelog; `null` deletes. */
async function write(
  changes: Readonly<Record<string, string | null>>,
  end: 'commit' | 'abort' = 'commit',
): Promise<void> {
  producer.begin()
  for (const [id, value] of Object.entries(changes))
    producer.append(changelog, 1, NOW, recordKey('c', 'kind', id), value === null ? null : Buffer.from(value))
  await producer.flush()
  await producer[end]()
}

const restored = (changes: Partial<RestoreOptions> = {}) =>
  restore({
    client: stream.client,
    changelog: { topic: changelog, partition: 1 },
    changelogId: ID,
    store,
    checkpointAgeMsMax: AGE_MS_MAX,
    now: () => NOW,
    cancelled: () => false,
    ...changes,
  })

const held = () =>
  Object.fromEntries(
    ['a', 'b', 'c', 'old'].flatMap((id) => {
      const value = store.get(recordKey('c', 'kind', id))
      return value === undefined ? [] : [[id, value.toString()]]
    }),
  )

/** Writes a checkpoint of an earlier run: it contains a record that is no longer in any changelog. */
function checkpoint(metadata: Partial<CheckpointMetadata>): void {
  const whole = { changelogId: ID, changelogOffset: 0, writtenAt: NOW - 1_000, ...metadata }
  store.checkpoint([[recordKey('c', 'kind', 'old'), Buffer.from('kept')]], whole)
}

/** The end includes the marker of the last transaction, which the broker may write a moment after its answer. */
const endOffset = () =>
  waitFor(
    async () => {
      const [stable, end] = await Promise.all(
        (['latest_stable', 'latest'] as const).map((which) =>
          stream.client.listOffset({ topic: changelog, partition: 1 }, which),
        ),
      )
      return stable === end ? end : undefined
    },
    { what: 'the end of the last transaction' },
  )

test('a new store gets the newest value of each record, without deleted or aborted ones', async () => {
  await write({ a: '1', b: '1', c: '1' })
  await write({ a: 'aborted', b: null }, 'abort')
  await write({ a: '2', c: null })
  const end = await endOffset()
  expect(await restored()).toBe(5)
  expect(held()).toEqual({ a: '2', b: '1' })
  expect(store.metadata()).toEqual({ changelogId: ID, changelogOffset: end, writtenAt: NOW })
})

test('from a checkpoint only the tail is read', async () => {
  await write({ a: '1', b: '1' })
  checkpoint({ changelogOffset: await endOffset() })
  await write({ b: '2' })
  expect(await restored()).toBe(1)
  expect(held()).toEqual({ b: '2', old: 'kept' })
})

test('at the end already, nothing is read and the checkpoint is unchanged', async () => {
  await write({ a: '1' })
  checkpoint({ changelogOffset: await endOffset() })
  expect(await restored()).toBe(0)
  expect(held()).toEqual({ old: 'kept' })
  expect(store.metadata()?.writtenAt).toBe(NOW - 1_000)
})

test.each([
  ['of another incarnation of the changelog', { changelogId: 'incarnation-0' }],
  ['older than the changelog keeps deletions', { writtenAt: NOW - AGE_MS_MAX }],
  ['from beyond the end of the changelog', { changelogOffset: 1_000 }],
])('a checkpoint %s is unusable: all of it is deleted', async (_why, metadata) => {
  await write({ a: '1' })
  checkpoint({ changelogOffset: 1, ...metadata })
  expect(await restored()).toBe(1)
  expect(held()).toEqual({ a: '1' })
  expect(store.metadata()).toMatchObject({ changelogId: ID, writtenAt: NOW })
})

test('an empty changelog empties a store that it does not know, and is marked as read', async () => {
  checkpoint({ changelogId: 'incarnation-0' })
  expect(await restored()).toBe(0)
  expect(held()).toEqual({})
  expect(store.metadata()).toEqual({ changelogId: ID, changelogOffset: 0, writtenAt: NOW })
})

test('a cancelled restore leaves the metadata unchanged, and the next one catches up', async () => {
  await write({ a: '1', b: '1' })
  await restored({ cancelled: () => true })
  expect(store.metadata()).toBeUndefined()
  expect(await restored()).toBe(2)
  expect(held()).toEqual({ a: '1', b: '1' })
})
