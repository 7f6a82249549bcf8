/** The API against its description, by another program than ours: `npm run check:python`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pythonPackages } from '../../../deploy/python.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

const here = (name: string) => join(import.meta.dirname, name)

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

test('schemathesis finds no answer that the description does not allow', async () => {
  const programs = await pythonPackages('schemathesis', here('requirements.txt'), () => {})
  const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
  // The live stream never ends.
  const words = ['run', `${address}/openapi.json`, '--no-color', '--exclude-path', '/live']
  const child = spawn(
    join(programs, 'schemathesis'),
    ['--config-file', here('schemathesis.toml'), ...words, ...(process.env['SCHEMATHESIS_OPTIONS']?.split(' ') ?? [])],
    { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>])
  if (code !== 0) throw new Error(report)
  expect(report).toMatch(/\d+ generated/)
  expect(api.errors).toEqual([])
}, 900_000)
