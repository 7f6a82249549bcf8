import { algorithmNamed } from '../../../../models/algorithms.ts'
import { random } from '../../../../models/random.ts'
import { predictedLabels, labelTextProbabilities } from '../../../../models/text/label-text-model.ts'
import { hasLabelSets, labelSetsOf } from '../../../../retrainer/training/texts/label-sets.ts'
import { casesOf } from '../../../../retrainer/training/texts/text-cases.ts'
import { trainOnLabelSets } from '../../../../retrainer/training/texts/train-on-label-sets.ts'
import { encodeCases } from '../../../../runtimes/text/encode-cases.ts'
import { letterEncoder } from '../../../models/text/letter-encoder.ts'

const encoder = letterEncoder('abcdefgh', 6)
const next = random(6)
const rows = Array.from({ length: 300 }, () => {
  const letters = [...'abcde'].filter(() => next() < 0.4)
  const topics = letters.filter((letter) => 'abc'.includes(letter) && next() < 0.95)
  return { text: letters.join(' '), topics, written: topics.join(' | ') }
})
const cases = casesOf(rows, { text: 'text' })
const placeOf = (row: number) => `row ${row + 1}`

test('lists, and texts with a separator, are the same sets of labels; invalid names are refused with their place', () => {
  const sets = labelSetsOf(rows, cases, 'topics', undefined, placeOf)
  expect(sets.names).toEqual(['a', 'b', 'c'])
  expect(labelSetsOf(rows, cases, 'written', '|', placeOf)).toEqual(sets)
  expect([hasLabelSets(rows, 'topics', undefined), hasLabelSets(rows, 'written', undefined)]).toEqual([true, false])
  const wrong = [
    { text: 'x', topics: ['a'] },
    { text: 'y', topics: ['a', {}] },
  ]
  expect(() => labelSetsOf(wrong, casesOf(wrong, { text: 'text' }), 'topics', undefined, placeOf)).toThrow(
    'The field "topics" of row 2 has {}: its labels must be names.',
  )
})

test('each label is predicted separately, far better than by its share, and a text has any number of them', async () => {
  const sets = labelSetsOf(rows, cases, 'topics', undefined, placeOf)
  // A label with a single case can’t be learned.
  const names = [...sets.names, 'once']
  const labels = Uint8Array.from({ length: rows.length * 4 }, (_, at) =>
    at % 4 === 3 ? Number(at === 3) : sets.labels[Math.floor(at / 4) * 3 + (at % 4)]!,
  )
  const training = await trainOnLabelSets(
    cases,
    { names, labels },
    { encoder, strategies: ['newest'], withTerms: false, classWeights: 'none', seed: 1 },
  )
  const { parameters, metrics, baselines, skippedLabels, testRows, finalProbabilities } = training
  expect(skippedLabels).toEqual(['once'])
  expect(parameters.labels).toEqual(['a', 'b', 'c'])
  expect(metrics['microF1']!.estimate).toBeGreaterThan(0.9)
  expect(metrics['logLoss']!.estimate).toBeLessThan(0.6 * baselines.shares['logLoss']!.estimate)
  // The parameters score the same after a round trip through JSON.
  const stored = JSON.parse(JSON.stringify(parameters)) as typeof parameters
  const tested = Array.from(testRows, (row) => cases.cases[row]!)
  const { vectors } = await encodeCases(encoder, tested, stored.strategy)
  const given = labelTextProbabilities(stored)(
    tested.map(({ records }) => records[0]!.text),
    vectors,
  )
  expect([...given]).toEqual([...finalProbabilities])
  expect(predictedLabels(stored, Float64Array.of(1, 0, 1))).toEqual(['a', 'c'])
  expect(algorithmNamed('text-labels')!.outputs!(stored)).toBe(3)
})
