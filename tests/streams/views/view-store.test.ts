import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openViewStore, type ViewPiece, type ViewStore } from '../../../streams/views/view-store.ts'

const HEAD = { topicId: 'first', partitions: 2, isWhole: false }

let directory: string
let faults: string[]
let stores: ViewStore[]
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'view-')), 'a.topic')
  faults = []
  stores = []
})
afterEach(() => Promise.all(stores.map((store) => store.close())))

async function open(): Promise<ViewStore> {
  const store = await openViewStore(directory, (fault) => void faults.push(fault))
  stores.push(store)
  return store
}

function piece(from: number, to: number, rows: Readonly<Record<string, string | null>>, partition = 0): ViewPiece {
  const entries = Object.entries(rows).map(([key, value]) => {
    const change = { key: Buffer.from(key), value: value === null ? null : Buffer.from(value) }
    return [key, change] as const
  })
  return { partition, from, to, changes: new Map(entries) }
}

const valueIn = (store: ViewStore, key: string) => store.get(Buffer.from(key))?.toString()

test('rows and their position survive a restart, and tombstones delete theirs', async () => {
  const store = await open()
  expect(store.head()).toBeUndefined()
  await store.begin(HEAD, [3, 0], 1_000, false)
  expect(await store.write('first', [piece(3, 7, { a: '1', b: '2' }), piece(0, 2, { c: '3' }, 1)], 2_000)).toBe(true)
  expect(await store.write('first', [piece(7, 8, { b: null })], 3_000)).toBe(true)
  await store.markComplete('first')
  await store.close()
  stores = []

  const again = await open()
  expect(['a', 'b', 'c', 'd'].map((key) => valueIn(again, key))).toEqual(['1', undefined, '3', undefined])
  expect(again.position(0)).toEqual({ offset: 8, writtenAt: 3_000 })
  expect(again.position(1)).toEqual({ offset: 2, writtenAt: 2_000 })
  expect(again.head()).toEqual({ ...HEAD, isWhole: true })
})

test('a second writer of the same or older records changes nothing; one that was behind completes it', async () => {
  const store = await open()
  await store.begin(HEAD, [0, 0], 1, false)
  expect(await store.write('first', [piece(0, 5, { a: 'new' })], 2)).toBe(true)
  expect(await store.write('first', [piece(0, 5, { a: 'the same, by another' })], 2)).toBe(true)
  expect(await store.write('first', [piece(0, 3, { a: 'older' })], 2)).toBe(true)
  expect(valueIn(store, 'a')).toBe('new')
  expect(await store.write('first', [piece(3, 9, { a: 'newest' })], 3)).toBe(true)
  expect([valueIn(store, 'a'), store.position(0)!.offset]).toEqual(['newest', 9])
})

test('a view that was restarted refuses earlier reads, and has no earlier rows', async () => {
  const store = await open()
  await store.begin(HEAD, [0, 0], 1, false)
  await store.write('first', [piece(0, 5, { a: '1' })], 2)
  // Another process begins at the same moment; once is enough.
  await store.begin(HEAD, [0, 0], 1, false)
  expect(valueIn(store, 'a')).toBe('1')

  await store.begin({ ...HEAD, topicId: 'second' }, [0, 0], 3, false)
  expect(valueIn(store, 'a')).toBeUndefined()
  expect(await store.write('first', [piece(5, 6, { a: '2' })], 4)).toBe(false)
  // Records in between are missing.
  expect(await store.write('second', [piece(5, 6, { a: '2' })], 4)).toBe(false)
  await store.markComplete('first')
  expect([valueIn(store, 'a'), store.head()!.isWhole]).toEqual([undefined, false])
})

test('a file that is not a store is replaced, and that is reported', async () => {
  const store = await open()
  await store.close()
  stores = []
  writeFileSync(join(directory, 'data.mdb'), Buffer.alloc(100_000, 'no store'))
  expect((await open()).head()).toBeUndefined()
  expect(faults).toEqual(['its first head page is none'])
})
