import fc from 'fast-check'
import { recordsOf } from '../../../features/keyed-state.ts'
import { unitHash } from '../../../features/string-hash.ts'
import { labelJoin } from '../../../processors/models/label-join.ts'
import { newestKind } from '../../../processors/models/labels/horizon.ts'
import { labelRules, PERIOD_MS } from '../../../processors/models/labels/label-rules.ts'
import { featuresKind, rowKind } from '../../../processors/models/labels/row-state.ts'
import { timeId } from '../../../processors/models/labels/time-id.ts'
import type { LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { at, decided, joined, published, scored, scoredByFeatures, tick } from './labels/label-fixtures.ts'

const short = ({ status, label, servedAt, row, training }: LabelledRow) => ({
  ...{ status, label, servedAt, row, training },
})

describe('the row that was served at the time of the outcome', () => {
  test('is the newest one up to the time that the outcome is about, with all that the model saw', async () => {
    const { labels } = await joined([scored(1), scored(2), scored(3), decided('x', 9, { asOf: at(2.5), value: 0 })])
    expect(labels).toEqual([
      expect.objectContaining({
        labelId: `conversion/o1/${timeId(at(2.5))}`,
        ...{ occurredAt: at(9), status: 'labelled', cause: 'outcome', label: 0, training: true, joined: 1 },
        ...{ asOf: at(2.5), knownAt: at(9), outcomeId: 'x', outcomeSource: 'test', reviewer: null, revision: 0 },
        ...{ scoreId: 's2', servedAt: at(2), featureSet: 'visits@1', row: [2, Number.NaN], text: 'visit 2' },
        ...{ lineTimes: [at(2)], probability: 0.5, modelId: 'm', source: 'scoreline/label-join@1' },
      }),
    ])
  })

  test('is found 120 days later, and not after the horizon', async () => {
    const late = (day: number) => joined([scored(0), decided('x', day, { asOf: at(1) })])
    expect((await late(120)).labels).toMatchObject([{ status: 'labelled', servedAt: at(0) }])
    expect((await late(181)).labels).toMatchObject([{ status: 'unmatched', row: [], joined: 0 }])
  })

  test('may arrive after the outcome, and another may be served in between', async () => {
    const inputs = [decided('x', 9), scored(1), scored(8), scored(4)]
    expect((await joined(inputs, 1)).labels.map(short)).toEqual([
      { status: 'labelled', label: 1, servedAt: at(8), row: [8, Number.NaN], training: true },
    ])
  })

  test('is not that of a later model at the same instant', async () => {
    const sweep = { inputTopic: null, inputPartition: null, inputOffset: null, modelId: 'later' }
    const inputs = [scored(1, { id: 'zzz', ...sweep }), scored(1), scored(1, { id: 'yyy', ...sweep }), decided('x', 2)]
    expect((await joined(inputs)).labels).toMatchObject([{ scoreId: 's1', modelId: 'm' }])
  })

  test('refers to features that may arrive before or after it, and serves several tasks', async () => {
    const { labels } = await joined(
      [
        scoredByFeatures(1),
        decided('x', 40, { task: 'loan-demand', subjectId: 'c1', asOf: at(1.5), value: 0.3 }),
        published(1),
        scoredByFeatures(1, { id: 'k1', task: 'call-conversion' }),
        decided('y', 3, { task: 'call-conversion', subjectId: 'call-7', asOf: at(2) }),
      ],
      1,
    )
    expect(labels.map(({ task, label, row }) => [task, label, row])).toEqual([
      ['call-conversion', 1, [1, -1]],
      ['loan-demand', 0.3, [1, -1]],
    ])
  })
})

describe('outcomes', () => {
  test('that come twice count once; a correction replaces, with its reviewer', async () => {
    const corrected = { revision: 1, value: 0, reviewer: 'ann', asOf: at(2) }
    const inputs = [scored(1), decided('x', 2), decided('x', 2), decided('again', 3)]
    expect((await joined(inputs)).labels).toMatchObject([{ label: 1, outcomeId: 'again' }])
    const { labels } = await joined([
      scored(1),
      decided('y', 50, corrected),
      decided('x', 3, { asOf: at(2) }),
      decided('z', 60, { asOf: at(2) }),
    ])
    expect(labels).toMatchObject([{ label: 0, outcomeId: 'y', reviewer: 'ann', revision: 1, knownAt: at(50) }])
  })

  test('that contradict each other at the same time are no label until one is corrected', async () => {
    const inputs = [scored(1), decided('x', 2), decided('y', 2, { value: 0 })]
    expect((await joined(inputs, 1)).labels.map(short)).toEqual([
      { status: 'contradicted', label: null, servedAt: at(1), row: [], training: false },
    ])
    const { labels } = await joined([...inputs, decided('z', 5, { revision: 1, value: 0 })])
    expect(labels).toMatchObject([{ status: 'labelled', label: 0, servedAt: at(1) }])
  })

  test('about a row that was never served, or served later, are on record without one', async () => {
    const { labels } = await joined([scored(5), decided('x', 3), decided('y', 6, { subjectId: 'o2' })])
    expect(labels.map(({ subjectId, status }) => [subjectId, status])).toEqual([
      ['o1', 'unmatched'],
      ['o2', 'unmatched'],
    ])
  })

  test('about a time after they became known are refused, and the others count', async () => {
    const { labels, refused } = await joined([scored(1), decided('x', 2, { asOf: Date.UTC(9999, 0) }), decided('y', 2)])
    expect(refused).toEqual([expect.stringMatching(/asOf is 253370764800000, after occurredAt/)])
    expect(labels).toMatchObject([{ outcomeId: 'y' }])
  })

  test('of tasks without served rows are none of its business', async () => {
    const { labels, refused } = await joined([scored(1), decided('x', 2, { task: 'intent', subjectId: 'complaint' })])
    expect([labels, refused]).toEqual([[], []])
  })

  test('beyond the bound of a customer are refused until old ones are forgotten', async () => {
    const many = Array.from({ length: 513 }, (_, index) =>
      decided(`x${index}`, 10 + index / 100, { asOf: at(index / 100) }),
    )
    const { labels, refused } = await joined([scored(0), ...many, decided('later', 260, { asOf: at(259) })], 100)
    expect(refused).toEqual([expect.stringMatching(/512 labels of conversion/)])
    expect(labels).toHaveLength(513)
  })
})

describe('after the horizon', () => {
  test('a silent opportunity counts as lost, a silent customer as unknown', async () => {
    const { labels } = await joined([scored(1), scored(3), published(1), scoredByFeatures(1), tick(182), tick(184)])
    expect(labels).toMatchObject([
      { labelId: 'conversion/o1/horizon', status: 'labelled', cause: 'horizon', label: 0, servedAt: at(3) },
      { labelId: 'loan-demand/c1/horizon', status: 'unknown', cause: 'horizon', label: null, servedAt: at(1), row: [] },
    ])
  })

  test('nothing is decided while rows are served, or once an outcome is known', async () => {
    expect((await joined([scored(1), scored(100), tick(200)])).labels).toEqual([])
    expect((await joined([scored(1), decided('x', 2), scored(3), tick(200)])).labels).toMatchObject([{ label: 1 }])
  })

  test('an outcome that comes all the same, or a newer row, withdraws it', async () => {
    const { labels } = await joined([scored(1), tick(200), decided('x', 100)], 1)
    expect(labels).toMatchObject([{ cause: 'outcome', label: 1, training: true }])
    expect((await joined([scored(1), tick(200), scored(199)], 1)).labels).toEqual([])
  })
})

test('of the rows of a customer’s week one is learned from, with all its labels', async () => {
  const days = [0, 0.5, 1, 2, 3, 4, 5, 6, 7, 8]
  const { labels } = await joined([
    ...days.map((day) => scored(day)),
    ...days.map((day) => decided(`x${day}`, 20, { asOf: at(day) })),
  ])
  const weeks = labels.filter(({ training }) => training).map(({ servedAt }) => Math.floor(servedAt! / PERIOD_MS))
  expect(labels).toHaveLength(10)
  expect(new Set(weeks).size).toBe(weeks.length)
  expect(new Set(labels.map(({ servedAt }) => Math.floor(servedAt! / PERIOD_MS)))).toEqual(new Set(weeks))
})

test('the state of a busy customer is bounded, and keeps the last row of each older day', async () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => scored(index / 40))
  const { labels } = await joined([...rows, decided('x', 60, { asOf: at(20.5) })], 500)
  // Forty rows a day: the newest are kept whole, and of day 20 only the last row, which the outcome may not see.
  expect(labels).toMatchObject([{ servedAt: at(19.975) }])
})

test('rows, features and horizons of a customer do not grow with the events', async () => {
  const replay = createReplay(labelJoin)
  const days = Array.from({ length: 4_000 }, (_, index) => index / 4)
  const events = days.flatMap((day) => [
    // Features without scores, such as those of a late event, are not kept for ever either.
    ...[published(day), published(day + 0.1), scoredByFeatures(day)],
    scored(day, { subjectId: `o${Math.floor(day / 10)}` }),
  ])
  await replay.run(events, noGlobals)
  const state = replay.state('c1')
  expect(state.count(rowKind, 'conversion/')).toBeLessThanOrEqual(256 + 64)
  expect(state.count(rowKind, 'loan-demand/')).toBeLessThanOrEqual(512 + 64)
  expect(state.count(featuresKind)).toBeLessThanOrEqual(512 + 64 + 128 + 128)
  expect(state.count(newestKind)).toBeLessThanOrEqual(100)
  // Checked every 64 rows, sixteen days here: up to 210 and 150 days are kept.
  expect(recordsOf(state, rowKind, 'conversion/')[0]!.at).toBeGreaterThan(at(1_000 - 210 - 17))
  expect(recordsOf(state, rowKind, 'loan-demand/')[0]!.at).toBeGreaterThan(at(1_000 - 150 - 17))
})

describe('any order, duplicates and corrections give the labels of a plain search', () => {
  const day = fc.integer({ min: 0, max: 40 })
  const row = fc.record({ day, subject: fc.constantFrom('o1', 'o2', 'c1'), sweep: fc.boolean() })
  const outcome = fc.record({
    day,
    asOf: fc.option(fc.integer({ min: 0, max: 6 })),
    subject: fc.constantFrom('o1', 'o2'),
    value: fc.constantFrom(0, 1),
    revision: fc.constantFrom(0, 0, 1),
  })

  test('joined one by one or in batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        fc.array(outcome, { maxLength: 8 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.integer({ min: 1, max: 9 }),
        async (rows, known, order, batchSize) => {
          const served = rows.map((one, index) =>
            scored(one.day, {
              ...{ id: `s${index}`, subjectId: one.subject, row: [index] },
              ...{ inputOffset: one.sweep ? null : index, inputTopic: one.sweep ? null : 'visits' },
            }),
          )
          const outcomesKnown = known.map(({ day: knownOn, asOf, subject, value, revision }, index) =>
            decided(`x${index}`, knownOn, {
              ...{ subjectId: subject, value, revision },
              asOf: asOf === null ? null : at(Math.min(asOf * 6, knownOn)),
            }),
          )
          const inputs = [...served, ...outcomesKnown]
          const shuffled = [...inputs, ...inputs.slice(0, 3)]
            .map((one) => ({ one, place: order.next().value as number }))
            .sort((left, right) => left.place - right.place)
            .map(({ one }) => one)
          const { labels } = await joined([...shuffled, tick(1_000), tick(1_001)], batchSize)
          expect(labels.map(reduced).sort()).toEqual(expectedLabels(inputs).sort())
        },
      ),
      { numRuns: 300 },
    )
  })

  const reduced = ({ task, subjectId, cause, status, label, row: numbers, training }: LabelledRow) =>
    [task, subjectId, cause, status, label, numbers[0], training ? 'training' : ''].join(' ')

  /** Searches all rows for each label, without state, and selects the training rows in the end. */
  function expectedLabels(inputs: readonly ReplayInput[]): string[] {
    const rows = inputs.flatMap(({ topic, value }) => (topic.name === scores.name ? [value as Score] : []))
    const known = inputs.flatMap(({ topic, value }) => (topic.name === outcomes.name ? [value as Outcome] : []))
    const byIdentity = Map.groupBy(known, ({ subjectId, asOf }) => `${subjectId}/${asOf}`)
    const found = [...byIdentity.values()].map((same) => labelOf(same, rows))
    const silent = [...new Set(rows.map(({ subjectId }) => subjectId))].flatMap((subject) => {
      const own = rows.filter(({ subjectId }) => subjectId === subject)
      const newest = best(own)!
      const isKnown =
        subject === 'c1'
          ? [...byIdentity.values()].some((same) => firstKnownAt(same) >= newest.occurredAt)
          : known.some(({ subjectId }) => subjectId === subject)
      return isKnown
        ? []
        : [
            {
              subject,
              cause: 'horizon',
              status: 'labelled',
              label: 0 as number | null,
              row: newest as Score | undefined,
            },
          ]
    })
    const all = [...found, ...silent]
    const weekOf = ({ occurredAt }: Score) => Math.floor(occurredAt / PERIOD_MS)
    const hashOf = ({ occurredAt, subjectId }: Score) => unitHash(`c1/conversion/${timeId(occurredAt)}/${subjectId}`)
    return all.map(({ subject, cause, status, label, row: served }) => {
      const rivals = all.flatMap((one) => (one.status === 'labelled' && one.row !== undefined ? [one.row] : []))
      const training =
        status === 'labelled' &&
        rivals.every((rival) => weekOf(rival) !== weekOf(served!) || hashOf(rival) >= hashOf(served!))
      const numbers = status === 'labelled' ? served!.row[0] : undefined
      return ['conversion', subject, cause, status, label, numbers, training ? 'training' : ''].join(' ')
    })
  }

  const firstKnownAt = (same: readonly Outcome[]) => Math.min(...same.map(({ occurredAt }) => occurredAt))

  function labelOf(same: readonly Outcome[], rows: readonly Score[]) {
    const { subjectId: subject, asOf } = same[0]!
    const first = firstKnownAt(same)
    const revision = Math.max(...same.map((one) => one.revision))
    const highest = same.filter((one) => one.revision === revision)
    const knownAt = Math.max(...highest.map(({ occurredAt }) => occurredAt))
    const values = new Set(highest.filter(({ occurredAt }) => occurredAt === knownAt).map(({ value }) => value))
    const joinable = rows.filter(
      ({ subjectId, occurredAt }) =>
        [subject, 'c1'].includes(subjectId) &&
        occurredAt <= (asOf ?? first) &&
        occurredAt >= first - labelRules.get('conversion')!.horizonMs,
    )
    const served = best(joinable)
    const status = values.size > 1 ? 'contradicted' : served === undefined ? 'unmatched' : 'labelled'
    return { subject, cause: 'outcome', status, label: status === 'labelled' ? [...values][0]! : null, row: served }
  }

  function best(rows: readonly Score[]): Score | undefined {
    return rows.toSorted(
      (one, other) =>
        one.occurredAt - other.occurredAt ||
        (one.inputOffset ?? -1) - (other.inputOffset ?? -1) ||
        (one.id < other.id ? -1 : 1),
    )[rows.length - 1]
  }
})
