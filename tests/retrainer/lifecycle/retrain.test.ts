import { learnableTasks, learnableTaskNamed } from '../../../subjects/subjects.ts'
import { retrain } from '../../../retrainer/lifecycle/retrain.ts'
import { firstOutcome, type Outcome } from '../../../schemas/models/outcomes.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import type { SelectionReport } from '../../../models/evaluation/selection-report.ts'
import { random } from '../../../models/random.ts'
import { openScoringRuntimes } from '../../../runtimes/scoring-runtimes.ts'
import { backboneFolder } from '../../models/text/python-reference.ts'
import { openDatabase, type Database } from '../../../store/database.ts'
import { decodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { championOf, listModels } from '../../../store/models/models.ts'
import { publishOutbox, type OutboxEntry } from '../../../store/operations/outbox.ts'
import { trainingRows } from '../../../retrainer/lifecycle/learnable-task.ts'
import { putLabelled } from '../../store/models/put-labelled.ts'
import { migratedDatabase } from '../../support/services.ts'

const task = learnableTaskNamed('call-conversion')
const START = Date.UTC(2026, 0, 1)

let fresh: Awaited<ReturnType<typeof migratedDatabase>>
let database: Database
beforeEach(async () => {
  fresh = await migratedDatabase()
  database = openDatabase({ url: fresh.url, poolMax: 2 })
})
afterEach(async () => {
  await database.destroy()
  await fresh.drop()
})

function served(customer: number, hour: number, signal: number, of = task, text: string | null = null): Score {
  return {
    id: `s${customer}/${hour}`,
    occurredAt: START + hour * HOUR_MS,
    source: 'test',
    task: of.task,
    subjectId: `c${customer}`,
    customerId: `c${customer}`,
    opportunityId: null,
    salespersonId: null,
    visitCount: null,
    probability: null,
    modelId: null,
    absent: 'No model.',
    featureSet: of.features.id,
    row: of.features.names.map((_, index) => (index === 0 ? signal : 0)),
    text,
    lineTimes: null,
    inputTopic: null,
    inputPartition: null,
    inputOffset: null,
    featuresId: null,
    propensity: null,
    acted: null,
  }
}

function outcome(customer: number, hour: number, value: number, of = task): Outcome {
  return {
    id: `o${customer}`,
    occurredAt: START + (hour + 5) * HOUR_MS,
    source: 'test',
    customerId: `c${customer}`,
    task: of.task,
    subjectId: `call-${customer}`,
    value,
    asOf: START + hour * HOUR_MS,
    ...firstOutcome,
  }
}

/**
 * Stores customers whose first number determines, by a logistic law, how likely they convert; they are scored before
 * the outcome and, misleadingly, once after it.
 */
async function fill(count: number, strength: number, of = task): Promise<void> {
  const next = random(7)
  const rows: Score[] = []
  const truths: Outcome[] = []
  for (let customer = 0; customer < count; customer++) {
    const signal = 2 * next() - 1
    const converts = next() < 1 / (1 + Math.exp(-strength * signal)) ? 1 : 0
    const said = of.task === task.task ? null : converts === 1 ? '客户很满意' : '客户嫌贵'
    rows.push(
      served(customer, customer, signal, of, said),
      served(customer, customer + 2, converts === 1 ? -100 : 100, of, said),
    )
    truths.push(outcome(customer, customer + 1, converts, of))
  }
  await putLabelled(database, { scores: rows, outcomes: truths })
}

test('the rows are those that were served before the moment of the outcome, not the newest ones', async () => {
  await fill(20, 3)
  const { rows, sampling } = await trainingRows(task, database)
  expect(rows).toHaveLength(20)
  for (const { row } of rows) expect(Math.abs(row[0]!)).toBeLessThanOrEqual(1)
  expect(sampling).toEqual({ available: 20, rowsMax: 50_000, olderShare: 1 })
})

test('of more rows than the maximum the newest half is kept whole, and the model says what it learned from', async () => {
  await fill(400, 4)
  const result = await retrain(task, { database, codeVersion: 'test', rowsMax: 200 })
  expect(result).toMatchObject({ kind: 'trained', newestRows: 50 })
  const { rows } = await trainingRows(task, database, 200)
  expect(rows.slice(100).map(({ customerId }) => customerId)).toEqual(
    Array.from({ length: 100 }, (_, index) => `c${300 + index}`),
  )
  const [model] = await listModels(database)
  expect(model!.data).toMatchObject({ rows: 200, sampling: { available: 400, rowsMax: 200, olderShare: 100 / 300 } })
})

test('a first model that beats the base rate is released, through the outbox; the same data give the same model and no second release', async () => {
  await fill(600, 4)
  const first = await retrain(task, { database, codeVersion: 'test' })
  if (first.kind !== 'trained') throw new Error(first.kind)
  expect(first).toMatchObject({ against: 'baseline', promote: true })
  expect(first.metrics['auc']).toBeGreaterThan(0.7)
  expect((await championOf(database, task.task))?.id).toBe(first.modelId)

  const entries: OutboxEntry[] = []
  await publishOutbox(database, (entry) => Promise.resolve(void entries.push(entry)))
  expect(entries.map(({ topic, event }) => [topic, (event as { modelId: string }).modelId])).toEqual([
    ['model-acts', first.modelId],
    ['releases', first.modelId],
  ])

  const again = await retrain(task, { database, codeVersion: 'test' })
  expect(again).toMatchObject({ kind: 'trained', modelId: first.modelId, against: 'champion', promote: false })
  expect(await publishOutbox(database, () => Promise.reject(new Error('nothing should wait')))).toBe(0)
  expect(await listModels(database, task.task)).toHaveLength(1)
})

test('where the propensity is on record, the newest rows are also weighed for all subjects', async () => {
  const next = random(9)
  const customers = Array.from({ length: 800 }, (_, customer) => {
    const signal = 2 * next() - 1
    const propensity = signal > 0 ? 1 : 0.25
    return {
      customer,
      signal,
      propensity,
      converts: next() < 1 / (1 + Math.exp(-4 * signal)),
      acted: next() < propensity,
    }
  }).filter(({ acted }) => acted)
  await putLabelled(database, {
    scores: customers.map(({ customer, signal, propensity, acted }) => ({
      ...served(customer, customer, signal),
      propensity,
      acted,
    })),
    outcomes: customers.map(({ customer, converts }) => outcome(customer, customer + 1, converts ? 1 : 0)),
  })
  await retrain(task, { database, codeVersion: 'test' })
  const [model] = await listModels(database)
  const { selection, newestRows } = model!.data as { readonly selection: SelectionReport; readonly newestRows: number }
  const known = customers.slice(-newestRows)
  expect(selection).toMatchObject({ rows: newestRows, weighed: newestRows, unknown: 0, clipped: 0 })
  expect(selection.explored).toBe(known.filter(({ propensity }) => propensity < 1).length)
  const { unweighted, weighted } = selection.metrics['meanLabel']!
  expect(weighted.estimate).toBeLessThan(unweighted.estimate)
  expect(model!.gate!.checks.find(({ rule }) => rule === 'selection')).toMatchObject({ passed: true, bound: 0 })
})

test('every algorithm of the kind is tried on the same rows and registered, and the best is released', async () => {
  await fill(400, 6)
  const result = await retrain(task, { database, codeVersion: 'test', compare: true })
  if (result.kind !== 'trained') throw new Error(result.kind)
  expect(result.candidates.map(({ algorithm }) => algorithm)).toEqual(['logistic', 'gbm', 'deep'])
  const lossOf = (name: string) => result.candidates.find(({ algorithm }) => algorithm === name)!.metrics['logLoss']!
  expect(lossOf(result.algorithm)).toBe(Math.min(...result.candidates.map(({ algorithm }) => lossOf(algorithm))))
  const models = await listModels(database, task.task)
  expect(models.map(({ algorithm }) => algorithm).sort()).toEqual(['deep', 'gbm', 'logistic'])
  expect(models.find(({ id }) => id === result.modelId)!.data['comparedWith']).toEqual(['logistic', 'gbm', 'deep'])
  expect((await championOf(database, task.task))!.id).toBe(result.modelId)
  for (const { difference, against, metrics } of result.candidates) {
    expect(against).toBe('baseline')
    const own = models.find(({ metrics: theirs }) => theirs['logLoss'] === metrics['logLoss'])!
    expect(own.data).toMatchObject({ difference, against })
    expect(difference.lower).toBeLessThan(difference.upper)
  }
})

test('the text model on a backbone is compared too; if that takes too long the others are, and it is reported', async () => {
  const conversion = learnableTaskNamed('conversion')
  await fill(200, 6, conversion)
  const backbone = { folder: backboneFolder('bge-small-zh'), precision: 'int8', threads: 1 } as const
  const runtimes = openScoringRuntimes({ backbone })
  const asked = { database, codeVersion: 'test', compare: true, runtimes }
  const late = await retrain(conversion, { ...asked, aids: { backbone, timeMaxMs: 1 } })
  if (late.kind !== 'trained') throw new Error(late.kind)
  expect(late.leftOut).toEqual([{ algorithm: 'text', reason: 'it was not done after 0 s' }])
  const [registered] = await listModels(database, conversion.task)
  expect(registered!.data).toMatchObject({ best: late.algorithm, leftOut: late.leftOut })

  const result = await retrain(conversion, { ...asked, aids: { backbone, timeMaxMs: 600_000 } })
  if (result.kind !== 'trained') throw new Error(result.kind)
  expect(result.leftOut).toEqual([])
  expect(result.candidates.map(({ algorithm }) => algorithm)).toContain('text')
  const best = result.candidates.filter(({ lossBeyond }) => lossBeyond === null)
  expect(best.map(({ algorithm }) => algorithm)).toEqual([result.algorithm])
  for (const { lossBeyond } of result.candidates) if (lossBeyond !== null) expect(lossBeyond!.upper).toBeGreaterThan(-1)
  // Without a time limit or without a backbone, the text model is not tried.
  const without = await retrain(conversion, { ...asked, aids: { backbone } })
  expect(without).toMatchObject({ kind: 'trained', leftOut: [] })
  await runtimes.close()
}, 120_000)

test('if protected attributes are forbidden no model sees them, and the cost of that is stored with it', async () => {
  await fill(400, 6)
  const result = await retrain(task, { database, codeVersion: 'test', useProtected: false })
  if (result.kind !== 'trained') throw new Error(result.kind)
  const [model] = await listModels(database, task.task)
  expect(model!.data).toMatchObject({
    protectedAttributes: 'not used',
    metricsWithProtected: { auc: expect.any(Number) as number },
  })
  const artefact = decodeArtefact(result.artefact)
  const hidden = task.features.names.filter((_, feature) => !artefact.chosen!.includes(feature))
  expect(hidden).toEqual(expect.arrayContaining(['profile.age', 'profile.isMale']))
  const scorer = modelFrom(result.artefact, 'id')
  const row = new Float32Array(task.features.names.length).fill(0.5)
  const changed = row.slice()
  for (const name of hidden) changed[task.features.names.indexOf(name)] = 7
  const scores = new Float64Array(2)
  await scorer.score({ count: 2, width: row.length, rows: Float32Array.of(...row, ...changed), texts: [] }, scores)
  expect(scores[0]).toBe(scores[1])
})

test('an uninformative model is kept as a challenger and not released', async () => {
  await fill(400, 0)
  const result = await retrain(task, { database, codeVersion: 'test' })
  expect(result).toMatchObject({ kind: 'trained', promote: false })
  expect(await championOf(database, task.task)).toBeUndefined()
  expect((await listModels(database)).map(({ status }) => status)).toEqual(['challenger'])
})

test('too few outcomes are no model', async () => {
  await fill(10, 3)
  expect(await retrain(task, { database, codeVersion: 'test' })).toEqual({
    kind: 'too-few-rows',
    rows: 10,
    needed: 100,
  })
})

test('every task that is scored can be learned', () => {
  expect(learnableTasks.map(({ task }) => task).sort()).toEqual([
    'call-conversion',
    'conversion',
    'false-visit',
    'loan-demand',
    'preferences',
    'recommendation',
  ])
})
