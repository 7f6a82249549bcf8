import { createHash } from 'node:crypto'
import { modelFrom } from '../../../../models/artefact.ts'
import { random } from '../../../../models/random.ts'
import { defaultGate, releaseGateSetting } from '../../../../processors/models/release-gate-setting.ts'
import { trainChallenger } from '../../../../retrainer/lifecycle/challenger.ts'
import { monitorTask } from '../../../../retrainer/lifecycle/monitoring/monitor-task.ts'
import { scored } from '../../../../retrainer/lifecycle/scored.ts'
import { trainingSet } from '../../../../retrainer/lifecycle/training-set.ts'
import { DAY_MS, MINUTE_MS } from '../../../../schemas/durations.ts'
import { firstOutcome, outcomes } from '../../../../schemas/models/outcomes.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { listActs } from '../../../../store/models/model-acts.ts'
import { modelReports } from '../../../../store/models/model-reports.ts'
import { registerModel } from '../../../../store/models/models.ts'
import { promoteModel } from '../../../../store/models/release-models.ts'
import { setSetting } from '../../../../store/versioned-settings.ts'
import { learnableTaskNamed } from '../../../../subjects/subjects.ts'
import { putLabelled } from '../../../store/models/put-labelled.ts'
import { outcomeOf, put, scoreOf, START, storeUnderTest } from '../../../store/store-under-test.ts'

const store = storeUnderTest()
const task = learnableTaskNamed('call-conversion')
const { names } = task.features

/** A row whose first number is the signal, whose second is random, and whose other numbers are all 0. */
const rowOf = (signal: number, noise: number) =>
  names.map((_, index) => Math.fround(index === 0 ? signal : index === 1 ? noise : 0))
const sure = (signal: number) => 1 / (1 + Math.exp(-4 * signal))

interface Customer {
  readonly number: number
  readonly at: number
  readonly row: readonly number[]
  readonly label: number
}

/** Customers from a number on, a quarter of an hour apart. */
function customers(
  from: number,
  count: number,
  change: (row: number[]) => number[] = (row) => row,
  labelOf = (signal: number, chance: number) => (chance < sure(signal) ? 1 : 0),
): readonly Customer[] {
  const next = random(from + 1)
  return Array.from({ length: count }, (_, index) => {
    const signal = 2 * next() - 1
    const row = change(rowOf(signal, next()))
    return { number: from + index, at: START + (from + index) * 15 * MINUTE_MS, row, label: labelOf(signal, next()) }
  })
}

const noText = { text: null, lineTimes: null }
const about = (number: number) => ({ task: task.task, customerId: `c${number}`, subjectId: `c${number}` })

/** Trains a model on 400 customers, whose rows are stored with their labels, and promotes it. */
async function released(): Promise<string> {
  const learned = customers(0, 400)
  await putLabelled(store.database, {
    scores: learned.map(({ number, row, at }) =>
      scoreOf(number, { ...about(number), ...noText, featureSet: task.features.id, row, occurredAt: at }),
    ),
    outcomes: learned.map(({ number, label, at }) =>
      outcomeOf(`o${number}`, { ...about(number), value: label, occurredAt: at + MINUTE_MS }),
    ),
  })
  const data = trainingSet(
    learned.map((one) => ({ ...one, text: null })),
    names,
  )
  const { artefact, metrics } = await trainChallenger(data, {
    ...{ task: task.task, algorithm: 'logistic', featureSet: task.features.id, seed: 1 },
  })
  const id = createHash('sha256').update(artefact).digest('hex')
  await registerModel(store.database, {
    ...{ id, task: task.task, algorithm: 'logistic', featureSet: task.features.id, metrics, codeVersion: 'test' },
    artefact: Buffer.from(artefact),
    data: { rows: 400, from: START, newestFrom: learned[250]!.at, to: learned.at(-1)!.at, sha256: 'fingerprint' },
  })
  await promoteModel(store.database, id, 'first')
  return id
}

/** Stores what the model gives the customers, and their labels. */
async function serve(modelId: string, served: readonly Customer[], labels = false): Promise<void> {
  const { artefact } = await store.database
    .selectFrom('models')
    .select('artefact')
    .where('id', '=', modelId)
    .executeTakeFirstOrThrow()
  const data = trainingSet(
    served.map((one) => ({ ...one, text: null })),
    names,
  )
  const model = modelFrom(artefact, modelId)
  const given = await scored((batch, into) => model.score(batch, into), data)
  await put(
    store.database,
    scores,
    served.map(({ number, row, at }, index) =>
      scoreOf(number, {
        ...noText,
        ...{ ...about(number), occurredAt: at, featureSet: task.features.id, row, probability: given[index]!, modelId },
      }),
    ),
  )
  if (!labels) return
  await put(
    store.database,
    outcomes,
    served.map(({ number, at, label }) => ({
      ...outcomeOf(`live-${number}`, { ...about(number), subjectId: `call-${number}` }),
      ...firstOutcome,
      ...{ value: label, asOf: at, occurredAt: at + MINUTE_MS },
    })),
  )
}

const monitor = () => monitorTask(store.database, task)
const acts = async () => (await listActs(store.database, task.task, 9)).filter(({ act }) => act === 'warn')

test('a model that sees and gives what it learned from raises no warning, and expects its quality', async () => {
  const modelId = await released()
  expect(await monitor()).toBeUndefined()
  await serve(modelId, customers(1_000, 1_500), true)
  const { report, newWarnings } = (await monitor())!
  expect(newWarnings).toEqual([])
  expect(report).toMatchObject({
    ...{ task: task.task, modelId, referenceRows: 400, recentRows: 1_500, inputsTested: names.length },
    ...{ inputsDrifted: 0, missingBefore: 0, missingNow: 0, labels: 1_000, warnings: [] },
  })
  expect(report.scoreStabilityIndex).toBeLessThan(0.1)
  expect(report.calibrationError).toBeLessThan(0.1)
  // What is expected without labels is what the labels say, and earlier weeks were as near.
  expect(Math.abs(report.lossExpected! - report.loss!)).toBeLessThan(0.05)
  expect(Math.abs(report.aucExpected! - report.auc!)).toBeLessThan(0.05)
  expect(report.lossExpectedError).toBeLessThan(0.2)
  expect(report.aucExpectedError).toBeLessThan(0.2)
  // The first of 2,500 customers is 400 quarters of an hour after START, the last 2,500 of them.
  expect(report.ageDays).toBeCloseTo((2_499 - 399) * (15 / 1_440), 6)
  expect(await acts()).toEqual([])
  expect(await monitor()).toBeUndefined()
  expect(await monitorTask(store.database, task, { always: true })).toMatchObject({ newWarnings: [] })
})

test('a shifted input, one that is missing, and scores that moved are told once, and published', async () => {
  const modelId = await released()
  await serve(modelId, customers(1_000, 300))
  await monitor()
  const changed = customers(2_000, 2_000, ([signal, noise, ...others]) => [
    signal! + 1,
    noise! < 0.5 ? Number.NaN : noise!,
    ...others,
  ])
  await serve(modelId, changed)
  const { report, newWarnings } = (await monitor())!
  expect(newWarnings.map(({ rule }) => rule)).toEqual(['inputs', 'missing', 'scores'])
  expect(newWarnings[0]!.says).toContain(`2 of ${names.length} inputs are distributed differently`)
  expect(newWarnings[0]!.says).toContain(names[0])
  expect(newWarnings[1]!.says).toMatch(new RegExp(`${names[1]!.replaceAll('.', '\\.')} \\(0 % to (4|5)`))
  expect(report.inputs[0]).toMatchObject({ feature: names[0], band: 'large', drifted: true })
  expect(report.inputs.filter(({ drifted }) => drifted).map(({ feature }) => feature)).toEqual([names[0], names[1]])
  expect(report.missingNow).toBeCloseTo(0.5 / names.length, 2)
  expect((await acts()).map(({ reason, actedBy }) => [reason, actedBy])).toEqual([
    [newWarnings.map(({ says }) => says).join(' '), 'scoreline'],
  ])
  await serve(
    modelId,
    customers(4_000, 2_000, ([signal, ...others]) => [signal! + 1, ...others]),
  )
  expect((await monitor())!.newWarnings).toEqual([])
  expect(await acts()).toHaveLength(1)
  const { rows } = await store.database.pool.query<{ feature: string; drifted: boolean }>(
    'select feature, drifted from bi_input_drift where stability_index > 0.25 and p_value < 0.01 order by measured_at limit 1',
  )
  expect(rows).toEqual([{ feature: names[0], drifted: true }])
})

test('scores that no longer match the labels break the bounds of calibration and loss; without labels nobody knows', async () => {
  const modelId = await released()
  const turned = customers(1_000, 1_500, undefined, (signal, chance) => (chance < sure(-signal) ? 1 : 0))
  await serve(modelId, turned)
  expect((await monitor())!.report).toMatchObject({
    labels: 0,
    loss: null,
    auc: null,
    calibrationError: null,
    bias: null,
  })
  await serve(modelId, turned, true)
  const { report, newWarnings } = (await monitor())!
  expect(newWarnings.map(({ rule }) => rule)).toEqual(['calibration', 'loss'])
  // Confidence can't see it, and says so: it was as wrong in the weeks before.
  expect(report.lossExpected).toBeLessThan(report.loss! - 0.5)
  expect(report.lossExpectedError).toBeGreaterThan(0.5)
})

test('a bound of the gate decides what is told: another age, no bound on inputs', async () => {
  const modelId = await released()
  await setSetting(store.database, releaseGateSetting, {
    ...{ key: task.task, changedBy: 'Ann', expectedVersion: 0 },
    value: { ...defaultGate, inputShiftMax: null, liveScoreShiftMax: null, ageDaysMax: 5 },
  })
  const later = customers(1_000, 200, ([signal, ...others]) => [signal! + 1, ...others])
  await serve(
    modelId,
    later.map((one) => ({ ...one, at: one.at + 10 * DAY_MS })),
  )
  expect((await monitor())!.newWarnings.map(({ rule }) => rule)).toEqual(['age'])
})

test('labels of one class leave the AUC unknown; few rows leave the inputs unknown', async () => {
  const modelId = await released()
  await serve(
    modelId,
    customers(1_000, 60, undefined, () => 0),
    true,
  )
  const { report, newWarnings } = (await monitor())!
  expect(report).toMatchObject({
    labels: 60,
    auc: null,
    aucExpectedError: null,
    inputsTested: 0,
    scoreStabilityIndex: null,
  })
  expect(report.loss).not.toBeNull()
  expect(newWarnings).toEqual([])
  expect(await modelReports(store.database, { task: task.task }, { limit: 9 })).toHaveLength(1)
})
