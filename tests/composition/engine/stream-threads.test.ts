import { lineOf } from '../../../composition/log-line.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CommandContext } from '../../../composition/context.ts'
import { startStreamThreads, type StreamThreads } from '../../../composition/engine/stream-threads.ts'
import { readConfig } from '../../../config.ts'
import { customerFeatures as features } from '../../../features/customers/customer.ts'
import { customerFeaturesProcessor } from '../../../processors/customers/customer-features.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { message } from '../../../schemas/topic.ts'
import { noMetrics, type StreamMetrics } from '../../../streams/metrics.ts'
import { transaction } from '../../streams/counting-processor.ts'
import { createStream, type StreamUnderTest } from '../../streams/stream-under-test.ts'
import { brokers, waitFor } from '../../support/services.ts'

const PARTITIONS = 4
const main = fileURLToPath(new URL('../../../main.ts', import.meta.url))
const crashInThread = new URL('../../commands/crash-in-thread.ts', import.meta.url).href

let stream: StreamUnderTest
let children: Started[] = []
beforeEach(async () => {
  stream = await createStream([customerFeaturesProcessor], { partitions: PARTITIONS })
  children = []
})
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()))
  await stream.close()
})

const environment = () => ({
  KAFKA_BROKERS: brokers().join(','),
  TOPIC_PREFIX: stream.prefix,
  TOPIC_PARTITIONS: String(PARTITIONS),
  DATA_DIRECTORY: stream.directory,
  STREAM_THREADS: '2',
  LOG_FORMAT: 'text',
  SESSION_TIMEOUT_MS: '6000',
  COMMIT_INTERVAL_MS: '10',
  CHECKPOINT_INTERVAL_MS: '200',
})

interface Started {
  log(): string
  readonly exited: Promise<number | null>
  signal(signal: NodeJS.Signals): void
  kill(): Promise<void>
}

/** Runs `scoreline processors` in a process of its own. */
function startProcess(more: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [main, 'processors', '--only', 'customer-features'], {
    env: { ...process.env, ...environment(), ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (data: Buffer) => void (log += data.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const started: Started = {
    log: () => log,
    exited,
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
  children.push(started)
  return started
}

const contextOf = (failures: Error[]): CommandContext => ({
  config: readConfig(environment()),
  log: (level, message, fields) => void (level === 'error' && console.error(lineOf(message, fields))),
  print: () => {},
  stopped: new AbortController().signal,
  fail: (error) => void failures.push(error),
})

const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    message(
      transactions,
      transaction(`c${(from + index) % 23}`, 1, {
        id: `t${from + index}`,
        occurredAt: 1_700_000_000_000 + from + index,
      }),
    ),
  )

const countAt = features.names.indexOf('transactions.count')
const published = async () =>
  (await stream.readAll(customerFeatures)).map(({ customerId, values }) => ({ customerId, count: values[countAt]! }))

/** Expects every event of a customer once and in order: the counts are 1, 2, 3, … */
async function expectExactlyOnce(total: number): Promise<void> {
  const all = await published()
  expect(all).toHaveLength(total)
  for (const list of Map.groupBy(all, ({ customerId }) => customerId).values())
    expect(list.map(({ count }) => count)).toEqual(list.map((_, index) => index + 1))
}

const untilPublished = (count: number) =>
  waitFor(async () => (await stream.readAll(customerFeatures)).length >= count, {
    what: `${count} rows of features`,
    timeoutMs: 120_000,
    intervalMs: 100,
  })

const untilShared = (threads: StreamThreads) =>
  waitFor(() => threads.taskCounts().every((count) => count === PARTITIONS / 2), {
    what: 'two tasks in each of two threads',
  })

test('two threads share the partitions, fold every event once, and report their metrics and lag as one', async () => {
  const told = { events: 0, tasks: 0 }
  const metrics: StreamMetrics = {
    ...noMetrics,
    transactionCommitted: (_processor, result) => void (told.events += result.events),
    running: (_processor, tasks) => void (told.tasks = tasks),
  }
  const failures: Error[] = []
  const threads = await startStreamThreads(contextOf(failures), metrics, [customerFeaturesProcessor])
  await untilShared(threads)
  expect(threads.trouble()).toBeUndefined()
  await stream.publish(events(400))
  await untilPublished(400)
  await expectExactlyOnce(400)
  await waitFor(() => told.events === 400 && told.tasks === PARTITIONS && threads.lag!() === 0, {
    what: 'the metrics of both threads',
  })
  await threads.stop()
  expect(failures).toEqual([])
  expect(threads.taskCounts()).toEqual([0, 0])
}, 200_000)

test('after kill -9 in the middle of its work every event counts once', async () => {
  await stream.publish(events(3_000))
  const first = startProcess()
  await untilPublished(1)
  await first.kill()
  await stream.publish(events(200, 3_000))
  startProcess()
  await untilPublished(3_200)
  await expectExactlyOnce(3_200)
}, 400_000)

test('on SIGTERM, it finishes open work and exits without an error; the next process continues at once', async () => {
  await stream.publish(events(200))
  const first = startProcess()
  await untilPublished(200)
  first.signal('SIGTERM')
  expect(await first.exited).toBe(0)
  expect(first.log()).not.toMatch(/ (warn|error) /)
  await stream.publish(events(100, 200))
  startProcess()
  await untilPublished(300)
  await expectExactlyOnce(300)
}, 400_000)

test('a crash in one thread ends the process with an error that names the thread, and the others end in order', async () => {
  const crashFile = join(stream.directory, 'crash')
  await stream.publish(events(200))
  const process = startProcess({ NODE_OPTIONS: `--import ${crashInThread}`, CRASH_THREAD: '2', CRASH_FILE: crashFile })
  await untilPublished(200)
  writeFileSync(crashFile, '')
  expect(await process.exited).toBe(1)
  expect(process.log()).toMatch(/error Stream thread 2 died: TypeError: a bug in a thread/)
  expect(process.log()).not.toMatch(/exiting anyway/)
  await stream.publish(events(100, 200))
  startProcess()
  await untilPublished(300)
  await expectExactlyOnce(300)
}, 400_000)

test('a thread that can’t start is an error of the start', async () => {
  const unknown = { ...customerFeaturesProcessor, name: 'nobody' }
  await expect(startStreamThreads(contextOf([]), noMetrics, [unknown])).rejects.toThrow(
    /^Stream thread \d failed: There is no processor nobody/,
  )
})
