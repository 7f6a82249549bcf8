import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskStore } from '../../../composition/archive/disk-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
const store = createDiskStore(folder)

test('an object comes back, is listed by its folder, and is gone when it is removed', async () => {
  expect(await store.list('topics/')).toEqual([])
  await store.put('topics/b/1.zst', Buffer.from('one'))
  await store.put('topics/a/2.zst', Buffer.from('two'))
  await store.put('erasures.json', Buffer.from('three'))
  await store.put('topics/a/2.zst', Buffer.from('again'))
  expect(await store.list('topics/')).toEqual(['topics/a/2.zst', 'topics/b/1.zst'])
  expect(await store.list('topics/a/')).toEqual(['topics/a/2.zst'])
  expect(String(await store.get('topics/a/2.zst'))).toBe('again')
  await store.remove('topics/a/2.zst')
  await store.remove('topics/a/2.zst')
  expect(await store.get('topics/a/2.zst')).toBeUndefined()
})

test('only its owner may read it', () => {
  expect(statSync(store.whereIs('topics/b/1.zst')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'topics')).mode & 0o777).toBe(0o700)
})

test('what an interrupted write left is no object, and is tidied up', async () => {
  writeFileSync(join(folder, 'topics/b/3.zst.part'), 'hal')
  expect(await store.list('topics/')).toEqual(['topics/b/1.zst'])
  await store.tidy()
  expect(readdirSync(join(folder, 'topics/b'))).toEqual(['1.zst'])
})
