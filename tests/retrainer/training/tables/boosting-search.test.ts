import { searchBoosting } from '../../../../retrainer/training/tables/boosting-search.ts'
import { startFoldWorkers } from '../../../../retrainer/training/tables/fold-workers.ts'
import { successiveHalving } from '../../../../retrainer/training/tables/successive-halving.ts'
import { foldLosses } from '../../../../models/boosting/fold-losses.ts'
import { bestRound } from '../../../../models/boosting/mean-curve.ts'
import { folds } from '../../../../models/split.ts'
import { mixedData } from '../../../models/boosting/forests.ts'

const data = mixedData(1200)

test('given settings stay, the others are found, with the number of trees', async () => {
  const steps: number[] = []
  const found = await searchBoosting(data, 'classification', {
    folds: 3,
    seed: 1,
    fixedOptions: { learningRate: 0.2, leafRowsMin: 10 },
    progress: (done) => steps.push(done),
  })
  expect(found).toMatchObject({ learningRate: 0.2, leafRowsMin: 10, earlyStoppingRounds: 0 })
  expect([3, 5, 7]).toContain(found.depthMax)
  expect(found.trees).toBeGreaterThan(3)
  expect(found.trees).toBeLessThan(1000)
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1))
  expect(
    await searchBoosting(data, 'classification', {
      folds: 3,
      seed: 1,
      fixedOptions: { learningRate: 0.2, leafRowsMin: 10 },
    }),
  ).toEqual(found)
})

test('threads give the same losses as this one, in the order of the questions', async () => {
  const splits = folds(data, 4, 1)
  const workers = startFoldWorkers(data, 'classification', 2)
  const options = { trees: 20, depthMax: 3 }
  try {
    const losses = await Promise.all(splits.map((split) => workers.losses(split, options, 1)))
    expect(losses).toEqual(splits.map((split) => foldLosses(data, 'classification', split, options, 1)))
    await expect(workers.losses(splits[0]!, { trees: 0 }, 1)).rejects.toThrow('trees is 0')
    expect(await workers.losses(splits[0]!, options, 1)).toEqual(losses[0])
  } finally {
    await workers.close()
  }
})

test('successive halving gives a small budget to many, and the full one to the best', async () => {
  const tried: (readonly [number, number])[] = []
  const rated = await successiveHalving([5, 3, 1, 4, 2], (candidate, share) => {
    tried.push([candidate, share])
    return Promise.resolve(candidate)
  })
  expect(rated).toEqual([{ candidate: 1, loss: 1 }])
  const sharesOf = (candidate: number) => tried.filter(([one]) => one === candidate).map(([, share]) => share)
  expect(sharesOf(1)).toEqual([1 / 8, 1 / 4, 1 / 2, 1])
  expect(sharesOf(5)).toEqual([1 / 8])
  expect(await successiveHalving(['only'], () => Promise.resolve(7))).toEqual([{ candidate: 'only', loss: 7 }])
})

test('the best round is that of the mean curve; one that ended sooner stays as it ended', () => {
  expect(
    bestRound([
      [3, 2, 1, 2],
      [3, 1],
    ]),
  ).toEqual({ rounds: 3, loss: 1 })
  expect(bestRound([[5, 4, 4.5]])).toEqual({ rounds: 2, loss: 4 })
})
