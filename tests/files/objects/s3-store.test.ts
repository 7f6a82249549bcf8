/** What a store tells when the server does not answer as it should; tests of a real one are in s3-store.check.ts. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createS3Store } from '../../../files/objects/s3-store.ts'

const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' }
beforeAll(() => void Object.assign(process.env, credentials))
afterAll(() => {
  for (const name of Object.keys(credentials)) delete process.env[name]
})

/** Answers every request with this status and body, and returns the requests that came. */
async function answering(status: number, body: string) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/xml' }).end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const store = createS3Store({ bucket: 'bank', prefix: 'a/' }, address)
  return { store, requests, address, close: () => new Promise((resolve) => server.close(resolve)) }
}

const error = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>It is so.</Message></Error>`

test.each([
  ['AccessDenied', 403],
  ['NoSuchBucket', 404],
])('%s is no missing object: the message says where, what and what to check', async (code, status) => {
  const server = await answering(status, error(code))
  const message = new RegExp(`^s3://bank/a/name can’t be reached at ${server.address}: ${code}: It is so. Check`)
  await expect(server.store.get('name')).rejects.toThrow(message)
  await expect(server.store.remove('name')).rejects.toThrow(message)
  await server.close()
})

test('a missing object is undefined, asked for by the path of its bucket', async () => {
  const server = await answering(404, error('NoSuchKey'))
  expect(await server.store.get('name')).toBeUndefined()
  expect(server.requests).toEqual(['GET /bank/a/name'])
  await server.close()
})

test('a server that fails is asked thrice', async () => {
  const server = await answering(500, error('InternalError'))
  await expect(server.store.put('name', Buffer.from('1'))).rejects.toThrow(/InternalError/)
  expect(server.requests).toEqual(Array.from({ length: 3 }, () => 'PUT /bank/a/name'))
  await server.close()
})

test('a server that is not there is named', async () => {
  const server = await answering(200, '')
  await server.close()
  await expect(server.store.get('name')).rejects.toThrow(new RegExp(`at ${server.address}: .*ECONNREFUSED`, 's'))
})
