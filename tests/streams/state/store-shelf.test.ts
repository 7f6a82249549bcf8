import { existsSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../streams/state/open-store.ts'
import { createStoreShelf, type StoreShelf } from '../../../streams/state/store-shelf.ts'
import { deleteStore } from '../../../streams/state/store-file.ts'
import { StoreTakenOverError } from '../../../streams/state/store-errors.ts'
import type { Store } from '../../../streams/state/store.ts'

const metadata = { changelogId: 'c', changelogOffset: 7, writtenAt: 1 }
const key = Buffer.from('key')
const never = new AbortController().signal

let directory: string
let shelf: StoreShelf
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shelf-'))
  shelf = createStoreShelf(directory)
})
afterEach(async () => {
  await shelf.close()
  deleteStore(directory)
})

const write = (store: Store, value: string) => store.checkpoint([[key, Buffer.from(value)]], metadata)
const read = (store: Store) => store.get(key)?.toString()
const fileOf = (folder: string) => statSync(join(directory, folder, 'data.mdb')).ino

test('the next task gets the open store as it is, and its previous owner can’t write once it is moved', async () => {
  const former = await shelf.forTask(3, '1:0', never)
  write(former, 'of the task')
  const file = fileOf('3')
  await shelf.put(3, former)
  const copy = await shelf.forStandby(3, 'standby', never)
  expect(read(copy)).toBe('of the task')
  expect(copy.metadata()).toEqual(metadata)
  expect(existsSync(join(directory, '3'))).toBe(false)
  expect(() => write(former, 'late')).toThrow(StoreTakenOverError)
  write(copy, 'of the copy')
  await shelf.put(3, copy)
  const next = await shelf.forTask(3, '1:1', never)
  expect(read(next)).toBe('of the copy')
  expect(fileOf('3')).toBe(file)
  write(next, 'of the next task')
  await next.close()
  const again = await openStore(join(directory, '3'), '1:2')
  expect(read(again)).toBe('of the next task')
  await again.close()
})

test('if another process has claimed the folder meanwhile, its store is read', async () => {
  const former = await shelf.forTask(3, '1:0', never)
  write(former, 'old')
  await shelf.put(3, former)
  const other = await openStore(join(directory, '3'), '1:1')
  write(other, 'new')
  await other.close()
  const next = await shelf.forTask(3, '1:2', never)
  expect(read(next)).toBe('new')
  await next.close()
})

test('a task uses the copy that its process kept before it was killed', async () => {
  const copy = await shelf.forStandby(3, 'standby', never)
  write(copy, 'copied')
  await copy.close()
  const task = await createStoreShelf(directory).forTask(3, '1:0', never)
  expect(read(task)).toBe('copied')
  expect(existsSync(join(directory, '3-standby'))).toBe(false)
  await task.close()
})

test('a copy does not touch the folder of a task, which may be in use by another process', async () => {
  const task = await openStore(join(directory, '3'), '1:0')
  write(task, 'of the task')
  const copy = await shelf.forStandby(3, 'standby', never)
  expect(read(copy)).toBeUndefined()
  write(task, 'still')
  await Promise.all([task.close(), copy.close()])
})

test('stores that are no longer needed are closed, and at the end all of them', async () => {
  const [one, two] = [await shelf.forTask(1, '1:0', never), await shelf.forTask(2, '2:0', never)]
  await shelf.put(1, one)
  await shelf.put(2, two)
  await shelf.keepOnly([2])
  expect(() => read(one)).toThrow()
  expect(read(two)).toBeUndefined()
  await shelf.close()
  expect(() => read(two)).toThrow()
  const late = await createStoreShelf(directory).forTask(1, '1:1', never)
  await shelf.put(1, late)
  expect(() => read(late)).toThrow()
})
