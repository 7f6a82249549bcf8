import { random } from '../../../../models/random.ts'
import { defaultGate, releaseGateSetting } from '../../../../processors/models/release-gate-setting.ts'
import { retrain, type Retraining } from '../../../../retrainer/lifecycle/retrain.ts'
import { HOUR_MS } from '../../../../schemas/durations.ts'
import { firstOutcome } from '../../../../schemas/models/outcomes.ts'
import { freezeOf, listActs } from '../../../../store/models/model-acts.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { championOf, modelById } from '../../../../store/models/models.ts'
import { freezeTask, promoteModel } from '../../../../store/models/release-models.ts'
import { setSetting } from '../../../../store/versioned-settings.ts'
import { learnableTaskNamed, learnableTasks } from '../../../../subjects/subjects.ts'
import { putLabelled } from '../../../store/models/put-labelled.ts'
import { outcomeOf, put, scoreOf, START, storeUnderTest } from '../../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('call-conversion')
const options = () => ({ database: store.database, codeVersion: 'test' })

/** Stores served customers whose first number determines the label, in the direction of `sign`. */
async function fill(from: number, count: number, sign: 1 | -1): Promise<void> {
  const next = random(from + 1)
  const customers = Array.from({ length: count }, (_, index) => {
    const signal = 2 * next() - 1
    return { number: from + index, signal, value: next() < 1 / (1 + Math.exp(-6 * sign * signal)) ? 1 : 0 }
  })
  const about = (number: number) => ({ task: task.task, customerId: `c${number}` })
  const served = customers.map(({ number, signal }) =>
    scoreOf(number, {
      ...about(number),
      id: `s${number}`,
      subjectId: `c${number}`,
      occurredAt: START + number * HOUR_MS,
      featureSet: task.features.id,
      row: task.features.names.map((_, index) => (index === 0 ? signal : 0)),
      probability: sign * signal > 0 ? 0.9 : 0.1,
      modelId: 'former',
    }),
  )
  await put(store.database, scores, served)
  const outcomes = customers.map(({ number, value }) => ({
    ...outcomeOf(`o${number}`, { ...about(number), subjectId: `call-${number}`, value }),
    ...firstOutcome,
    occurredAt: START + (number + 5) * HOUR_MS,
    asOf: START + number * HOUR_MS,
  }))
  await putLabelled(store.database, { scores: served, outcomes })
}

async function trained(): Promise<Extract<Retraining, { kind: 'trained' }>> {
  const result = await retrain(task, options())
  if (result.kind !== 'trained') throw new Error(result.kind)
  return result
}

/** Says that the champion gave the scores that were stored. */
const scoredBy = (modelId: string) =>
  store.database.updateTable('scores').set({ modelId }).where('task', '=', task.task).execute()

test('every task that is learned has a gate', () => {
  expect([...releaseGateSetting.defaults.keys()].sort()).toEqual(learnableTasks.map((one) => one.task).sort())
})

test('the decision is stored with the model, with its numbers and the version of the gate', async () => {
  await setSetting(store.database, releaseGateSetting, {
    key: task.task,
    value: { ...defaultGate, labelsMin: 50 },
    changedBy: 'Ann',
    expectedVersion: 0,
  })
  await fill(0, 400, 1)
  const { modelId, promote } = await trained()
  expect(promote).toBe(true)
  const { gate } = (await modelById(store.database, modelId))!
  expect(gate).toMatchObject({ version: 1, passed: true, held: false })
  expect(gate!.checks.map(({ rule, passed }) => [rule, passed])).toEqual([
    ['better', true],
    ['labels', true],
    ['reference', null],
    ['selection', null],
    ['calibration', true],
    ['groups', null],
    ['latency', true],
    ['shift', null],
    ['moved', null],
  ])
  const [act] = await listActs(store.database, task.task, 1)
  expect(act).toMatchObject({ act: 'promote', actedBy: 'scoreline', numbers: { labels: 100 } })
})

test('a rule that is not met keeps the champion, and says so', async () => {
  await setSetting(store.database, releaseGateSetting, {
    key: task.task,
    value: { ...defaultGate, labelsMin: 500 },
    changedBy: 'Ann',
    expectedVersion: 0,
  })
  await fill(0, 400, 1)
  const { promote, reason } = await trained()
  expect(promote).toBe(false)
  expect(reason).toContain('100 labelled rows to measure it on; the rule `labels` sets 500.')
  expect(await championOf(store.database, task.task)).toBeUndefined()
})

test('a better model that would move many customers across the threshold is held, until a person decides', async () => {
  await fill(0, 200, -1)
  const former = await trained()
  expect(former.promote).toBe(true)
  await scoredBy(former.modelId)
  await fill(1_000, 600, 1)
  const held = await trained()
  expect(held.difference.upper).toBeLessThan(0)
  expect(held).toMatchObject({ promote: false })
  expect(held.reason).toMatch(/It is held: \d+ of 200 customers would move across the threshold 0.5/)
  expect((await championOf(store.database, task.task))!.id).toBe(former.modelId)
  const [act] = await listActs(store.database, task.task, 1)
  expect(act).toMatchObject({ act: 'hold', modelId: held.modelId })
  expect(act!.numbers['moved']).toBeGreaterThan(0.3)
  await promoteModel(store.database, held.modelId, 'the world has turned', { by: 'Ann' })
  expect((await championOf(store.database, task.task))!.id).toBe(held.modelId)
})

test('a frozen task keeps its champion, whatever is trained', async () => {
  await freezeTask(store.database, task.task, true, { by: 'Ann', reason: 'audit' })
  await fill(0, 400, 1)
  const { promote, reason } = await trained()
  expect(promote).toBe(false)
  expect(reason).toContain('is frozen by Ann: audit')
  expect(await championOf(store.database, task.task)).toBeUndefined()
  expect(await freezeOf(store.database, task.task)).toBeDefined()
})
