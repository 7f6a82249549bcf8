import { InferenceSession, Tensor } from 'onnxruntime-node'
import { contextColumns } from '../../../models/intent/context-columns.ts'
import { intentToOnnx } from '../../../models/intent/intent-onnx.ts'
import { pieceReader } from '../../../models/intent/intent-pieces.ts'
import { intentTermsOf, termLogits } from '../../../models/intent/intent-terms.ts'
import { intent } from '../../../models/intent/intent.ts'
import { fitTextModel } from '../../../models/text/fit-text-model.ts'
import { openTextModel } from '../../../models/text/text-model.ts'
import { readTerms, termReader } from '../../../models/text/terms.ts'
import { examples, intents, layout, parametersOf, pieces, rowsOf, shapeOf } from './small-intents.ts'

const list = examples(40, 3)
const texts = list.map(({ text }) => text)
const options = {
  strategy: 'newest',
  classWeights: 'none',
  penalty: { vectors: 0, terms: 0.1 },
  backbone: null,
  windowMax: 0,
} as const

function termsModel(names: readonly string[]) {
  const labels = Int32Array.from(list.keys()).map((row) => row % names.length)
  return { ...fitTextModel({ terms: readTerms(texts), vectors: undefined, labels, names }, options), temperature: 0.8 }
}

test.each([2, 3])('terms contribute to %i intents what the model of terms predicts, times their share', (count) => {
  const model = termsModel(intents.slice(0, count))
  const logits = termLogits(intentTermsOf(model, 1), count)(texts)
  const expected = openTextModel(model).probabilities(texts, undefined)
  const halved = termLogits(intentTermsOf(model, 0.5), count)(texts)
  for (let row = 0; row < texts.length; row++) {
    const own = logits.subarray(row * count, (row + 1) * count).map(Math.exp)
    const total = own.reduce((sum, one) => sum + one, 0)
    own.forEach((one, k) => expect(one / total).toBeCloseTo(expected[row * count + k]!, 4))
  }
  halved.forEach((one, place) => expect(2 * one).toBeCloseTo(logits[place]!, 4))
})

test('a model with terms differs from one without, and ONNX Runtime agrees with our scores', async () => {
  const plain = { ...parametersOf(shapeOf()), temperature: 1.3, threshold: 0.4 }
  const terms = intentTermsOf(termsModel(intents), 0.7)
  const parameters = { ...plain, encoderShare: 0.6, terms }
  const scored = (of: typeof plain) => {
    const into = new Float64Array(texts.length * (intents.length + 1))
    void intent.scorer(of)({ ...rowsOf(list), texts }, into)
    return into
  }
  const ours = scored(parameters)
  expect(ours).not.toEqual(scored(plain))
  const session = await InferenceSession.create(intentToOnnx(parameters))
  const columns = contextColumns(layout, rowsOf(list))
  const width = parameters.shape.context
  for (const row of [0, 7, 21]) {
    const ids = pieceReader(pieces, parameters.shape.piecesMax)(texts[row]!)
    const read = termReader(terms.stored)([texts[row]!])
    const dense = new Float32Array(read.width)
    read.columns.forEach((column, at) => (dense[column] = read.values[at]!))
    const given = await session.run({
      ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length]),
      context: new Tensor('float32', columns.slice(row * width, (row + 1) * width), [1, width]),
      terms: new Tensor('float32', dense, [1, read.width]),
    })
    const said = given['score']!.data as Float32Array
    said.forEach((one, k) => expect(Math.abs(one - ours[row * 4 + k]!)).toBeLessThan(1e-5))
  }
  await session.release()
})
