import { softmaxRows } from '../../../models/check-classes.ts'
import { explainNetwork } from '../../../models/deep/explain-network.ts'
import { networkImportance } from '../../../models/deep/network-importance.ts'
import { scoreNetwork } from '../../../models/deep/score-network.ts'
import { absurdRows, mixedData, outputsOf } from './mixed-data.ts'
import { untrainedNetwork } from './untrained-network.ts'

const margin = (score: number): number => Math.log(score / (1 - score))

describe.each(['binary', 'multi-label', 'classes', 'regression'] as const)('%s', (head) => {
  const parameters = untrainedNetwork(head)
  const outputs = outputsOf[head]

  test.each([mixedData(40, head, 5), absurdRows(5)])(
    'contributions and the margin of the mean row add up to the margin',
    (batch) => {
      const scores = new Float64Array(batch.count * outputs)
      scoreNetwork(parameters)(batch, scores)
      const into = new Float64Array(batch.width)
      const margins = new Float64Array(batch.count * outputs)
      for (let output = 0; output < outputs; output++) {
        const explain = explainNetwork(parameters, output)
        for (let row = 0; row < batch.count; row++) {
          const base = explain(batch.rows.subarray(row * batch.width, (row + 1) * batch.width), into)
          const sum = into.reduce((all, each) => all + each, base)
          const score = scores[row * outputs + output]!
          margins[row * outputs + output] = sum
          // The margins of exclusive classes are checked below, all classes of a row together.
          if (head !== 'classes')
            expect(Math.abs(sum - (head === 'regression' ? score : margin(score)))).toBeLessThan(
              1e-5 * parameters.scale[output]!,
            )
          // The constant feature contributes nothing.
          expect(into[4]).toBe(0)
        }
      }
      if (head !== 'classes') return
      softmaxRows(margins, outputs, batch.count)
      margins.forEach((probability, place) => expect(Math.abs(probability - scores[place]!)).toBeLessThan(1e-6))
    },
  )

  test('all rows have the same base', () => {
    const explain = explainNetwork(parameters)
    const { rows, width } = mixedData(10, head, 6)
    const bases = Array.from({ length: 10 }, (_, row) =>
      explain(rows.subarray(row * width, (row + 1) * width), new Float64Array(width)),
    )
    expect(new Set(bases).size).toBe(1)
  })

  test('importance is shares of 1', () => {
    const shares = networkImportance(parameters, mixedData(100, head, 7))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(shares.every((share) => share >= 0)).toBe(true)
    expect(shares[4]).toBe(0)
    expect(parameters.importance).toHaveLength(5)
  })
})

test('of a network without hidden layers the contributions are weight × (input − mean)', () => {
  const parameters = untrainedNetwork('regression', { hidden: [] })
  const explain = explainNetwork(parameters)
  const [first, second] = [new Float64Array(5), new Float64Array(5)]
  explain(Float32Array.of(0.5, 0, 0.5, 1, 7), first)
  explain(Float32Array.of(0.5, 3e5, 0.5, 1, 7), second)
  expect(second[0]).toBeCloseTo(first[0]!, 9)
  expect(second[3]).toBeCloseTo(first[3]!, 9)
  expect(second[1]).not.toBeCloseTo(first[1]!, 3)
})

test('a network of many bends is explained as well', () => {
  const parameters = untrainedNetwork('binary', { hidden: [200, 200, 100] })
  const batch = mixedData(5, 'binary', 8)
  const scores = new Float64Array(5)
  scoreNetwork(parameters)(batch, scores)
  const into = new Float64Array(5)
  const base = explainNetwork(parameters)(batch.rows.subarray(0, 5), into)
  expect(into.reduce((all, each) => all + each, base)).toBeCloseTo(margin(scores[0]!), 5)
})
