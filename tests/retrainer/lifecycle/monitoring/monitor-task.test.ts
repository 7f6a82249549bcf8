import { defaultGate, releaseGateSetting } from '../../../../processors/models/release-gate-setting.ts'
import { monitorTask } from '../../../../retrainer/lifecycle/monitoring/monitor-task.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import { listActs } from '../../../../store/models/model-acts.ts'
import { modelReports } from '../../../../store/models/model-reports.ts'
import { setSetting } from '../../../../store/versioned-settings.ts'
import { storeUnderTest } from '../../../store/store-under-test.ts'
import { customers, names, released, serve, sure, task } from './monitored-model.ts'

const store = storeUnderTest()
const monitor = () => monitorTask(store.database, task)
const acts = async () => (await listActs(store.database, task.task, 9)).filter(({ act }) => act === 'warn')

test('a model that sees and gives what it learned from raises no warning, and expects its quality', async () => {
  const modelId = await released(store.database)
  expect(await monitor()).toBeUndefined()
  await serve(store.database, modelId, customers(1_000, 1_500), true)
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
  const modelId = await released(store.database)
  await serve(store.database, modelId, customers(1_000, 300))
  await monitor()
  const changed = customers(2_000, 2_000, ([signal, noise, ...others]) => [
    signal! + 1,
    noise! < 0.5 ? Number.NaN : noise!,
    ...others,
  ])
  await serve(store.database, modelId, changed)
  const { report, newWarnings } = (await monitor())!
  expect(newWarnings.map(({ rule }) => rule)).toEqual(['inputs', 'missing', 'scores'])
  expect(newWarnings[0]!.says).toContain(`2 of ${names.length} inputs moved away`)
  expect(newWarnings[0]!.says).toContain(names[0])
  expect(newWarnings[1]!.says).toMatch(new RegExp(`${names[1]!.replaceAll('.', '\\.')} \\(0 % to (4|5)`))
  expect(report.inputs[0]).toMatchObject({ feature: names[0], band: 'large', drifted: true })
  expect(report.inputs.filter(({ drifted }) => drifted).map(({ feature }) => feature)).toEqual([names[0], names[1]])
  expect(report.missingNow).toBeCloseTo(0.5 / names.length, 2)
  expect((await acts()).map(({ reason, actedBy }) => [reason, actedBy])).toEqual([
    [newWarnings.map(({ says }) => says).join(' '), 'scoreline'],
  ])
  await serve(
    store.database,
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
  const modelId = await released(store.database)
  const turned = customers(1_000, 1_500, undefined, (signal, chance) => (chance < sure(-signal) ? 1 : 0))
  await serve(store.database, modelId, turned)
  expect((await monitor())!.report).toMatchObject({
    labels: 0,
    loss: null,
    auc: null,
    calibrationError: null,
    bias: null,
  })
  await serve(store.database, modelId, turned, true)
  const { report, newWarnings } = (await monitor())!
  expect(newWarnings.map(({ rule }) => rule)).toEqual(['calibration', 'loss'])
  // Confidence can't see it, and says so: it was as wrong in the weeks before.
  expect(report.lossExpected).toBeLessThan(report.loss! - 0.5)
  expect(report.lossExpectedError).toBeGreaterThan(0.5)
})

test('what differed already at the release is not told, but how old the rows are, if the gate has a bound', async () => {
  const modelId = await released(store.database)
  await setSetting(store.database, releaseGateSetting, {
    ...{ key: task.task, changedBy: 'Ann', expectedVersion: 0 },
    value: { ...defaultGate, ageDaysMax: 5 },
  })
  const later = customers(1_000, 200, ([signal, ...others]) => [signal! + 1, ...others])
  await serve(
    store.database,
    modelId,
    later.map((one) => ({ ...one, at: one.at + 10 * DAY_MS })),
  )
  expect((await monitor())!.newWarnings.map(({ rule }) => rule)).toEqual(['age'])
})

test('labels of one class leave the AUC unknown; few rows leave the inputs unknown', async () => {
  const modelId = await released(store.database)
  await serve(
    store.database,
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
