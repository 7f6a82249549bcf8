import { random } from '../../../models/random.ts'
import type { Dataset } from '../../../models/model.ts'
import { trainChallenger } from '../../../retrainer/lifecycle/challenger.ts'
import { searchSettings } from '../../../retrainer/lifecycle/search-settings.ts'
import type { Hyperparameters, Learner } from '../../../retrainer/training/learner.ts'
import { learnerNamed } from '../../../retrainer/training/learners.ts'

function rowsOf(count: number): Dataset {
  const next = random(5)
  const rows = Float32Array.from({ length: count * 2 }, () => 2 * next() - 1)
  return {
    ...{ count, width: 2, rows, texts: Array.from({ length: count }, () => null), featureNames: ['one', 'two'] },
    labels: Float64Array.from({ length: count }, (_, row) =>
      rows[2 * row]! * rows[2 * row + 1]! + next() - 0.5 > 0 ? 1 : 0,
    ),
    times: Float64Array.from({ length: count }, (_, row) => row),
  }
}

/** A learner whose models give the probability in its settings; it notes the rows and settings of each training. */
function noting(log: { rows: number; settings: Hyperparameters | undefined }[]): Learner {
  return {
    algorithm: {
      ...{ name: 'gbm', kind: 'classification', readsText: false },
      scorer: (parameters: number) => (_batch: unknown, into: Float64Array) => void into.fill(parameters),
    } as unknown as Learner['algorithm'],
    train(data, _seed, _progress, settings) {
      log.push({ rows: data.count, settings })
      return Promise.resolve(typeof settings?.['p'] === 'number' ? settings['p'] : 0.01)
    },
  }
}

test('the defaults, the champion’s settings and a few others are tried on the older rows only; the best comes first', async () => {
  const log: { rows: number; settings: Hyperparameters | undefined }[] = []
  const tried = await searchSettings(noting(log), rowsOf(400), {
    ...{ seed: 1, timeMaxMs: 60_000, championSettings: { p: 0.5 } },
  })
  expect(log.map(({ settings }) => settings)).toEqual([
    {},
    { p: 0.5 },
    { depthMax: 3, leavesMax: 8 },
    { depthMax: 7, leavesMax: 128 },
  ])
  expect(log.every(({ rows }) => rows === 300)).toBe(true)
  expect(tried[0]).toEqual({ settings: { p: 0.5 }, loss: expect.closeTo(Math.log(2), 12) as number })
  expect(tried).toHaveLength(4)
})

test('once the time is over no further candidate is started', async () => {
  const log: { rows: number; settings: Hyperparameters | undefined }[] = []
  const tried = await searchSettings(noting(log), rowsOf(400), { seed: 1, timeMaxMs: 0 })
  expect(tried.map(({ settings }) => settings)).toEqual([{}])
})

test('an algorithm that chooses its settings itself is not searched', async () => {
  expect(await searchSettings(learnerNamed('logistic'), rowsOf(400), { seed: 1, timeMaxMs: 60_000 })).toEqual([])
})

test('a challenger is trained with the settings found, which are on record with all that were tried', async () => {
  const data = rowsOf(400)
  const options = { task: 'x', algorithm: 'gbm', featureSet: 'x@1', seed: 1 }
  const searched = await trainChallenger(data, { ...options, search: { timeMaxMs: 60_000 } })
  expect(searched.tried).toHaveLength(3)
  expect(searched.settings).toEqual(searched.tried![0]!.settings)
  const again = await trainChallenger(data, { ...options, settings: searched.settings })
  expect(searched.artefact).toEqual(again.artefact)
  expect(again.tried).toBeUndefined()
})
