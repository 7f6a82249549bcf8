import { execFile } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { kindRange, parseRecordKey, recordKey } from '../../../streams/state/record-key.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { deleteStore } from '../../../streams/state/store-file.ts'
import { StoreDamagedError, StoreTakenOverError, StoreWriteError } from '../../../streams/state/store-errors.ts'

const metadata = { changelogId: 'x', changelogOffset: 7, writtenAt: 1 }
let directory: string
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'store-'))))
afterEach(() => deleteStore(directory))

test('a checkpoint is found again after a restart, with its metadata', async () => {
  const store = await openStore(directory, '1:0')
  store.checkpoint([[recordKey('客户', 'kind', '1'), Buffer.from('v')]], metadata)
  await store.close()
  const again = await openStore(directory, '1:1')
  expect(again.metadata()).toEqual(metadata)
  expect(again.get(recordKey('客户', 'kind', '1'))?.toString()).toBe('v')
  await again.close()
})

test('the records of one kind of one key are a range of their own', async () => {
  const store = await openStore(directory, '1:0')
  const names = [
    ['a', 'k', '1'],
    ['a', 'k', '2'],
    ['a', 'kk', '1'],
    ['aa', 'k', '1'],
  ] as const
  store.checkpoint(
    names.map(([key, kind, id]) => [recordKey(key, kind, id), Buffer.from(key + kind + id)] as const),
    metadata,
  )
  expect([...store.range(...kindRange('a', 'k'))].map(({ key }) => parseRecordKey(key))).toEqual([
    { key: 'a', kind: 'k', id: '1' },
    { key: 'a', kind: 'k', id: '2' },
  ])
  await store.close()
})

test('a previous owner can’t write once another has claimed the store', async () => {
  const former = await openStore(directory, '1:0')
  const next = await openStore(directory, '1:1')
  expect(() => former.checkpoint([[recordKey('a', 'k', ''), Buffer.from('late')]], metadata)).toThrow(
    StoreTakenOverError,
  )
  expect(next.get(recordKey('a', 'k', ''))).toBeUndefined()
  await former.close()
  await next.close()
})

test('clearing removes records and metadata, and keeps the owner', async () => {
  const store = await openStore(directory, '1:0')
  store.checkpoint([[recordKey('a', 'k', ''), Buffer.from('v')]], metadata)
  store.clear()
  expect(store.metadata()).toBeUndefined()
  expect(store.get(recordKey('a', 'k', ''))).toBeUndefined()
  store.checkpoint([], metadata)
  await store.close()
})

const key = (index: number) => recordKey(`c${index}`, 'kind', '')
const records = (value: string) =>
  Array.from({ length: 200 }, (_, index) => [key(index), Buffer.from(`${value}${index}`)] as const)
const file = () => join(directory, 'data.mdb')

/** Writes two checkpoints of the same records and closes the store. */
async function written(): Promise<void> {
  const store = await openStore(directory, '1:0')
  store.checkpoint(records('old-'), metadata)
  store.checkpoint(records('new-'), { ...metadata, changelogOffset: 8 })
  await store.close()
}

test('the sum is kept up over changes, deletions and the same key twice in a checkpoint', async () => {
  await written()
  const store = await openStore(directory, '1:1')
  store.checkpoint(
    [
      [key(0), Buffer.from('a')],
      [key(0), Buffer.from('b')],
      [key(1), null],
      [key(1), null],
      [key(999), null],
    ],
    metadata,
  )
  await store.close()
  const again = await openStore(directory, '1:2')
  expect(again.get(key(0))?.toString()).toBe('b')
  expect(again.get(key(1))).toBeUndefined()
  again.clear()
  await again.close()
  const empty = await openStore(directory, '1:3')
  expect(empty.metadata()).toBeUndefined()
  await empty.close()
})

test.each([
  ['a flipped bit in a value', (bytes: Buffer) => void (bytes[bytes.lastIndexOf('new-150')]! ^= 4)],
  [
    'a flipped bit in a key that leads to others',
    (bytes: Buffer) => {
      // Where a key occurs without its value, it is a separator in an inner page.
      for (let index = 0; index < 200; index++) {
        for (let at = bytes.indexOf(key(index)); at >= 0; at = bytes.indexOf(key(index), at + 1)) {
          const after = bytes.subarray(at + key(index).length, at + key(index).length + 4).toString()
          if (after !== 'new-' && after !== 'old-') bytes[at + 1]! ^= 0x40
        }
      }
    },
  ],
  ['a flipped bit in a key', (bytes: Buffer) => void (bytes[bytes.lastIndexOf('new-150') - 2]! ^= 1)],
  [
    'a page of an older version',
    (bytes: Buffer) => {
      const pageOf = (text: string) => bytes.lastIndexOf(text) & ~4095
      bytes.copy(bytes, pageOf('new-50'), pageOf('old-50'), pageOf('old-50') + 4096)
    },
  ],
])('%s: the copy is refused and deleted, and the next one begins empty', async (_, damage) => {
  await written()
  const bytes = readFileSync(file())
  damage(bytes)
  writeFileSync(file(), bytes)
  await expect(openStore(directory, '1:1')).rejects.toThrow(StoreDamagedError)
  const store = await openStore(directory, '1:2')
  expect(store.metadata()).toBeUndefined()
  expect([...store.range(Buffer.from([1]), Buffer.from([0xff]))]).toEqual([])
  await store.close()
})

test.each([
  ['overwritten heads', (bytes: Buffer) => bytes.fill(0xa5, 0, 8192)],
  ['zeroed heads', (bytes: Buffer) => bytes.fill(0, 0, 8192)],
  ['a second head that is none', (bytes: Buffer) => bytes.fill(0, 4096, 8192)],
  ['a beginning of a head', (bytes: Buffer) => bytes.subarray(0, 100)],
])('%s: the file is not given to LMDB', async (_, damage) => {
  await written()
  writeFileSync(file(), damage(readFileSync(file())))
  await expect(openStore(directory, '1:1')).rejects.toThrow(StoreDamagedError)
  await (await openStore(directory, '1:2')).close()
})

test('whatever bits are flipped, a copy is refused or intact, and the process that opens it continues', async () => {
  const store = await openStore(directory, '1:0')
  const sizes = [10, 40, 300, 9_000]
  for (let round = 0; round < 2; round++)
    store.checkpoint(
      Array.from(
        { length: 2_000 },
        (_, index) => [key(index), Buffer.alloc(sizes[index % 97 === 0 ? 3 : index % 3]!)] as const,
      ),
      metadata,
    )
  await store.close()
  const program = join(import.meta.dirname, 'open-damaged.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program, directory, '60'])
  const { damaged = 0, opened = 0, ...others } = JSON.parse(stdout) as Record<string, number>
  expect(others).toEqual({})
  expect(damaged).toBeGreaterThan(30)
  expect(damaged + opened).toBe(60)
}, 60_000)

test('an empty file is a new store', async () => {
  writeFileSync(file(), '')
  const store = await openStore(directory, '1:0')
  expect(store.metadata()).toBeUndefined()
  await store.close()
})

test('a torn file is refused before it is read', async () => {
  await written()
  truncateSync(file(), statSync(file()).size - 4096)
  await expect(openStore(directory, '1:1')).rejects.toThrow(/should have/)
})

test('a copy whose check did not finish is not read again', async () => {
  await written()
  writeFileSync(join(directory, 'unverified'), '')
  await expect(openStore(directory, '1:1')).rejects.toThrow(StoreDamagedError)
  await (await openStore(directory, '1:2')).close()
})

test('damage while the store is open is noticed by its readers, and when it is opened again', async () => {
  await written()
  const store = await openStore(directory, '1:1')
  const bytes = readFileSync(file())
  // Writes to the file that the store has mapped, at each place, since one of them may be on a free page.
  const handle = openSync(file(), 'r+')
  for (let at = bytes.indexOf('new-150'); at >= 0; at = bytes.indexOf('new-150', at + 1))
    writeSync(handle, Buffer.from('X'), 0, 1, at)
  closeSync(handle)
  expect(() => store.get(key(150))).toThrow(StoreDamagedError)
  expect(() => [...store.range(Buffer.from([1]), Buffer.from([0xff]))]).toThrow(StoreDamagedError)
  await store.close()
  await expect(openStore(directory, '1:2')).rejects.toThrow(StoreDamagedError)
})

test('a failed write leaves everything as it was, and the next checkpoint succeeds', async () => {
  await written()
  const store = await openStore(directory, '1:1')
  function* broken(): Iterable<readonly [Buffer, Buffer]> {
    yield [key(0), Buffer.from('lost')]
    throw Object.assign(new Error('No space left on device'), { code: 28 })
  }
  expect(() => store.checkpoint(broken(), metadata)).toThrow(StoreWriteError)
  expect(store.get(key(0))?.toString()).toBe('new-0')
  store.checkpoint([[key(0), Buffer.from('kept')]], metadata)
  await store.close()
  const again = await openStore(directory, '1:2')
  expect(again.get(key(0))?.toString()).toBe('kept')
  await again.close()
})

test('an owner that was fenced before it claims the store does not get it, and may not clear it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'store-'))
  const former = await openStore(directory, '7:3')
  const holder = await openStore(directory, '7:5')
  holder.checkpoint([[Buffer.from('a'), Buffer.from('1')]], metadata)
  await expect(openStore(directory, '7:4')).rejects.toThrow(StoreTakenOverError)
  expect(() => former.clear()).toThrow(StoreTakenOverError)
  expect(holder.get(Buffer.from('a'))?.toString()).toBe('1')
  await Promise.all([former.close(), holder.close()])
})

test('a store that is reopened has its records and its metadata in another file, and nothing else of the old one', async () => {
  const first = await openStore(directory, '1:0')
  const records = Array.from(
    { length: 500 },
    (_, index) => [recordKey(`k${index}`, 'kind', ''), Buffer.alloc(100, index)] as const,
  )
  for (let round = 0; round < 20; round++) first.checkpoint(records.slice(round * 20), metadata)
  first.checkpoint(records, metadata)
  await first.close()
  const { ino, size } = statSync(join(directory, 'data.mdb'))

  const again = await openStore(directory, '1:1')
  expect(again.metadata()).toEqual(metadata)
  expect([...again.range(Buffer.from('k'), Buffer.from('l'))]).toHaveLength(records.length)
  for (const [key, value] of records) expect(again.get(key)).toEqual(value)
  again.checkpoint([[records[7]![0], null]], metadata)
  await again.close()
  expect(statSync(join(directory, 'data.mdb')).ino).not.toBe(ino)
  expect(statSync(join(directory, 'data.mdb')).size).toBeLessThan(size)

  await expect(openStore(directory, '1:0')).rejects.toThrow(StoreTakenOverError)
  const last = await openStore(directory, '1:2')
  expect(last.get(records[7]![0])).toBeUndefined()
  await last.close()
})

test('an empty store that is reopened is an empty store; a damaged one is refused', async () => {
  const empty = await openStore(directory, '1:0')
  expect(empty.metadata()).toBeUndefined()
  empty.checkpoint([[recordKey('k', 'kind', ''), Buffer.from('value')]], metadata)
  await empty.close()
  const file = join(directory, 'data.mdb')
  const bytes = readFileSync(file)
  bytes[bytes.indexOf('value')]! ^= 1
  bytes[bytes.lastIndexOf('value')]! ^= 1
  writeFileSync(file, bytes)
  await expect(openStore(directory, '1:1')).rejects.toThrow(StoreDamagedError)
})

/** More records than are copied in one transaction. */
const many = Array.from(
  { length: 25_000 },
  (_, index) => [recordKey(`k${index}`, 'kind', ''), Buffer.alloc(60, index)] as const,
)

test('others have their turn while many records are copied', async () => {
  const first = await openStore(directory, '1:0')
  first.checkpoint(many, metadata)
  await first.close()
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  const again = await openStore(directory, '1:1')
  clearInterval(counting)
  expect(turns).toBeGreaterThan(5)
  expect([...again.range(Buffer.from('k'), Buffer.from('l'))]).toHaveLength(many.length)
  await again.close()
})

test('a damaged file is not written to, whatever its pages say: page numbers far behind the end', async () => {
  const first = await openStore(directory, '1:0')
  first.checkpoint(many, metadata)
  await first.close()
  const file = join(directory, 'data.mdb')
  const bytes = readFileSync(file)
  // The lists of free pages are in pages of their own; the newer head names them from byte 16 + 40 on.
  for (const head of [0, 4096]) bytes.fill(0x7f, head + 64, head + 72)
  writeFileSync(file, bytes)
  await openStore(directory, '1:1').then(
    (store) => store.close(),
    (error: unknown) => expect(error).toBeInstanceOf(StoreDamagedError),
  )
  const again = await openStore(directory, '1:2')
  again.checkpoint([[recordKey('k', 'kind', ''), Buffer.from('x')]], metadata)
  expect(again.get(recordKey('k', 'kind', ''))?.toString()).toBe('x')
  await again.close()
})

test('what a killed owner left of its copy is deleted', async () => {
  const own = join(directory, '3')
  await (await openStore(own, '1:0')).close()
  await (await openStore(join(directory, '3-copy-1:0'), '1:0')).close()
  await (await openStore(own, '1:1')).close()
  expect(readdirSync(directory)).toEqual(['3'])
})

test('a copy that is called off leaves the store as it was, whole and trusted', async () => {
  const first = await openStore(directory, '1:0')
  first.checkpoint(many, metadata)
  await first.close()
  const calling = new AbortController()
  const opening = openStore(directory, '1:1', calling.signal)
  calling.abort()
  await expect(opening).rejects.toThrow('aborted')
  const again = await openStore(directory, '1:2')
  expect(again.metadata()).toEqual(metadata)
  await again.close()
})

test('an owner that is overtaken while it copies does not replace the newer owner’s store', async () => {
  const first = await openStore(directory, '1:0')
  first.checkpoint(many, metadata)
  await first.close()
  const overtaken = openStore(directory, '1:1')
  overtaken.catch(() => {})
  rmSync(join(directory, 'unverified'))
  const newer = await openStore(directory, '1:2')
  newer.checkpoint([[recordKey('newer', 'kind', ''), Buffer.from('x')]], metadata)
  await expect(overtaken).rejects.toThrow(StoreTakenOverError)
  expect(newer.get(recordKey('newer', 'kind', ''))?.toString()).toBe('x')
  await newer.close()
  const last = await openStore(directory, '1:3')
  expect(last.get(recordKey('newer', 'kind', ''))?.toString()).toBe('x')
  await last.close()
})
