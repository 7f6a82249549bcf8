import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { casesOfLines, textOf, type TextCase } from '../../../models/text/text-case.ts'
import { fitTextModel } from '../../../models/text/fit-text-model.ts'
import { openTextModel, type TextModelParameters } from '../../../models/text/text-model.ts'
import { readTerms } from '../../../models/text/terms.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import { random } from '../../../models/random.ts'
import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import { text } from '../../../models/text/text.ts'
import { encodeCases } from '../../../runtimes/text/encode-cases.ts'
import { letterEncoder } from './letter-encoder.ts'

const names = ['lost', 'won']

/** The newest record that contains a or b decides the label; the others are arbitrary. */
function world(count: number, seed: number): { readonly cases: TextCase[]; readonly labels: Int32Array } {
  const next = random(seed)
  const letter = (of: string) => of[Math.floor(next() * of.length)]!
  const labels = Int32Array.from({ length: count }, () => (next() < 0.5 ? 0 : 1))
  const cases = Array.from(labels, (label): TextCase => {
    const old = { text: letter('ab') + letter('cde'), at: 0 }
    const fresh = { text: (label === 1 ? 'a' : 'b') + letter('cde'), at: 100 * 86_400_000 }
    return { records: [old, fresh] }
  })
  return { cases, labels }
}

async function fitted(
  strategy: Strategy,
  withTerms = false,
): Promise<{ parameters: TextModelParameters; right: number }> {
  const encoder = letterEncoder()
  const { cases, labels } = world(300, 1)
  const { vectors } = await encodeCases(encoder, cases, strategy)
  const parameters = fitTextModel(
    { terms: withTerms ? readTerms(cases.map(textOf)) : undefined, vectors, labels, names },
    { strategy, classWeights: 'none', penalty: { vectors: 0.01, terms: 0.01 }, backbone: encoder.id, windowMax: 6 },
  )
  const later = world(200, 2)
  const read = await encodeCases(encoder, later.cases, strategy)
  const probabilities = openTextModel(JSON.parse(JSON.stringify(parameters))).probabilities(
    later.cases.map(textOf),
    read.vectors,
  )
  const right = later.labels.filter((label, row) => probabilities[row * 2 + 1]! > 0.5 === (label === 1)).length / 200
  return { parameters, right }
}

test('attention with time finds what a single vector cannot express', async () => {
  expect((await fitted('visit-wise')).right).toBeGreaterThan(0.97)
  expect((await fitted('newest')).right).toBeLessThan(0.9)
})

test('the same data give the same model', async () => {
  expect((await fitted('visit-wise', true)).parameters).toEqual((await fitted('visit-wise', true)).parameters)
})

test('it may start from parameters of other texts with other terms, with the same result', () => {
  const options = {
    strategy: 'newest',
    classWeights: 'none',
    penalty: { vectors: 1, terms: 0.5 },
    backbone: null,
    windowMax: 0,
  } as const
  const labelled = (count: number, seed: number) => {
    const { cases, labels } = world(count, seed)
    return { terms: readTerms(cases.map(textOf)), vectors: undefined, labels, names: ['lost', 'open', 'won'] }
  }
  const before = fitTextModel(labelled(20, 4), options)
  const given = labelled(200, 1)
  expect(before.terms!.terms).not.toEqual(given.terms.stored.terms)
  const texts = world(50, 3).cases.map(textOf)
  const [cold, warm] = [fitTextModel(given, options), fitTextModel(given, options, before)].map((parameters) =>
    openTextModel(parameters).probabilities(texts, undefined),
  )
  // Both stop when the loss no longer improves, at slightly different points.
  warm!.forEach((probability, place) => expect(Math.abs(probability - cold![place]!)).toBeLessThan(0.01))
})

test('terms alone need no backbone, and score at once', () => {
  const { cases, labels } = world(100, 1)
  const parameters = fitTextModel(
    { terms: readTerms(cases.map(textOf)), vectors: undefined, labels, names },
    {
      strategy: 'newest',
      classWeights: 'balanced',
      penalty: { vectors: 1, terms: 1 },
      backbone: null,
      windowMax: 0,
    },
  )
  const into = new Float64Array(1)
  const scored = text.scorer(parameters)(
    { count: 1, width: 0, rows: new Float32Array(0), texts: [textOf(cases[0]!)] },
    into,
  )
  expect(scored).toBeUndefined()
  expect(into[0]).toBe(openTextModel(parameters).probabilities([textOf(cases[0]!)], undefined)[1])
  const { weights, ...older } = parameters
  expect(() => openTextModel({ ...older, head: weights } as never)).toThrow('made by another one')
})

test('scores in the stream are those of the model, a visit a line', async () => {
  const encoder = letterEncoder('abcdefgh')
  const { parameters } = await fitted('visit-wise')
  const artefact = encodeArtefact({
    task: 'conversion',
    algorithm: 'text',
    featureSet: 'visits@1',
    featureNames: ['visits'],
    parameters,
  })
  expect(() => modelFrom(artefact, 'm')).toThrow('with a backbone, which is not at hand here')
  const runtimes: ScoringRuntimes = {
    onnx: () => () => Promise.reject(new Error('none is needed')),
    texts: (backbone, strategy) => async (cases) => {
      expect(backbone).toBe(encoder.id)
      return (await encodeCases(encoder, cases, strategy)).vectors
    },
  }
  const model = modelFrom(artefact, 'm', runtimes)
  const into = new Float64Array(2)
  const texts = ['ac\nbd', null]
  await model.score({ count: 2, width: 1, rows: new Float32Array(2), texts }, into)
  const cases = casesOfLines(texts)
  const { vectors } = await encodeCases(encoder, cases, 'visit-wise')
  const expected = openTextModel(parameters).probabilities(cases.map(textOf), vectors)
  expect([...into]).toEqual([expected[1], expected[3]])

  // The time between visits counts if the times of the lines are known.
  const lineTimes = [[0, 100 * 86_400_000], null]
  await model.score({ count: 2, width: 1, rows: new Float32Array(2), texts, lineTimes }, into)
  const timed = casesOfLines(texts, lineTimes)
  const withTimes = openTextModel(parameters).probabilities(
    timed.map(textOf),
    (await encodeCases(encoder, timed, 'visit-wise')).vectors,
  )
  expect([...into]).toEqual([withTimes[1], withTimes[3]])
  expect(withTimes[1]).not.toBeCloseTo(expected[1]!, 3)
  expect(withTimes[3]).toBe(expected[3])
})
