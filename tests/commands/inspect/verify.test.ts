import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Verification } from '../../../composition/verify/verify-served.ts'
import { counting } from '../../streams/counting-processor.ts'
import { createStream, type StreamUnderTest } from '../../streams/stream-under-test.ts'
import { customerFeaturesProcessor } from '../../../processors/customers/customer-features.ts'
import { brokers } from '../../support/services.ts'

const main = fileURLToPath(new URL('../../../main.ts', import.meta.url))

let stream: StreamUnderTest
beforeAll(async () => void (stream = await createStream([customerFeaturesProcessor, counting], { partitions: 2 })))
afterAll(() => stream.close())

/** Runs `scoreline verify` in a process of its own. */
async function verify(...words: string[]) {
  const child = spawn(
    process.execPath,
    [main, 'verify', '--processors', 'customer-features', '--no-database', ...words],
    {
      env: {
        ...process.env,
        KAFKA_BROKERS: brokers().join(','),
        TOPIC_PREFIX: stream.prefix,
        TOPIC_PARTITIONS: '2',
        DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'verify-')),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { output, errors, code: code as number | null }
}

test('without served records there are no differences: exit code 0, and one JSON object', async () => {
  const { output, code } = await verify('--json')
  expect(code).toBe(0)
  const { ok, processors } = JSON.parse(output) as Verification
  expect(ok).toBe(true)
  expect(processors['customer-features']!.tasks.map(({ partition }) => partition)).toEqual([0, 1])
}, 60_000)

test('a sample with the next seed has another task', async () => {
  const partitions = await Promise.all(
    ['6', '7'].map(async (seed) => {
      const { output } = await verify('--json', '--sample', '1', '--seed', seed)
      return (JSON.parse(output) as Verification).processors['customer-features']!.tasks.map(
        ({ partition }) => partition,
      )
    }),
  )
  expect(partitions).toEqual([[0], [1]])
}, 60_000)

test('an unknown partition, and a sample that is no number, are reported', async () => {
  const [outside, noNumber] = await Promise.all([verify('--partitions', '2'), verify('--sample', 'few')])
  expect(outside.code).toBe(1)
  expect(outside.errors).toContain('customer-features has no partition 2: it has 0 to 1.')
  expect(noNumber.code).toBe(1)
  expect(noNumber.errors).toContain('It must be a whole number.')
}, 60_000)
