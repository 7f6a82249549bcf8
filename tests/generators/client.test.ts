import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { stageClient } from '../../generators/client.ts'
import { apiUnderTest } from '../api/api-under-test.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const root = resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(async () => {
  folder = makeTemporaryDirectory('client')
  mkdirSync(join(folder, 'node_modules'))
  await stageClient(join(folder, 'node_modules/scoreline-client'))
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}, 60_000)

const run = (program: string, ...words: string[]) =>
  new Promise<{ code: number; said: string }>((done) => {
    execFile(program, words, { cwd: folder }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), said: out + err }),
    )
  })

function typesOf(sources: Readonly<Record<string, string>>) {
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source)
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext']
  return run(join(root, 'node_modules/.bin/tsc'), ...flags, '--lib', 'es2023,dom', ...Object.keys(sources))
}

test('the program of its page matches the types, and an unknown field does not', async () => {
  const [, program] = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'client/README.md'), 'utf8'))!
  const { said } = await typesOf({ 'right.ts': program!, 'wrong.ts': program!.replace('.probability', '.propability') })
  const errors = said.split('\n').filter((line) => line.includes('error'))
  expect(errors).toEqual([expect.stringMatching(/^wrong\.ts.*'propability' does not exist/)])
}, 60_000)

test('it reads an API, and returns its problem documents', async () => {
  const api = await apiUnderTest()
  await api.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.server.server.address() as AddressInfo
  writeFileSync(
    join(folder, 'program.js'),
    `import { createScoreline } from 'scoreline-client'
const scoreline = createScoreline({ baseUrl: 'http://127.0.0.1:${port}' })
const list = await scoreline.GET('/customers', { params: { query: { limit: 1 } } })
const none = await scoreline.GET('/customers/{id}', { params: { path: { id: 'a/b' } } })
console.log(JSON.stringify([list.data, none.error.status]))`,
  )
  try {
    expect(await run(process.execPath, 'program.js')).toEqual({ code: 0, said: '[{"items":[],"next":null},404]\n' })
  } finally {
    await api.close()
  }
})
