import { customerFeaturesProcessor } from '../../../processors/customers/customer-features.ts'
import { labelJoin } from '../../../processors/models/label-join.ts'
import { labelRules } from '../../../processors/models/labels/label-rules.ts'
import type { Processor } from '../../../processors/processor.ts'
import { conversion } from '../../../processors/visits/conversion.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { DAY_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { labelledRows, type LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { createWorld } from '../../../simulator/world.ts'
import {
  countTrainingLabelsSince,
  streamTrainingRows,
  trainingLabelsSeen,
} from '../../../store/models/labelled-rows.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { learnableTasks, topicNamed } from '../../../subjects/subjects.ts'
import { decided, joined, scored } from '../../processors/models/labels/label-fixtures.ts'
import { outcomeOf, put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'
import { putLabelled } from './put-labelled.ts'

const store = storeUnderTest()

const published = (processor: Processor, inputs: readonly ReplayInput[]) => {
  const read = new Set(processor.inputs.map(({ topic }) => topic.name))
  return createReplay(processor).run(
    inputs.filter(({ topic }) => read.has(topic.name)),
    noGlobals,
  )
}

/** Returns the newest row up to the outcome's time, by a plain search; `undefined` if there is none. */
function servedAt(
  { task, customerId, subjectId, asOf, occurredAt }: Outcome,
  all: readonly Score[],
): Score | undefined {
  const order = (one: Score, other: Score) =>
    one.occurredAt - other.occurredAt ||
    (one.inputOffset ?? -1) - (other.inputOffset ?? -1) ||
    (one.id < other.id ? -1 : 1)
  return all
    .filter((one) => one.task === task && one.customerId === customerId)
    .filter((one) => one.subjectId === subjectId || one.subjectId === customerId)
    .filter((one) => one.occurredAt <= (asOf ?? occurredAt))
    .toSorted(order)
    .at(-1)
}

test('in the simulated world the retrainer reads the labels that a plain search finds, one row a customer and week', async () => {
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
  const features = new Map(of<CustomerFeatures>(customerFeatures, served).map(({ id, values }) => [id, values]))
  const scored = of<Score>(scores, served)
  // The join reads all outcomes before any row: the worst order that topics can be read in.
  const found = (await published(labelJoin, [...arrivals, ...served])).map(({ value }) => value as LabelledRow)
  await put(database, labelledRows, found)
  const text = (numbers: readonly number[]) => numbers.map((number) => Math.fround(number)).join(' ')
  for (const { task, features: set } of learnableTasks.filter((one) => labelRules.has(one.task))) {
    const expected = of<Outcome>(outcomes, arrivals).flatMap((outcome) => {
      if (outcome.task !== task) return []
      const row = servedAt(outcome, scored)
      const numbers = row === undefined || row.featuresId === null ? row?.row : features.get(row.featuresId)
      return row === undefined
        ? []
        : [[row.customerId, outcome.subjectId, outcome.value, row.occurredAt, text(numbers!)].join()]
    })
    const read = []
    for await (const row of streamTrainingRows(database, task, set.id)) read.push(row)
    const weeks = new Map<string, Set<number>>()
    for (const { customerId, at } of read) {
      const week = `${customerId}/${Math.floor(at / (7 * DAY_MS))}`
      weeks.set(week, (weeks.get(week) ?? new Set()).add(at))
    }
    expect([...weeks.values()].every(({ size }) => size === 1)).toBe(true)
    for (const one of read)
      expect(expected).toContain([one.customerId, one.subjectId, one.label, one.at, text(one.row)].join())
    const customerWeeks = new Set(
      expected.map((line) => {
        const [customerId, , , at] = line.split(',')
        return `${customerId}/${Math.floor(Number(at) / (7 * DAY_MS))}`
      }),
    )
    expect(new Set(weeks.keys())).toEqual(customerWeeks)
    expect(read.map(({ at }) => at)).toEqual(read.map(({ at }) => at).toSorted((one, other) => one - other))
    if (task !== 'recommendation') expect(read.length).toBeGreaterThan(10)
  }
})

test('many rows are streamed in order of time, and a reader who stops early returns its connection', async () => {
  const { database } = store
  const values = Array.from({ length: 2_500 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index}`, customerId: `c${index}` }),
  )
  const asOf = START + 10_000 * MINUTE_MS
  const known = values.map(({ subjectId, customerId }) =>
    outcomeOf(`x-${subjectId}`, { subjectId, customerId, asOf, occurredAt: asOf }),
  )
  await putLabelled(database, { scores: values, outcomes: known })
  const read = []
  for await (const row of streamTrainingRows(database, 'conversion', 'visits@1')) read.push(row)
  expect(read.map(({ text }) => text)).toEqual(values.map(({ text }) => text))
  const later = []
  for await (const row of streamTrainingRows(database, 'conversion', 'visits@1', { from: START + 2_498 * MINUTE_MS }))
    later.push(row.text)
  expect(later).toEqual(['visit 2498', 'visit 2499'])
  for (let round = 0; round < 6; round++) {
    for await (const { text } of streamTrainingRows(database, 'conversion', 'visits@1')) {
      expect(text).toBe('visit 0')
      break
    }
  }
  expect(database.pool.totalCount - database.pool.idleCount).toBe(0)
})

test('training labels are counted, and those that became known after a time', async () => {
  const { database } = store
  await putLabelled(database, {
    scores: [1, 2, 3].map((number) => scoreOf(number, { customerId: `c${number}` })),
    outcomes: [
      outcomeOf('x'),
      outcomeOf('y', { customerId: 'c2', occurredAt: START + 2 * MINUTE_MS }),
      outcomeOf('z', { customerId: 'c9' }),
    ],
  })
  const knownTo = new Date(START + 60 * MINUTE_MS)
  expect(await trainingLabelsSeen(database, 'conversion')).toEqual({ labels: 2, knownTo })
  expect(await countTrainingLabelsSince(database, 'conversion', new Date(START + 2 * MINUTE_MS))).toBe(1)
  expect(await trainingLabelsSeen(database, 'other')).toEqual({ labels: 0, knownTo: null })
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
