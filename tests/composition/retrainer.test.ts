import { startRetrainer } from '../../composition/retrainer.ts'
import { readConfig } from '../../config.ts'
import { beginTraining, listTrainings, requestTraining } from '../../store/models/trainings.ts'
import { storeUnderTest } from '../store/store-under-test.ts'
import { waitFor } from '../support/services.ts'

const store = storeUnderTest()

const started = (lines: string[]) =>
  startRetrainer({
    config: readConfig({ DATABASE_URL: store.url, RETRAIN_INTERVAL_MS: '100', INTENT_STEP_INTERVAL_MS: '100' }),
    log: (_level, message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
    print() {},
    stopped: new AbortController().signal,
    fail(error) {
      throw error
    },
  })

const ended = async () =>
  (await listTrainings(store.database, {}, { limit: 9 })).filter(({ state }) => state === 'ended')

test('what people ask for is trained in their order, also intents, and what was interrupted is recorded', async () => {
  const { database } = store
  const seen = { labels: 0, knownTo: null }
  await beginTraining(database, 'loan-demand', { trigger: { kind: 'labels', why: 'x', by: null } }, seen)
  for (const task of ['conversion', 'intent']) await requestTraining(database, { task, by: 'Ann', reason: 'try' })
  const unknown = await requestTraining(database, { task: 'weather', by: 'Ann', reason: 'try' })
  const lines: string[] = []
  const retrainer = await started(lines)
  const failed = async () => (await listTrainings(database, { task: 'weather' }, { limit: 1 }))[0]!.state === 'failed'
  await waitFor(failed, { what: 'the trainings' })
  expect((await ended()).map(({ task, result }) => [task, result])).toEqual([
    ['intent', 'There are 0 labelled turns, and 200 are needed.'],
    ['conversion', 'There are 0 labelled rows, and 100 are needed.'],
  ])
  const all = await listTrainings(database, {}, { limit: 9 })
  expect(all.find(({ id }) => id === unknown.id)!.result).toContain('There is no task weather to train.')
  expect(all.find(({ task }) => task === 'loan-demand')).toMatchObject({ state: 'failed' })
  expect(lines.some((line) => line.startsWith('A training was interrupted'))).toBe(true)
  await retrainer.stop()
})
