import { random } from '../../../models/random.ts'
import { dictionarySetting } from '../../../processors/recommendations/dictionary-setting.ts'
import { learnableTaskNamed } from '../../../subjects/subjects.ts'
import { trainTask } from '../../../retrainer/lifecycle/train-task.ts'
import { firstOutcome, type Outcome } from '../../../schemas/models/outcomes.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { decodeArtefact } from '../../../models/artefact.ts'
import { setSetting } from '../../../store/versioned-settings.ts'
import { championOf, listModels } from '../../../store/models/models.ts'
import { putLabelled } from '../../store/models/put-labelled.ts'
import { storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('recommendation')
const START = Date.UTC(2026, 0, 1)

/**
 * Stores an organisation per hour; its first number predicts the low rate, its second the cover. Other characteristics
 * are rarely accepted.
 */
async function fill(count: number, of = task): Promise<void> {
  const next = random(3)
  const served: Score[] = []
  const taken: Outcome[] = []
  for (let customer = 0; customer < count; customer++) {
    const customerId = `c${customer}`
    const occurredAt = START + customer * HOUR_MS
    const row = of.features.names.map((_, place) => (place < 2 ? 2 * next() - 1 : 0))
    served.push({
      id: `s${customer}`,
      occurredAt,
      source: 'test',
      task: of.task,
      subjectId: customerId,
      customerId,
      opportunityId: null,
      salespersonId: null,
      visitCount: null,
      probability: null,
      modelId: null,
      absent: 'No model.',
      featureSet: of.features.id,
      row,
      text: null,
      lineTimes: null,
      inputTopic: null,
      inputPartition: null,
      inputOffset: null,
      featuresId: null,
      propensity: null,
      acted: null,
    })
    const outcome = (subjectId: string, value: number) =>
      taken.push({
        id: `${customerId}/${subjectId}`,
        occurredAt: occurredAt + HOUR_MS,
        source: 'test',
        customerId,
        task: of.task,
        subjectId,
        value,
        asOf: occurredAt + 60_000,
        ...firstOutcome,
      })
    outcome('low-rate', row[0]! > 0 ? 1 : 0)
    outcome('group-cover', row[1]! > 0 ? 1 : 0)
    if (customer < 5) outcome('fast-approval', customer % 2)
  }
  await putLabelled(store.database, { scores: served, outcomes: taken })
}

test('too few rows are reported', async () => {
  await fill(60)
  expect(await trainTask(task, { database: store.database, codeVersion: 'test' })).toEqual({
    kind: 'too-few-rows',
    rows: 60,
    needed: 100,
  })
})

test('a model is trained on accepted items, bound to the active dictionary, registered and promoted', async () => {
  await fill(500)
  const { characteristics } = dictionarySetting.lists
  const key = 'group-cover'
  const value = { ...characteristics.defaults.get(key)!, name: 'Cover' }
  await setSetting(store.database, characteristics, { key, value, changedBy: 'test', expectedVersion: 0 })
  const result = await trainTask(task, { database: store.database, codeVersion: 'test' })
  expect(result).toMatchObject({ kind: 'trained', algorithm: 'deep-labels', promote: true, against: 'baseline' })
  const champion = (await championOf(store.database, task.task))!
  expect(decodeArtefact(champion.artefact)).toMatchObject({
    outputs: ['group-cover', 'low-rate'],
    dictionaryVersion: 1,
  })
  expect(champion.metrics['auc']).toBeGreaterThan(0.9)
  expect(champion.data).toMatchObject({ dictionaryVersion: 1, labelledRows: 500, outputs: ['group-cover', 'low-rate'] })
  expect(champion.data['tooFew']).toContainEqual({ id: 'fast-approval', labels: 5 })

  // A retired characteristic is not part of the next model, and the champion is compared on the others.
  const retired = { ...value, retired: true }
  await setSetting(store.database, characteristics, { key, value: retired, changedBy: 'test', expectedVersion: 1 })
  const next = await trainTask(task, { database: store.database, codeVersion: 'test' })
  expect(next).toMatchObject({ against: 'champion' })
  const [newest] = await listModels(store.database, task.task)
  expect(newest!.data).toMatchObject({ dictionaryVersion: 2, outputs: ['low-rate'] })
}, 90_000)

test('interests are learned from whatever products outcomes name, and both ways to learn are compared', async () => {
  const preferences = learnableTaskNamed('preferences')
  await fill(300, preferences)
  const options = { database: store.database, codeVersion: 'test', compare: true }
  const result = await trainTask(preferences, options)
  expect(result).toMatchObject({ kind: 'trained', promote: true, against: 'baseline' })
  if (result.kind !== 'trained') throw new Error(result.kind)
  expect(result.candidates.map(({ algorithm }) => algorithm)).toEqual(['deep-labels', 'gbm-labels'])
  const artefact = decodeArtefact((await championOf(store.database, 'preferences'))!.artefact)
  expect(artefact).toMatchObject({ featureSet: 'preferences@1', outputs: ['group-cover', 'low-rate'] })
  expect(artefact.dictionaryVersion).toBeUndefined()
  await expect(trainTask(preferences, { ...options, calibrate: 'platt' })).rejects.toThrow('several probabilities')
})
