import { customerFeaturesProcessor } from '../../../processors/customers/customer-features.ts'
import { labelJoin } from '../../../processors/models/label-join.ts'
import { labelRules } from '../../../processors/models/labels/label-rules.ts'
import type { Processor } from '../../../processors/processor.ts'
import { conversion } from '../../../processors/visits/conversion.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { labelledRows, type LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { createWorld } from '../../../simulator/world.ts'
import { servedRows } from '../../../store/models/training-data.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { learnableTasks, topicNamed } from '../../../subjects/subjects.ts'
import { decided, joined, scored } from '../../processors/models/labels/label-fixtures.ts'
import { put, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const published = (processor: Processor, inputs: readonly ReplayInput[]) => {
  const read = new Set(processor.inputs.map(({ topic }) => topic.name))
  return createReplay(processor).run(
    inputs.filter(({ topic }) => read.has(topic.name)),
    noGlobals,
  )
}

test('in the simulated world the labels are those that the retrainer finds in the database', async () => {
  const { database } = store
  const startAt = Date.UTC(2026, 0, 4, 16)
  const world = createWorld({ seed: 'labels', startAt, customers: 25, salespeople: 3, teams: 1 })
  const arrivals = [...world.history(startAt, startAt + 60 * DAY_MS)].map(({ topic, event }): ReplayInput => ({
    topic: topicNamed(topic)!,
    value: event,
  }))
  const served = [
    ...(await published(conversion, arrivals)),
    ...(await published(customerFeaturesProcessor, arrivals)),
  ].map(({ topic, value }) => ({ topic, value }))
  const of = <T>(topic: { readonly name: string }, all: readonly ReplayInput[]) =>
    all.filter((one) => one.topic.name === topic.name).map(({ value }) => value as T)
  await put(database, customerFeatures, of<CustomerFeatures>(customerFeatures, served))
  await put(database, scores, of<Score>(scores, served))
  await put(database, outcomes, of<Outcome>(outcomes, arrivals))
  // The join reads all outcomes before any row: the worst order that topics can be read in.
  const labels = new Map(
    (await published(labelJoin, [...arrivals, ...served])).map(({ value }) => {
      const label = value as LabelledRow
      return [`${label.customerId}/${label.labelId}`, label]
    }),
  )
  for (const { task, features } of learnableTasks.filter((one) => labelRules.has(one.task))) {
    const expected = await servedRows(database, task, features.id)
    const found = [...labels.values()].filter((one) => one.task === task && one.status === 'labelled')
    const text = (numbers: readonly number[]) => numbers.map((number) => Math.fround(number)).join(' ')
    expect(
      found.map((one) => [one.customerId, one.subjectId, one.label, one.servedAt, text(one.row)].join()).sort(),
    ).toEqual(expected.map((one) => [one.customerId, one.subjectId, one.label, one.at, text(one.row)].join()).sort())
    if (task !== 'recommendation') expect(found.length).toBeGreaterThan(10)
  }
})

test('a label that never joined a row does not replace one that did', async () => {
  const { database } = store
  const rowsOf = async (inputs: readonly ReplayInput[]) => (await joined(inputs)).labels
  const stored = () => database.selectFrom('labelled_rows').select(['label', 'status', 'row']).execute()
  await put(database, labelledRows, await rowsOf([scored(1), decided('x', 2)]))
  const labelled = [{ label: 1, status: 'labelled', row: [1, Number.NaN] }]
  expect(await stored()).toEqual(labelled)
  // Of a correction that came when the join had forgotten the row.
  await put(database, labelledRows, await rowsOf([decided('y', 400, { revision: 1, value: 0 })]))
  expect(await stored()).toEqual(labelled)
  await put(database, labelledRows, await rowsOf([scored(1), decided('z', 2, { revision: 1, value: 0 })]))
  expect(await stored()).toMatchObject([{ label: 0 }])
})
