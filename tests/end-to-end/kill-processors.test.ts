import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { transactions } from '../../schemas/banking.ts'
import { journal } from '../../schemas/platform.ts'
import { scores } from '../../schemas/scoring.ts'
import { message } from '../../schemas/topic.ts'
import { brokers, waitFor } from '../support/services.ts'
import { counting, transaction } from '../streams/counting-processor.ts'
import { steadyLoad, type SteadyLoad } from './steady-load.ts'
import { createStream, type StreamUnderTest } from '../streams/stream-under-test.ts'

const program = fileURLToPath(new URL('../streams/engine-process.ts', import.meta.url))
const KILLS = 5

let stream: StreamUnderTest
let child: ChildProcess | undefined
let load: SteadyLoad | undefined
beforeEach(async () => void (stream = await createStream([counting], { partitions: 2 })))
afterEach(async () => {
  await load?.stop()
  child?.kill('SIGKILL')
  await stream.close()
})

async function startProcess(): Promise<ChildProcess> {
  const started = spawn(
    'node',
    ['--disable-warning=ExperimentalWarning', program, brokers().join(','), stream.prefix, stream.directory],
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
  for (let kill = 0; kill < KILLS; kill++) {
    child = await startProcess()
    const before = (await stream.readAll(scores)).length
    // At least one transaction of this process, then a moment that falls anywhere within the next ones.
    await waitFor(async () => (await stream.readAll(scores)).length > before, {
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
  await waitFor(async () => (await stream.readAll(scores)).length >= events, { what: `${events} scores`, timeoutMs: 60_000 })
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect((await gone)[0]).toBe(0)

  const published = await stream.readAll(scores)
  expect(published).toHaveLength(events)
  expect(new Set(published.map(({ id }) => id)).size).toBe(events)
  for (const [, list] of Map.groupBy(published, ({ customerId }) => customerId)) {
    expect(list.map(({ row }) => row[0])).toEqual(list.map((_, index) => index + 1))
    // What was decided last is state too: a decision that was made twice would have counted twice.
    expect(list.map(({ visitCount }) => visitCount)).toEqual(list.map((_, index) => index + 1))
  }
  for (const [, entries] of Map.groupBy(await stream.readAll(journal), ({ partition }) => partition)) {
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1))
    const slices = entries.flatMap((entry) => entry.slices)
    expect(slices.slice(1).map(({ from }) => from)).toEqual(slices.slice(0, -1).map(({ to }) => to))
  }
}, 180_000)
