import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskStore } from '../../../files/objects/disk-store.ts'
import { keepsObjects } from './store-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
const store = createDiskStore(folder)

keepsObjects(() => store)

test('only its owner may read it', () => {
  expect(statSync(store.whereIs('topics/b/1.zst')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'topics')).mode & 0o777).toBe(0o700)
})

test('what an interrupted write left is no object, and is tidied up', async () => {
  writeFileSync(join(folder, 'topics/b/3.zst.part'), 'hal')
  expect(await store.list('topics/b/')).toEqual(['topics/b/1.zst'])
  await store.tidy()
  expect(readdirSync(join(folder, 'topics/b'))).toEqual(['1.zst'])
})
