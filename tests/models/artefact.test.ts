import { ArtefactError, decodeArtefact, encodeArtefact, modelFrom } from '../../models/artefact.ts'
import { logistic } from '../../models/linear/logistic.ts'
import type { Artefact } from '../../models/model.ts'
import { mixedData } from './deep/mixed-data.ts'
import { untrainedNetwork } from './deep/untrained-network.ts'
import { syntheticData } from './synthetic-data.ts'

const data = syntheticData(60, 'classification')
const artefact: Artefact = {
  task: 'loan-demand',
  algorithm: 'logistic',
  featureSet: 'synthetic@1',
  featureNames: data.featureNames,
  parameters: logistic.train(data, 1),
}
const bytesOf = (changes: Partial<Artefact>) => encodeArtefact({ ...artefact, ...changes })

describe('modelFrom', () => {
  it('returns a model that scores as it was trained', async () => {
    const model = modelFrom(bytesOf({}), 'abc')
    expect(model).toMatchObject({
      id: 'abc',
      task: 'loan-demand',
      algorithm: 'logistic',
      featureSet: 'synthetic@1',
      featureNames: data.featureNames,
    })
    const scores = new Float64Array(data.count)
    await model.score(data, scores)
    const expected = new Float64Array(data.count)
    await logistic.scorer(logistic.train(data, 1))(data, expected)
    expect(scores).toEqual(expected)
  })

  it.each([
    ['no JSON', new TextEncoder().encode('{'), 'not JSON in UTF-8'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 'not JSON in UTF-8'],
    ['no object', new TextEncoder().encode('3'), 'not a JSON object'],
    ['no task', new TextEncoder().encode('{}'), 'names no task'],
    [
      'names that are none',
      new TextEncoder().encode('{"task":"t","algorithm":"logistic","featureSet":"f@1","featureNames":[1]}'),
      'no list of feature names',
    ],
    [
      'no parameters',
      new TextEncoder().encode('{"task":"t","algorithm":"logistic","featureSet":"f@1","featureNames":[]}'),
      'no parameters',
    ],
    [
      'an unknown algorithm',
      bytesOf({ algorithm: 'oracle' }),
      'Model abc was made by "oracle", which this version does not have: it has logistic, linear',
    ],
    ['another width', bytesOf({ featureNames: ['a', 'b'] }), 'The parameters of model abc do not fit its 2 features'],
    [
      'parameters of something else',
      bytesOf({ parameters: { trees: [] } }),
      'The parameters of model abc do not fit its 5 features',
    ],
    [
      'too few coefficients',
      bytesOf({ parameters: { ...(artefact.parameters as object), coefficients: [1] } }),
      'do not fit its 5 features',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => modelFrom(bytes, 'abc')).toThrow(ArtefactError)
    expect(() => modelFrom(bytes, 'abc')).toThrow(message)
  })

  it('returns a model of several outputs with their names, and explains each', async () => {
    const given = mixedData(4, 'multi-label')
    const parameters = untrainedNetwork('multi-label')
    const changes = { algorithm: 'deep-labels', featureNames: given.featureNames, parameters }
    const names = Array.from({ length: given.outputs }, (_, output) => `output ${output}`)
    const model = modelFrom(bytesOf({ ...changes, outputs: names }), 'abc')
    expect(model.outputs).toEqual(names)
    expect(model.dictionaryVersion).toBeUndefined()
    expect(modelFrom(bytesOf({ ...changes, outputs: names, dictionaryVersion: 4 }), 'abc').dictionaryVersion).toBe(4)
    expect(() => modelFrom(bytesOf({ ...changes, outputs: names, dictionaryVersion: 0.5 }), 'abc')).toThrow(
      'The version of the dictionary of the artefact is not a whole number.',
    )
    const scores = new Float64Array(given.count * given.outputs)
    await model.score(given, scores)
    const contributions = new Float64Array(given.width)
    names.forEach((_, output) => {
      const base = model.explainer!(output)(given.rows.subarray(0, given.width), contributions)
      const margin = base + contributions.reduce((sum, one) => sum + one, 0)
      expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(scores[output]!, 3)
    })
    expect(() => modelFrom(bytesOf({ ...changes, outputs: ['one'] }), 'abc')).toThrow(
      `Model abc gives ${given.outputs} numbers a row and has names for 1.`,
    )
    expect(() => modelFrom(bytesOf(changes), 'abc')).toThrow('has names for 1')
  })

  it('refuses rows of another width', () => {
    const batch = { count: 1, width: 2, rows: new Float32Array(2), texts: [null] }
    expect(() => modelFrom(bytesOf({}), 'abc').score(batch, new Float64Array(1))).toThrow(
      'The model was trained on rows of 5 numbers, and these have 2.',
    )
  })
})

test('the bytes depend on the content of the artefact and not on the order of its fields', () => {
  const reversed = Object.fromEntries(Object.entries(artefact).reverse()) as unknown as Artefact
  expect(encodeArtefact(reversed)).toEqual(encodeArtefact(artefact))
  expect(decodeArtefact(encodeArtefact(artefact))).toEqual(artefact)
})
