import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { transactions } from '../../schemas/customers/banking.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal, misplacedRecords } from '../../schemas/platform/platform.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message, type Topic } from '../../schemas/topic.ts'
import { brokers, waitFor } from '../support/services.ts'
import { counting, otherCounting, transaction } from '../streams/counting-processor.ts'
import { steadyLoad, type SteadyLoad } from './steady-load.ts'
import { createStream, type StreamUnderTest } from '../streams/stream-under-test.ts'
import { verifyStream } from '../streams/verify-stream.ts'

const program = fileURLToPath(new URL('../streams/engine-process.ts', import.meta.url))
const KILLS = 4

let stream: StreamUnderTest
let child: ChildProcess | undefined
let load: SteadyLoad | undefined
beforeEach(async () => void (stream = await createStream([counting, otherCounting], { partitions: 2 })))
afterEach(async () => {
  await load?.stop()
  child?.kill('SIGKILL')
  await stream.close()
})

async function startProcess(...more: string[]): Promise<ChildProcess> {
  const started = spawn(
    'node',
    ['--disable-warning=ExperimentalWarning', program, brokers().join(','), stream.prefix, stream.directory, ...more],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await once(started.stdout!, 'data')
  return started
}

test('killed again and again in the middle of work, every event counts exactly once in state, scores and journal', async () => {
  load = steadyLoad(
    (index) => message(transactions, transaction(`c${index % 97}`, 1, { id: `t${index}` })),
    (batch) => stream.publish(batch),
  )
  const count = async () => (await stream.readAll(scores)).length
  for (let kill = 0; kill < KILLS; kill++) {
    child = await startProcess()
    const before = await count()
    // Waits for at least one transaction of this process, then for a moment that falls anywhere within the next ones.
    await waitFor(async () => (await count()) > before, {
      what: 'progress before the kill',
      timeoutMs: 60_000,
    })
    await delay(37 * kill)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const events = await load.stop()
  child = await startProcess()
  await waitFor(async () => (await count()) >= events, { what: `${events} scores`, timeoutMs: 60_000 })
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect((await gone)[0]).toBe(0)

  const published = await stream.readAll(scores)
  expect(published).toHaveLength(events)
  expect(new Set(published.map(({ id }) => id)).size).toBe(events)
  for (const [, list] of Map.groupBy(published, ({ customerId }) => customerId)) {
    expect(list.map(({ row }) => row[0])).toEqual(list.map((_, index) => index + 1))
    // The last decision is state too: a decision made twice would have counted twice.
    expect(list.map(({ visitCount }) => visitCount)).toEqual(list.map((_, index) => index + 1))
  }
  for (const [, entries] of Map.groupBy(await stream.readAll(journal), ({ partition }) => partition)) {
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1))
    const slices = entries.flatMap((entry) => entry.slices)
    expect(slices.slice(1).map(({ from }) => from)).toEqual(slices.slice(0, -1).map(({ to }) => to))
  }
}, 180_000)

test('records that stand outside their key’s partition, of all ages, are sent on and counted once by each of two processors that are killed meanwhile', async () => {
  const codec = codecOf(transactions, releasedRegistry)
  let misplaced = 0
  load = steadyLoad(
    (index) =>
      transaction(`c${index % 97}`, 1, { id: `t${index}`, occurredAt: 1_700_000_000_000 - (index % 40) * 86_400_000 }),
    (batch) =>
      Promise.all(
        batch.map((event, index) => {
          const own = partitionOfKey(event.customerId, 2)
          const partition = index % 3 === 0 ? own : 1 - own
          if (partition !== own) misplaced++
          return stream.publishRaw(transactions as Topic, event.customerId, codec.encode(event), partition)
        }),
      ),
  )
  const count = async () => (await stream.readAll(scores)).length
  for (let kill = 0; kill < 2; kill++) {
    child = await startProcess('both')
    const before = await count()
    await waitFor(async () => (await count()) > before, { what: 'progress', timeoutMs: 60_000 })
    await delay(53 * kill)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const events = await load.stop()
  child = await startProcess('both')
  await waitFor(async () => (await count()) >= 2 * events, { what: `${2 * events} scores`, timeoutMs: 60_000 })
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect((await gone)[0]).toBe(0)

  for (const { name } of [counting, otherCounting]) {
    const own = (await stream.readAll(scores)).filter(({ id }) => id.startsWith(`${name}/`))
    expect(own).toHaveLength(events)
    for (const [, list] of Map.groupBy(own, ({ customerId }) => customerId))
      expect(list.map(({ row }) => row[0])).toEqual(list.map((_, index) => index + 1))
  }
  expect(await stream.readAll(misplacedRecords)).toHaveLength(misplaced)
  for (const processor of [counting, otherCounting]) {
    const { differences } = await verifyStream(stream, processor, { processors: [counting, otherCounting] })
    expect(differences).toEqual([])
  }
}, 180_000)
