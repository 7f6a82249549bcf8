import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { startRetrainerThread } from '../../../composition/training/start-retrainer-thread.ts'
import { readConfig } from '../../../config.ts'
import { listTrainings, requestTraining } from '../../../store/models/trainings.ts'
import { storeUnderTest } from '../../store/store-under-test.ts'
import { waitFor } from '../../support/services.ts'

const store = storeUnderTest()

/** Niceness of each thread of this process, by the name of the thread. */
function niceness(): ReadonlyMap<string, number> {
  const threads = readdirSync('/proc/self/task').flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/self/task/${id}/stat`, 'latin1')
      // The name is in parentheses; the niceness is the 19th field of proc(5), the 17th after it.
      const [name, fields] = [stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), stat.split(') ').at(-1)!]
      return [[name, Number(fields.split(' ')[16])] as const]
    } catch {
      return [] // It ended meanwhile.
    }
  })
  return new Map(threads)
}

test('trains in a thread that leaves the CPU to every other, and ends with it', async () => {
  await requestTraining(store.database, { task: 'conversion', by: 'Ann', reason: 'try' })
  const lines: string[] = []
  const retrainer = await startRetrainerThread({
    config: readConfig({ DATABASE_URL: store.url, RETRAIN_INTERVAL_MS: '100', INTENT_STEP_INTERVAL_MS: '100' }),
    log: (_level, message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
    print() {},
    stopped: new AbortController().signal,
    fail(error) {
      throw error
    },
  })
  const state = async () => (await listTrainings(store.database, { task: 'conversion' }, { limit: 1 }))[0]!.state
  try {
    await waitFor(async () => (await state()) === 'ended', { what: 'the training' })
    expect(retrainer.trouble()).toBeUndefined()
    expect(lines.some((line) => line.startsWith('A training begins {"task":"conversion"'))).toBe(true)
    if (process.platform === 'linux') {
      expect(niceness().get('retrainer')).toBe(19)
      expect(getPriority()).toBe(0)
    }
  } finally {
    await retrainer.stop()
  }
  expect(niceness().has('retrainer')).toBe(false)
}, 60_000)
