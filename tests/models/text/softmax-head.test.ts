import { attentionGradient, attentionSize, pooled, type CaseVectors } from '../../../models/text/attention-pooling.ts'
import { runComputation } from '../../../models/text/dense-products.ts'
import { fitTerms, termReader } from '../../../models/text/terms.ts'
import { headLoss as asking, headSize, probabilitiesOf, type HeadInputs } from '../../../models/text/softmax-head.ts'
import { random } from '../../../models/random.ts'

const headLoss = (...given: Parameters<typeof asking>) => runComputation(asking(...given))
const next = random(5)
const drawn = (length: number) => Float64Array.from({ length }, () => next() - 0.5)
const terms = termReader(fitTerms(['a b c', 'a b d', 'c d', 'a c']))(['a b', 'c d', 'a', 'd b'])
const labels = Int32Array.of(0, 1, 2, 1)

/** Computes the derivative by central differences. */
function slope(loss: (x: Float64Array) => number, x: Float64Array, place: number): number {
  const [more, less] = [x.slice(), x.slice()]
  more[place]! += 1e-5
  less[place]! -= 1e-5
  return (loss(more) - loss(less)) / 2e-5
}

test.each([2, 3])('the gradient of %i classes is that of the loss, of the vectors too', (classes) => {
  const inputs: HeadInputs = { count: 4, dimension: 3, vectors: Float32Array.from(drawn(12)), terms }
  const setting = {
    classes,
    weightByClass: Float64Array.of(1, 2, 0.5).slice(0, classes),
    penalty: { vectors: 0.3, terms: 0.7 },
  }
  const of = labels.map((label) => Math.min(label, classes - 1))
  const weights = drawn(headSize(inputs, classes))
  const gradient = new Float64Array(weights.length)
  const ofVectors = new Float64Array(12)
  headLoss(weights, inputs, of, setting, gradient, ofVectors)
  const scratch = new Float64Array(weights.length)
  weights.forEach((_, place) => {
    expect(gradient[place]).toBeCloseTo(
      slope((x) => headLoss(x, inputs, of, setting, scratch), weights, place),
      6,
    )
  })
  ofVectors.forEach((given, place) => {
    const changed = (x: Float64Array) => headLoss(weights, { ...inputs, vectors: x as never }, of, setting, scratch)
    expect(given).toBeCloseTo(slope(changed, Float64Array.from(inputs.vectors), place), 5)
  })
})

test('the gradient of the attention is that of any loss of the pooled vectors', () => {
  const cases: CaseVectors = {
    starts: Int32Array.of(0, 3, 4, 6),
    dimension: 2,
    vectors: Float32Array.from(drawn(12)),
    ages: Float32Array.of(2, 1, 0, 0, 3, 0),
    gaps: Float32Array.of(0, 1, 1, 0, 0, 3),
  }
  const wish = drawn(6)
  const attention = drawn(attentionSize(2))
  const weights = new Float64Array(6)
  const loss = (x: Float64Array) => pooled(x, cases, weights).reduce((sum, value, i) => sum + value * wish[i]!, 0)
  loss(attention)
  expect(weights.subarray(0, 3).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
  expect(weights[3]).toBe(1)
  const gradient = new Float64Array(attention.length)
  attentionGradient(cases, weights.slice(), wish, gradient)
  gradient.forEach((given, place) => expect(given).toBeCloseTo(slope(loss, attention, place), 3))
})

test('probabilities of a row add up to 1; a higher temperature brings them together', () => {
  const logits = Float64Array.of(3, -1, 900)
  const sharp = probabilitiesOf(logits, 3)
  expect(sharp.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
  expect(probabilitiesOf(logits, 3, 1e4)[2]!).toBeLessThan(0.4)
  expect([...probabilitiesOf(Float64Array.of(0), 2)]).toEqual([0.5, 0.5])
})
