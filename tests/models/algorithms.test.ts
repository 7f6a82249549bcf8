/** Requirements that every algorithm must meet. */
import { algorithmNamed, algorithms } from '../../models/algorithms.ts'
import { decodeArtefact, encodeArtefact, modelFrom } from '../../models/artefact.ts'
import { DatasetError } from '../../models/check-dataset.ts'
import type { Batch, Dataset } from '../../models/model.ts'
import { syntheticData } from './synthetic-data.ts'

const copyOf = (data: Dataset): Dataset => structuredClone(data)

async function scoresOf(parameters: unknown, name: string, batch: Batch): Promise<Float64Array> {
  const into = new Float64Array(batch.count)
  await algorithmNamed(name)!.scorer(parameters)(batch, into)
  return into
}

function meanLoss(kind: 'classification' | 'regression', labels: Float64Array, scores: Float64Array): number {
  const losses = labels.map((label, i) =>
    kind === 'regression' ? (label - scores[i]!) ** 2 : -Math.log(label === 1 ? scores[i]! : 1 - scores[i]!),
  )
  return losses.reduce((sum, loss) => sum + loss, 0) / labels.length
}

test('the names are unique, and an unknown one finds nothing', () => {
  expect(new Set(algorithms.map(({ name }) => name)).size).toBe(algorithms.length)
  expect(algorithmNamed('oracle')).toBeUndefined()
})

describe.each(algorithms.map((algorithm) => [algorithm.name, algorithm] as const))('%s', (name, algorithm) => {
  const { kind, readsText } = algorithm
  const data = syntheticData(400, kind, { withTexts: readsText })
  const later = syntheticData(300, kind, { seed: 2, withTexts: readsText })
  const parameters = algorithm.train(data, 7)

  it('gives the same parameters for the same data and seed', () => {
    expect(algorithm.train(copyOf(data), 7)).toEqual(parameters)
  })

  it('leaves its inputs as they are', async () => {
    const own = copyOf(data)
    algorithm.train(own, 7)
    await scoresOf(parameters, name, own)
    expect(own).toEqual(data)
  })

  it('scores the same after a journey through JSON', async () => {
    const restored: unknown = JSON.parse(JSON.stringify(parameters))
    expect(restored).toEqual(parameters)
    expect(await scoresOf(restored, name, later)).toEqual(await scoresOf(parameters, name, later))
  })

  it('fits into an artefact below 500 kB and scores from there', async () => {
    const bytes = encodeArtefact({
      task: 'test',
      algorithm: name,
      featureSet: 'synthetic@1',
      featureNames: data.featureNames,
      parameters,
    })
    expect(bytes.length).toBeLessThan(500_000)
    expect(decodeArtefact(bytes).parameters).toEqual(parameters)
    const into = new Float64Array(later.count)
    await modelFrom(bytes, 'id').score(later, into)
    expect(into).toEqual(await scoresOf(parameters, name, later))
  })

  it('scores a row alone as among others', async () => {
    const all = await scoresOf(parameters, name, later)
    const { width } = later
    for (const i of [0, 1, 299]) {
      const one = { count: 1, width, rows: later.rows.slice(i * width, (i + 1) * width), texts: [later.texts[i]!] }
      expect((await scoresOf(parameters, name, one))[0]).toBe(all[i])
    }
  })

  it('scores only the rows that the batch has', async () => {
    const into = new Float64Array(5).fill(-7)
    await algorithm.scorer(parameters)({ ...later, count: 3 }, into)
    expect([...into.subarray(3)]).toEqual([-7, -7])
    await algorithm.scorer(parameters)({ ...later, count: 0 }, new Float64Array(0))
  })

  it('returns a finite score for unknown, infinite and absurd values, and a probability if it is a classifier', async () => {
    const { width } = data
    const rows = new Float32Array(4 * width)
    ;[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38].forEach((value, i) =>
      rows.fill(value, i * width, (i + 1) * width),
    )
    const scores = await scoresOf(parameters, name, {
      count: 4,
      width,
      rows,
      texts: [null, '', '𠮷'.repeat(50), 'x'.repeat(10_000)],
    })
    for (const score of scores) {
      expect(Number.isFinite(score)).toBe(true)
      if (kind === 'classification') expect(score >= 0 && score <= 1).toBe(true)
    }
  })

  it('is far better than the mean on rows that it has not seen', async () => {
    const mean = data.labels.reduce((sum, label) => sum + label, 0) / data.count
    const baseline = meanLoss(kind, later.labels, new Float64Array(later.count).fill(mean))
    expect(meanLoss(kind, later.labels, await scoresOf(parameters, name, later))).toBeLessThan(0.85 * baseline)
  })

  it('reports its progress up to the end', () => {
    const steps: (readonly [number, number])[] = []
    algorithm.train(data, 7, (done, of) => steps.push([done, of]))
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.every(([done, of], i) => done <= of && (i === 0 || done >= steps[i - 1]![0]))).toBe(true)
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1])
  })

  if (algorithm.explainer !== undefined) {
    it('explains a row by contributions that add up to its margin', async () => {
      const explain = algorithm.explainer!(parameters)
      const scores = await scoresOf(parameters, name, later)
      const into = new Float64Array(later.width).fill(7)
      for (const row of [0, 1, 2, 50]) {
        const base = explain(later.rows.subarray(row * later.width, (row + 1) * later.width), into)
        const margin = into.reduce((sum, contribution) => sum + contribution, base)
        expect(kind === 'regression' ? margin : 1 / (1 + Math.exp(-margin))).toBeCloseTo(scores[row]!, 6)
        // The constant feature and the unknown feature contribute nothing.
        expect([...into.subarray(3)]).toEqual([0, 0])
      }
    })

    it('reports which features matter, as shares of 1', () => {
      const shares = algorithm.importance!(parameters)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      expect(Math.min(shares[0]!, shares[1]!)).toBeGreaterThan(shares[2]!)
      expect(shares.slice(3)).toEqual([0, 0])
    })
  }

  it('refuses infinite values to learn from, with the feature and the row', () => {
    const broken = copyOf(data)
    broken.rows[2 * broken.width + 1] = Number.NEGATIVE_INFINITY
    expect(() => algorithm.train(broken, 7)).toThrow('The feature "b" of row 2 is -Infinity')
  })

  it('learns from a handful of rows', async () => {
    const few = syntheticData(6, kind, { seed: 5, withTexts: readsText })
    if (kind === 'classification') few.labels.set([0, 1, 0, 1, 0, 1])
    const scores = await scoresOf(algorithm.train(few, 1), name, few)
    expect(scores.every(Number.isFinite)).toBe(true)
  })

  it('learns from rows without a time', () => {
    expect(() => algorithm.train({ ...data, times: new Float64Array(data.count).fill(Number.NaN) }, 1)).not.toThrow()
  })

  it('refuses data that nothing can be learned from, with the reason', () => {
    const empty = syntheticData(0, kind)
    expect(() => algorithm.train(empty, 1)).toThrow(
      new DatasetError('The data set is empty: there are no rows to learn from.'),
    )
    expect(() => algorithm.train({ ...data, labels: data.labels.slice(1) }, 1)).toThrow(
      'There are 400 rows and 399 labels.',
    )
    expect(() => algorithm.train({ ...data, featureNames: ['a'] }, 1)).toThrow(
      'The rows have 5 numbers and there are 1 feature names.',
    )
    expect(() => algorithm.train({ ...data, rows: data.rows.slice(1) }, 1)).toThrow(
      '400 rows of 5 numbers need 2000 numbers; there are 1999.',
    )
    const broken = copyOf(data)
    broken.labels[3] = Number.NaN
    expect(() => algorithm.train(broken, 1)).toThrow('The label of row 3 is NaN')
  })

  if (kind === 'classification') {
    it('refuses a single class with the reason', () => {
      expect(() => algorithm.train({ ...data, labels: new Float64Array(data.count).fill(1) }, 1)).toThrow(
        'All 400 labels are 1: with a single class there is nothing to learn.',
      )
    })
  }

  it('refuses rows of another width', () => {
    const narrow = { count: 1, width: 3, rows: new Float32Array(3), texts: [null] }
    expect(() => algorithm.scorer(parameters)(narrow, new Float64Array(1))).toThrow(
      'The model was trained on rows of 5 numbers, and these have 3.',
    )
  })
})
