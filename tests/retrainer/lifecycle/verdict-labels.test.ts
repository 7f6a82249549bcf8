/** Trains a model of verdicts on decided cases; it must beat the weighted sum. */
import { random } from '../../../models/random.ts'
import { retrain } from '../../../retrainer/lifecycle/retrain.ts'
import { countNewLabels, labelsSeen, trainingRows } from '../../../retrainer/lifecycle/learnable-task.ts'
import { cases, type Case } from '../../../schemas/visits/cases.ts'
import { championOf } from '../../../store/models/models.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { evidenceFeatures } from '../../../processors/visits/verdicts/evidence-features.ts'
import { at, decidedCaseOf } from '../../processors/visits/cases/case-fixtures.ts'
import { put, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('false-visit')

function decided(number: number, kinds: readonly string[], changes: Partial<Case>): Case {
  const evidence = kinds.map((kind) => ({ kind, score: 1, text: '', with: null }))
  const assessment = { visitedAt: at(number / 10), evidence, falseScore: 0.15, visitCount: 2 }
  return decidedCaseOf(`v${number}`, assessment, changes)
}

/** A case that was decided on late entry; a model and other evidence have come since. */
function decidedBefore(number: number): Case {
  const [late] = decided(number, ['entered-late'], {}).evidence
  const judged = { verdict: 'suspected_false', falseScore: 0.15, invalidScore: 0.1, evidence: [late!] } as const
  const decidedOn = { ...judged, visitRevision: 0, policyVersion: 3, modelId: null, visitCount: 4 }
  return decided(number, ['entered-late', 'mocked-place'], {
    ...{ falseScore: 0.9, modelId: 'm', visitCount: 9 },
    decidedOn: { ...decidedOn, conversionProbability: null },
  })
}

test('only cases with a valid decision are used; a randomly sampled visit counts for more', async () => {
  await put(store.database, cases, [
    decided(0, ['entered-late'], {}),
    decided(1, [], { decision: 'dismissed', origin: 'sampled', propensity: 0.005 }),
    decided(2, ['entered-late'], { decision: 'harmless' }),
    decided(3, ['entered-late'], { status: 'proposed' }),
    decided(4, ['entered-late'], { claim: 'invalid' }),
    decided(5, ['mocked-place'], { falseScore: 0.93, modelId: 'm', propensity: 0.5 }),
  ])
  await put(store.database, cases, [decidedBefore(6)])
  const { rows } = await trainingRows(task, store.database)
  expect(rows.map(({ subjectId, label, weight, formulaScore }) => [subjectId, label, weight, formulaScore])).toEqual([
    ['v0', 1, 1, 0.15],
    ['v1', 0, 20, 0.15],
    // A model gave this score; the default weights would have given 0.6.
    ['v5', 1, 2, 0.6],
    ['v6', 1, 1, 0.15],
  ])
  const late = evidenceFeatures.names.indexOf('evidence.entered-late')
  expect(rows.map(({ row }) => row[late])).toEqual([1, 0, 0, 1])
  expect(rows[0]!.row[evidenceFeatures.names.indexOf('evidence.visitCount')]).toBe(2)
  // Evidence from after the decision is not used for training.
  expect(rows[3]!.row[evidenceFeatures.names.indexOf('evidence.mocked-place')]).toBe(0)
  expect(rows[3]!.row[evidenceFeatures.names.indexOf('evidence.visitCount')]).toBe(4)
  const seen = await labelsSeen(task, store.database)
  expect(seen.labels).toBe(4)
  const last = { labels: 3, labelsKnownTo: new Date(at(0)) }
  expect(await countNewLabels(task, store.database, seen, last)).toBe(4)
  expect(await countNewLabels(task, store.database, seen, { labels: 3, labelsKnownTo: seen.knownTo })).toBe(1)
})

test('a model that is better than the weights is released, and names its baseline', async () => {
  const next = random(3)
  // Reviewers confirm late entries, to which the weights give little, and dismiss bursts, which have the same weight.
  const many = Array.from({ length: 240 }, (_, i) => {
    const isLate = next() < 0.5
    const isFalse = next() < (isLate ? 0.85 : 0.1)
    return decided(i, [isLate ? 'entered-late' : 'burst-before-period-end'], {
      decision: isFalse ? 'confirmed' : 'dismissed',
    })
  })
  await put(store.database, cases, many)
  const result = await retrain(task, { database: store.database, codeVersion: 'test', compare: true })
  expect(result).toMatchObject({ kind: 'trained', algorithm: 'logistic', promote: true, against: 'formula' })
  expect(result).toMatchObject({ reason: expect.stringMatching(/lower than the formula’s on the 60 newest rows/) })
  expect(await championOf(store.database, 'false-visit')).toMatchObject({ featureSet: 'visit-evidence@1' })
})
