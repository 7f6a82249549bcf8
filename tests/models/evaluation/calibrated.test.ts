import fc from 'fast-check'
import { ArtefactError, decodeArtefact, encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { calibratedExplainer, calibratedScorer } from '../../../models/evaluation/calibrated.ts'
import { gbm, gbmRate } from '../../../models/boosting/gradient-boosting.ts'
import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { calibratedScore } from '../../../models/evaluation/calibrator.ts'
import { logOdds } from '../../../models/evaluation/platt.ts'
import type { Batch } from '../../../models/model.ts'
import { mixedData } from '../boosting/forests.ts'

const platt: Calibrator = { method: 'platt', slope: 0.7, intercept: -0.2 }
const isotonic: Calibrator = { method: 'isotonic', scores: [0.2, 0.4, 0.9], values: [0.1, 0.5, 0.8] }
const batch: Batch = { count: 2, width: 1, rows: Float32Array.of(0.3, 0.6), texts: [] }

function echo({ count, rows }: Batch, into: Float64Array): void {
  for (let row = 0; row < count; row++) into[row] = rows[row]!
}

test.each([platt, isotonic])(
  'a score at once and one that comes later are calibrated alike: $method',
  async (calibrator) => {
    const [now, later] = [new Float64Array(2), new Float64Array(2)]
    expect(calibratedScorer(echo, calibrator)(batch, now)).toBeUndefined()
    await calibratedScorer((rows, into) => Promise.resolve().then(() => echo(rows, into)), calibrator)(batch, later)
    expect(now).toEqual(Float64Array.from(batch.rows, (score) => calibratedScore(calibrator, score)))
    expect(later).toEqual(now)
  },
)

test('numbers after the rows of a batch are unchanged', () => {
  const into = Float64Array.of(0, 0, 7)
  void calibratedScorer(echo, platt)(batch, into)
  expect(into[2]).toBe(7)
})

test('contributions and base add up to the calibrated log-odds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 5 }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      (given, base) => {
        const into = new Float64Array(given.length)
        const explain = calibratedExplainer((_row, contributions) => {
          contributions.set(given)
          return base
        }, platt)
        const margin = explain(new Float32Array(given.length), into) + into.reduce((sum, one) => sum + one, 0)
        const score = 1 / (1 + Math.exp(-(base + given.reduce((sum, one) => sum + one, 0))))
        expect(margin).toBeCloseTo(logOdds(calibratedScore(platt, score)), 6)
      },
    ),
  )
})

describe('a stored model', () => {
  const data = mixedData(300)
  const artefact = {
    task: 'churn',
    algorithm: 'gbm',
    featureSet: 'mixed@1',
    featureNames: data.featureNames,
    parameters: gbm.train(data, 1, undefined, { trees: 5 }),
  }

  test.each([platt, isotonic])('keeps its calibration, and scores by it: $method', async (calibration) => {
    const [plain, calibrated] = [new Float64Array(data.count), new Float64Array(data.count)]
    await modelFrom(encodeArtefact(artefact), 'a').score(data, plain)
    await modelFrom(encodeArtefact(decodeArtefact(encodeArtefact({ ...artefact, calibration }))), 'b').score(
      data,
      calibrated,
    )
    expect(calibrated).toEqual(plain.map((score) => calibratedScore(calibration, score)))
  })

  test.each([
    { method: 'platt', slope: 1 },
    { method: 'platt', slope: null, intercept: 0 },
    { method: 'isotonic', scores: [0.1], values: [] },
    { method: 'isotonic', scores: [], values: [] },
    { method: 'beta' },
    null,
    'platt',
  ])('with a calibration that is not whole is refused: %j', (calibration) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...artefact, calibration }))
    expect(() => decodeArtefact(bytes)).toThrow(ArtefactError)
  })

  test('of a rate has nothing that could be calibrated', () => {
    const rate = { ...artefact, algorithm: 'gbm-rate', parameters: gbmRate.train(data, 1, undefined, { trees: 5 }) }
    expect(() => modelFrom(encodeArtefact({ ...rate, calibration: platt }), 'c')).toThrow(
      'Model c is calibrated, and gives no single probability that could be.',
    )
  })
})
