import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transactions } from '../../../schemas/customers/banking.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message } from '../../../schemas/topic.ts'
import { noMetrics, type StreamMetrics } from '../../../streams/metrics.ts'
import { brokers, waitFor } from '../../support/services.ts'
import { counting, transaction } from '../counting-processor.ts'
import { createStream, fastTuning, type StreamUnderTest } from '../stream-under-test.ts'

const SESSION_MS = fastTuning.sessionTimeoutMs!
/** A second is enough, as `bench restore` measures; a machine that also runs other tests needs more. */
const BUSY_MS = 5_000
const program = fileURLToPath(new URL('../engine-process.ts', import.meta.url))

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index % 7}`, 1, { id: `t${from + index}` })),
  )

/** Expects every event of a key once and in order: its counts are 1, 2, 3, … */
async function expectExactlyOnce(total: number): Promise<void> {
  const published = await waitFor(
    async () => {
      const found = await stream.readAll(scores)
      return found.length >= total ? found : undefined
    },
    { what: `${total} scores` },
  )
  expect(published).toHaveLength(total)
  for (const rows of Map.groupBy(published, ({ customerId }) => customerId).values())
    expect(rows.map(({ row }) => row[0])).toEqual(rows.map((_, index) => index + 1))
}

/** Records a process’s metrics of its copies and of what its tasks had to read. */
function observed() {
  const lags = new Map<number, number | undefined>()
  const restored: number[] = []
  const metrics: StreamMetrics = {
    ...noMetrics,
    standbyLag: (_processor, partition, records) => void lags.set(partition, records),
    taskRestored: (_processor, _partition, { records }) => void restored.push(records),
  }
  const upToDate = (count: number) =>
    waitFor(() => Promise.resolve([...lags.values()].filter((lag) => lag === 0).length === count), {
      what: `${count} copies that are up to date`,
    })
  return { lags, restored, metrics, upToDate }
}

test('a killed process’s tasks go on soon after the session time-out, and read next to nothing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'standby-'))
  const killed = spawn(process.execPath, [program, brokers().join(), stream.prefix, directory, '', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(killed.stdout, 'data')
  await stream.publish(events(700))
  await expectExactlyOnce(700)

  const { metrics, restored, upToDate } = observed()
  const survivor = await stream.start({ metrics, tuning: { standbyReplicas: 1 }, processName: 'survivor' })
  const isAtWork = () => survivor.tasks().get('counting')?.length === 1 && survivor.lag() === 0
  await waitFor(() => Promise.resolve(isAtWork()), { what: 'a task of its own, at work' })
  await upToDate(1)
  restored.length = 0
  killed.kill('SIGKILL')
  const killedAt = performance.now()
  await stream.publish(events(70, 700))
  await expectExactlyOnce(770)
  expect(performance.now() - killedAt).toBeLessThan(SESSION_MS + BUSY_MS)
  expect(survivor.tasks().get('counting')).toEqual([0, 1])
  // The process kept the store of its own task open, and had a copy of the other’s.
  expect(Math.max(...restored)).toBeLessThan(50)
}, 60_000)

test('tasks and copies move as processes come and go, and no task moves before its copy is complete', async () => {
  const [one, two] = [observed(), observed()]
  const start = (name: string, { metrics }: typeof one) =>
    stream.start({
      metrics,
      tuning: { standbyReplicas: 1 },
      directory: join(stream.directory, name),
      processName: name,
    })
  const first = await start('one', one)
  await stream.publish(events(140))
  await expectExactlyOnce(140)
  expect(one.lags.size).toBe(0)
  let second = await start('two', two)
  expect(second.tasks().get('counting')).toEqual([])
  await Promise.all([one.upToDate(1), two.upToDate(1)])
  await stream.publish(events(70, 140))
  await expectExactlyOnce(210)
  await second.stop()
  await stream.publish(events(70, 210))
  await expectExactlyOnce(280)
  expect([...one.lags.values()]).toEqual([undefined])
  second = await start('two', two)
  await Promise.all([one.upToDate(1), two.upToDate(1)])
  await first.stop()
  await stream.publish(events(70, 280))
  await expectExactlyOnce(350)
  expect(second.tasks().get('counting')).toEqual([0, 1])
  expect(two.restored.length).toBeGreaterThan(3)
  expect(Math.max(...two.restored)).toBeLessThan(50)
}, 60_000)
