import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { openStore } from '../../../files/objects/open-store.ts'

test.each([
  ['s3://bank', 's3://bank/a/b'],
  ['s3://bank/', 's3://bank/a/b'],
  ['s3://bank/scoreline/archive', 's3://bank/scoreline/archive/a/b'],
  ['s3://bank//scoreline//archive/', 's3://bank/scoreline/archive/a/b'],
])('%s is a place in a bucket', (place, where) => {
  expect(openStore(place).whereIs('a/b')).toBe(where)
})

test('anything else without a scheme is a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  await openStore(relative(process.cwd(), folder)).put('a/b', Buffer.from('1'))
  expect(readFileSync(join(folder, 'a/b'), 'utf8')).toBe('1')
})

test.each(['s3://', 's3:///prefix', 'gs://bank/archive', 'https://bank.example/archive', 'S3://bank'])(
  '%s is refused',
  (place) => {
    expect(() => openStore(place)).toThrow(/must be a folder or s3:\/\/BUCKET\/PREFIX/)
  },
)
