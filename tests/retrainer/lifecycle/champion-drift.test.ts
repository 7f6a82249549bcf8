import type { Dataset, Model } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { championDrift, driftInWords } from '../../../retrainer/lifecycle/champion-drift.ts'

/** A model whose scores are the only feature. */
const model = {
  score(batch: { readonly count: number; readonly rows: Float32Array }, into: Float64Array) {
    for (let row = 0; row < batch.count; row++) into[row] = batch.rows[row]!
  },
} as unknown as Model

/**
 * Rows of customers with the probability as the feature; from row `cut` on, labels follow `law` of it. A customer has
 * `each` rows with the same label.
 */
function stream(count: number, cut: number, law: (probability: number) => number, seed: number, each = 1): Dataset {
  const next = random(seed)
  const rows = new Float32Array(count)
  const labels = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const isFirst = row % each === 0
    rows[row] = isFirst ? 0.1 + 0.8 * next() : rows[row - 1]!
    const probability = row < cut ? rows[row]! : law(rows[row]!)
    labels[row] = isFirst ? (next() < probability ? 1 : 0) : labels[row - 1]!
  }
  return {
    count,
    width: 1,
    rows,
    texts: Array.from({ length: count }, () => null),
    featureNames: ['probability'],
    labels,
    times: Float64Array.from({ length: count }, (_, row) => row),
    customers: Int32Array.from({ length: count }, (_, row) => Math.floor(row / each)),
  }
}

test('a changed relation is found, and named by what changed most', async () => {
  const turned = await championDrift(
    stream(600, 300, (probability) => 1 - probability, 1),
    model,
    299,
  )
  expect(turned).toMatchObject({ measure: 'error' })
  expect(turned!.after).toBeGreaterThan(turned!.before)
  const fewer = await championDrift(
    stream(600, 300, (probability) => probability / 3, 1),
    model,
    299,
  )
  expect(['label rate', 'calibration']).toContain(fewer!.measure)
  expect(driftInWords(fewer!)).toMatch(/^Drift: the (label rate|calibration) of the model in use went from /)
})

test('streams without drift raise hardly an alarm, those with drift nearly all do', async () => {
  let [falseAlarms, found] = [0, 0]
  for (let seed = 1; seed <= 100; seed++) {
    if (
      (await championDrift(
        stream(500, 250, (probability) => probability, seed),
        model,
        249,
      )) !== undefined
    )
      falseAlarms++
    if (
      (await championDrift(
        stream(500, 250, (probability) => probability / 3, seed),
        model,
        249,
      )) !== undefined
    )
      found++
  }
  expect(falseAlarms).toBeLessThanOrEqual(1)
  expect(found).toBeGreaterThanOrEqual(90)
})

test('many rows of few customers are no proof', async () => {
  const busy = (each: number) => stream(600, 300, (probability) => Math.min(1, 1.35 * probability), 4, each)
  const independent = await Promise.all(
    Array.from({ length: 20 }, (_, seed) =>
      championDrift(
        stream(600, 300, (probability) => probability, seed, 30),
        model,
        299,
      ),
    ),
  )
  expect(independent.filter((one) => one !== undefined)).toEqual([])
  expect(await championDrift(busy(100), model, 299)).toBeUndefined()
})

test('with fewer than 50 rows since the training there is no test', async () => {
  const data = stream(349, 300, (probability) => 1 - probability, 1)
  expect(await championDrift(data, model, 299)).toBeUndefined()
  expect(await championDrift(data, model, 10_000)).toBeUndefined()
})
