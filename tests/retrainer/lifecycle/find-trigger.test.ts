import { random } from '../../../models/random.ts'
import { findTrigger } from '../../../retrainer/lifecycle/find-trigger.ts'
import { runTraining } from '../../../retrainer/lifecycle/run-training.ts'
import { openScoringRuntimes } from '../../../runtimes/scoring-runtimes.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'
import { lastTraining, listTrainings, requestTraining } from '../../../store/models/trainings.ts'
import { listModels } from '../../../store/models/models.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { putLabelled } from '../../store/models/put-labelled.ts'
import { outcomeOf, scoreOf, START, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('call-conversion')
const runtimes = openScoringRuntimes({})
afterAll(() => runtimes.close())

/** Stores customers from `from` to `to`, one a minute; their first number says how likely they buy, times `strength`. */
async function fill(from: number, to: number, strength: number): Promise<void> {
  const next = random(from + 1)
  const customers = Array.from({ length: to - from }, (_, index) => {
    const signal = 2 * next() - 1
    return { number: from + index, signal, buys: next() < 1 / (1 + Math.exp(-strength * signal)) ? 1 : 0 }
  })
  const of = (number: number) => ({ task: task.task, customerId: `c${number}`, subjectId: `c${number}` })
  await putLabelled(store.database, {
    scores: customers.map(({ number, signal }) =>
      scoreOf(number, {
        ...{ ...of(number), featureSet: task.features.id, text: null, lineTimes: null },
        row: task.features.names.map((_, place) => (place === 0 ? signal : 0)),
      }),
    ),
    outcomes: customers.map(({ number, buys }) =>
      outcomeOf(`o${number}`, { ...of(number), value: buys, occurredAt: START + (number + 1) * MINUTE_MS }),
    ),
  })
}

const tested = new Map<string, number>()
beforeEach(() => tested.clear())
const trigger = (changes = {}) =>
  findTrigger(task, {
    ...{ database: store.database, labelsMin: 200, scheduleHours: 24, onDrift: true, rowsMax: 1_000 },
    ...{ runtimes, tested, ...changes },
  })
const train = (start: Parameters<typeof runTraining>[1]) =>
  runTraining(task, start, { database: store.database, codeVersion: 'test' })

test('new labels start a training, which is on record with the model; then it takes as many again', async () => {
  await fill(0, 199, 4)
  expect(await trigger()).toBeUndefined()
  await fill(199, 400, 4)
  const due = await trigger()
  expect(due).toEqual({ kind: 'labels', why: '400 new labels.', by: null })
  const result = await train({ trigger: due! })
  expect(result).toMatchObject({ kind: 'trained', promote: true })
  expect(await lastTraining(store.database, task.task)).toMatchObject({
    ...{ trigger: 'labels', state: 'ended', labels: 400, promoted: true },
    result: expect.stringMatching(/^Released: logistic, log loss/) as string,
  })
  const [model] = await listModels(store.database, task.task)
  expect(model!.data).toMatchObject({ trigger: due, horizonMs: 120 * 86_400_000, newestRows: 100 })
  expect(await trigger()).toBeUndefined()
  await fill(400, 600, 4)
  expect(await trigger()).toMatchObject({ kind: 'labels', why: '200 new labels since the last training.' })
})

test('a drift of the champion starts a training before there are enough labels', async () => {
  await fill(0, 600, 6)
  await train({ trigger: (await trigger())! })
  await fill(600, 700, 6)
  expect(await trigger()).toBeUndefined()
  await fill(700, 790, -6)
  expect(await trigger({ onDrift: false })).toBeUndefined()
  const drift = await trigger()
  expect(drift).toMatchObject({ kind: 'drift', why: expect.stringMatching(/^Drift: the error/) as string })
  // The same labels are not tested again.
  expect(await trigger()).toBeUndefined()
})

test('the request of a person is trained, also without new labels; a failed training keeps its cause', async () => {
  await fill(0, 50, 4)
  const request = await requestTraining(store.database, { task: task.task, by: 'Ann', reason: 'new products' })
  expect(await train({ request })).toMatchObject({ kind: 'too-few-rows' })
  expect(await lastTraining(store.database, task.task)).toMatchObject({
    ...{ trigger: 'request', requestedBy: 'Ann', state: 'ended' },
    result: 'There are 50 labelled rows, and 100 are needed.',
  })
  await fill(50, 300, 4)
  const wrong = { ...task, algorithm: 'astrology' }
  const start = { trigger: { kind: 'labels', why: 'x', by: null } } as const
  await expect(runTraining(wrong, start, { database: store.database, codeVersion: 'test' })).rejects.toThrow(
    'astrology',
  )
  const [failed] = await listTrainings(store.database, {}, { limit: 1 })
  expect(failed).toMatchObject({ state: 'failed', result: expect.stringContaining('astrology') as string })
  // It is not repeated at once, whatever has come.
  expect(await trigger()).toBeUndefined()
})

test('a training that ends with its process stays running, so that the next process finds it', async () => {
  await fill(0, 300, 4)
  const stopping = AbortSignal.abort()
  const start = { trigger: { kind: 'labels', why: 'x', by: null } } as const
  await expect(
    runTraining(task, start, {
      ...{ database: store.database, codeVersion: 'test' },
      progress: () => stopping.throwIfAborted(),
    }),
  ).rejects.toThrow()
  expect(await lastTraining(store.database, task.task)).toMatchObject({ state: 'running', endedAt: null })
})
