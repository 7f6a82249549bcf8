import { modelFrom } from '../../../models/artefact.ts'
import type { Dataset, Model } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { trainChallenger, outranks, type ChallengerOptions } from '../../../retrainer/lifecycle/challenger.ts'
import { trainingSet } from '../../../retrainer/lifecycle/training-set.ts'

const names = ['signal', 'noise']
const options: ChallengerOptions = { task: 'conversion', algorithm: 'logistic', featureSet: 'test@1', seed: 3 }

/**
 * `count` rows, an hour apart; the label depends on the first number by a logistic law whose slope may change over
 * time.
 */
function world(count: number, slopeAt: (share: number) => number, seed = 1): Dataset {
  const next = random(seed)
  return trainingSet(
    Array.from({ length: count }, (_, index) => {
      const signal = 2 * next() - 1
      const label = next() < 1 / (1 + Math.exp(-slopeAt(index / count) * signal)) ? 1 : 0
      return { row: [signal, next()], text: null, label, at: index * 3_600_000 }
    }),
    names,
  )
}

const decode = (artefact: Uint8Array) => JSON.parse(Buffer.from(artefact).toString()) as Record<string, unknown>

test('a signal beats the base rate: promoted, measured on the newest quarter alone', async () => {
  const result = await trainChallenger(
    world(800, () => 5),
    options,
  )
  expect(result).toMatchObject({ promote: true, against: 'baseline', trainedRows: 600, newestRows: 200 })
  expect(result.metrics['auc']).toBeGreaterThan(0.75)
  expect(result.baseline['auc']).toBeCloseTo(0.5)
  expect(result.difference.upper).toBeLessThan(0)
  expect(result.difference.lower).toBeLessThanOrEqual(result.difference.estimate)
  expect(result.reason).toMatch(/^log loss [\d.]+ lower than the baseline’s on the 200 newest rows/)
  expect(decode(result.artefact)).toMatchObject({
    task: 'conversion',
    algorithm: 'logistic',
    featureSet: 'test@1',
    featureNames: names,
  })
})

test('noise does not beat the base rate', async () => {
  const result = await trainChallenger(
    world(800, () => 0),
    options,
  )
  expect(result).toMatchObject({ promote: false, against: 'baseline' })
})

test('a relation that held for the older rows but not for the newest is not promoted', async () => {
  const turned = await trainChallenger(
    world(800, (share) => (share < 0.75 ? 5 : -5)),
    options,
  )
  expect(turned.promote).toBe(false)
  expect(turned.difference.estimate).toBeGreaterThan(0)
  expect(turned.reason).toContain('higher than the baseline’s')
})

test('the same data and seed give the same artefact to the byte, and another temporal split another one', async () => {
  const data = world(400, () => 4)
  const [one, two] = [await trainChallenger(data, options), await trainChallenger(data, options)]
  expect(Buffer.from(two.artefact).equals(Buffer.from(one.artefact))).toBe(true)
  expect(two.difference).toEqual(one.difference)
  const other = await trainChallenger(
    world(400, () => 4, 2),
    options,
  )
  expect(Buffer.from(other.artefact).equals(Buffer.from(one.artefact))).toBe(false)
})

test('an equally good champion is not replaced; a worse one is', async () => {
  const data = world(1_200, () => 5)
  const champion = modelFrom(Buffer.from((await trainChallenger(data, options)).artefact), 'champion')
  const again = await trainChallenger(data, { ...options, champion })
  expect(again).toMatchObject({ promote: false, against: 'champion' })
  expect(again.difference.estimate).toBeCloseTo(0)

  const guessing: Model = { ...champion, id: 'guessing', score: ({ count }, into) => void into.fill(0.5, 0, count) }
  const better = await trainChallenger(data, { ...options, champion: guessing })
  expect(better).toMatchObject({ promote: true, against: 'champion' })
  expect(better.reason).toContain('lower than the champion’s')
})

test('a champion sees the newest rows and nothing else', async () => {
  const data = world(400, () => 4)
  let seen: number | undefined
  const champion: Model = {
    id: 'watching',
    task: 'conversion',
    algorithm: 'logistic',
    featureSet: 'test@1',
    featureNames: names,
    outputs: ['score'],
    async score({ count, rows }, into) {
      await Promise.resolve()
      seen = count
      expect([...rows]).toEqual([...data.rows.subarray(300 * names.length)])
      into.fill(0.5, 0, count)
    },
  }
  await trainChallenger(data, { ...options, champion })
  expect(seen).toBe(100)
})

test('an unknown algorithm is named with the known ones', async () => {
  await expect(
    trainChallenger(
      world(100, () => 1),
      { ...options, algorithm: 'oracle' },
    ),
  ).rejects.toThrow(/There is no algorithm oracle\. There are: logistic, linear/)
})

test('of several challengers a significantly better one goes before one that only seems better', () => {
  const of = (estimate: number, promote: boolean) => ({
    promote,
    difference: { estimate, lower: estimate - 0.1, upper: estimate + 0.1 },
  })
  expect(outranks(of(-0.1, true), of(-0.2, false))).toBe(true)
  expect(outranks(of(-0.2, false), of(-0.1, true))).toBe(false)
  expect(outranks(of(-0.2, true), of(-0.1, true))).toBe(true)
  expect(outranks(of(-0.1, false), of(-0.2, false))).toBe(false)
})

/** Nine in ten rows are of a kind without a signal; the few of the other kind have one. */
test('rows that stand for many count so in training and in the gate', async () => {
  const rows = (weightOfRare: number | undefined) => {
    const next = random(4)
    return trainingSet(
      Array.from({ length: 800 }, (_, index) => {
        const isRare = index % 10 === 0
        const signal = next()
        const label = (isRare ? signal > 0.5 : next() > 0.5) ? 1 : 0
        return {
          row: [isRare ? 4 * signal - 2 : 0, 0],
          ...{ text: null, label, at: index * 3_600_000 },
          ...(weightOfRare === undefined ? {} : { weight: isRare ? weightOfRare : 1 }),
        }
      }),
      names,
    )
  }
  const [alike, weighed] = await Promise.all([
    trainChallenger(rows(undefined), options),
    trainChallenger(rows(50), options),
  ])
  expect(weighed.difference.estimate).toBeLessThan(2 * alike.difference.estimate)
  await expect(trainChallenger(rows(50), { ...options, algorithm: 'gbm' })).rejects.toThrow(/use logistic/)
})

test('if a formula is in use, the challenger must beat the formula, calibrated, and not the mean', async () => {
  const data = world(800, () => 5)
  const perfect = {
    ...data,
    formulaScores: Float64Array.from(data.labels, (_, row) => 0.1 + 0.2 * data.rows[2 * row]!),
  }
  const result = await trainChallenger(perfect, options)
  expect(result).toMatchObject({ against: 'formula', promote: false })
  expect(Math.abs(result.difference.estimate)).toBeLessThan(0.02)
  const useless = await trainChallenger({ ...data, formulaScores: new Float64Array(data.count).fill(0.6) }, options)
  expect(useless).toMatchObject({ against: 'formula', promote: true })
})

/** The label follows a step at 0.5, which a straight line fits well only on the side where there are most labels. */
test('a challenger that is right only where the task acts fails by the rows that chance selected', async () => {
  const next = random(6)
  const seen = Array.from({ length: 4_000 }, (_, index) => {
    const signal = next()
    const propensity = signal > 0.5 ? 1 : 0.1
    const label = next() < (signal > 0.5 ? 0.9 : 0.1) ? 1 : 0
    return { index, signal, propensity, label, acted: next() < propensity }
  }).filter(({ acted }) => acted)
  const data = (known: boolean) =>
    trainingSet(
      seen.map(({ index, signal, propensity, label, acted }) => ({
        ...{ row: [signal, 0], text: null, label, at: index * 3_600_000 },
        ...(known ? { propensity, acted } : {}),
      })),
      names,
    )
  const champion: Model = {
    ...{ id: 'careful', task: 'conversion', algorithm: 'logistic', featureSet: 'test@1', featureNames: names },
    outputs: ['score'],
    score: ({ count, rows }, into) => {
      for (let row = 0; row < count; row++) into[row] = rows[row * 2]! > 0.5 ? 0.85 : 0.15
    },
  }
  const blind = await trainChallenger(data(false), { ...options, champion })
  expect(blind.measures.selection).toBeUndefined()
  const { measures, reason } = await trainChallenger(data(true), { ...options, champion })
  const { selection } = measures
  expect(selection).toMatchObject({ rows: measures.labels, unknown: 0 })
  expect([selection!.explored > 0, reason]).toEqual([true, blind.reason])
  expect(selection!.difference.weighted.estimate).toBeGreaterThan(selection!.difference.unweighted.estimate)
  expect(selection!.difference.weighted.lower).toBeGreaterThan(0)
})
