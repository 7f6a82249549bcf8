/** Objects in an S3 server of another maker, which checks signatures: `npm run check:python`. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createS3Store } from '../../../files/objects/s3-store.ts'
import { startS3Server } from './s3-server.ts'
import { keepsObjects } from './store-contract.ts'

let server: Awaited<ReturnType<typeof startS3Server>>
beforeAll(async () => void (server = await startS3Server('bank')), 120_000)
afterAll(() => server.stop())

const store = (prefix = 'archive/', bucket = 'bank') => createS3Store({ bucket, prefix }, server.address)

describe('a store in a bucket', () => {
  keepsObjects(store)
})

test('objects are below the prefix, and another prefix does not show them', async () => {
  await store('one/').put('same', Buffer.from('1'))
  await store('other/').put('same', Buffer.from('2'))
  expect(readdirSync(join(server.files, 'one'))).toEqual(['same'])
  expect(await store('one/').list('')).toEqual(['same'])
  expect(String(await store('one/').get('same'))).toBe('1')
})

test('a wrong secret is refused, and the message says where and what to check', async () => {
  const secret = process.env['AWS_SECRET_ACCESS_KEY']
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong'
  try {
    const refused = store().put('name', Buffer.from('1'))
    await expect(refused).rejects.toThrow(/^s3:\/\/bank\/archive\/name can’t be reached at http:.*: Signature.*Check/s)
    await expect(refused).rejects.not.toThrow('wrong')
  } finally {
    process.env['AWS_SECRET_ACCESS_KEY'] = secret
  }
})

test('a missing bucket is an error, and not an empty archive', async () => {
  await expect(store('', 'nobody').list('')).rejects.toThrow(/s3:\/\/nobody\/ can’t be reached .*NoSuchBucket/)
  await expect(store('', 'nobody').get('name')).rejects.toThrow(/NoSuchBucket/)
})
