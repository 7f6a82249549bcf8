import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kindRange, parseRecordKey, recordKey } from '../../streams/record-key.ts'
import { deleteStore, openStore, StoreTakenOverError } from '../../streams/store.ts'

const mark = { changelogId: 'x', changelogOffset: 7, writtenAt: 1 }
let directory: string
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'store-'))))
afterEach(() => deleteStore(directory))

test('a checkpoint is found again after a restart, with its mark', async () => {
  const store = openStore(directory, '1:0')
  store.checkpoint([[recordKey('客户', 'kind', '1'), Buffer.from('v')]], mark)
  await store.close()
  const again = openStore(directory, '1:1')
  expect(again.mark()).toEqual(mark)
  expect(again.get(recordKey('客户', 'kind', '1'))?.toString()).toBe('v')
  await again.close()
})

test('the records of one kind of one key are a range of their own', async () => {
  const store = openStore(directory, '1:0')
  const names = [
    ['a', 'k', '1'],
    ['a', 'k', '2'],
    ['a', 'kk', '1'],
    ['aa', 'k', '1'],
  ] as const
  store.checkpoint(
    names.map(([key, kind, id]) => [recordKey(key, kind, id), Buffer.from(key + kind + id)] as const),
    mark,
  )
  expect([...store.range(...kindRange('a', 'k'))].map(({ key }) => parseRecordKey(key))).toEqual([
    { key: 'a', kind: 'k', id: '1' },
    { key: 'a', kind: 'k', id: '2' },
  ])
  await store.close()
})

test('a former owner can write no more once another has claimed the store', async () => {
  const former = openStore(directory, '1:0')
  const next = openStore(directory, '1:1')
  expect(() => former.checkpoint([[recordKey('a', 'k', ''), Buffer.from('late')]], mark)).toThrow(StoreTakenOverError)
  expect(next.get(recordKey('a', 'k', ''))).toBeUndefined()
  await former.close()
  await next.close()
})

test('clearing removes records and mark, and keeps the owner', async () => {
  const store = openStore(directory, '1:0')
  store.checkpoint([[recordKey('a', 'k', ''), Buffer.from('v')]], mark)
  store.clear()
  expect(store.mark()).toBeUndefined()
  expect(store.get(recordKey('a', 'k', ''))).toBeUndefined()
  store.checkpoint([], mark)
  await store.close()
})
