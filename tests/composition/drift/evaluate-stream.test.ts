import fc from 'fast-check'
import { evaluateStream, type EvaluateStreamOptions } from '../../../composition/drift/evaluate-stream.ts'
import { evaluationPage } from '../../../composition/drift/evaluation-page.ts'
import { readLabelDelay, ripeRows } from '../../../composition/drift/label-delay.ts'
import { readRetrain } from '../../../composition/drift/policy.ts'
import { runIncremental } from '../../../composition/drift/run-incremental.ts'
import { runOnDrift } from '../../../composition/drift/run-on-drift.ts'
import { runSchedule } from '../../../composition/drift/run-schedule.ts'
import { learnableStream } from '../../../composition/drift/learnable-stream.ts'
import { streamTable } from '../../../composition/drift/stream-table.ts'
import { random } from '../../../models/random.ts'
import { familyNamed } from '../../../retrainer/training/tables/families.ts'
import { tableOfRows } from './stream-of-rows.ts'

const header = ['a', 'b', 'y']

/** Creates rows labelled by the first feature; from `turn` on the labels are inverted. */
function rowsOf(count: number, turn: number): string[][] {
  const next = random(1)
  return Array.from({ length: count }, (_, row) => {
    const [a, b] = [next(), next()]
    const isHigh = row < turn ? a > 0.5 : a <= 0.5
    return [a.toFixed(4), b.toFixed(4), (next() < 0.1 ? !isHigh : isHigh) ? '1' : '0']
  })
}

const options: EvaluateStreamOptions = {
  target: 'y',
  drop: [],
  asCategories: [],
  asNumbers: [],
  labelDelay: { kind: 'rows', rows: 100 },
  start: 600,
  policies: [{ kind: 'never' }, { kind: 'every', rows: 500 }, { kind: 'drift' }, { kind: 'incremental' }],
  family: familyNamed('linear'),
  seed: 1,
}

describe('labels', () => {
  test('become known after this many rows, or this long, and never before their own row', () => {
    expect([...ripeRows(5, { kind: 'rows', rows: 2 }, undefined)]).toEqual([0, 0, 0, 1, 2])
    expect([...ripeRows(4, { kind: 'time', ms: 10 }, Float64Array.of(0, 5, 10, 40))]).toEqual([0, 0, 1, 3])
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.nat(100), { minLength: 1 }), (delay, gaps) => {
        let at = 0
        const times = Float64Array.from(gaps, (gap) => (at += gap))
        for (const ripe of [
          ripeRows(times.length, { kind: 'rows', rows: delay }, undefined),
          ripeRows(times.length, { kind: 'time', ms: delay }, times),
        ])
          ripe.forEach((count, row) => expect(count).toBeLessThanOrEqual(row))
      }),
    )
  })

  test.each([
    ['1000', { kind: 'rows', rows: 1_000 }],
    ['36h', { kind: 'time', ms: 36 * 3_600_000 }],
    ['2w', { kind: 'time', ms: 14 * 86_400_000 }],
    ['soon', undefined],
  ])('a delay of %s', (text, delay) => expect(readLabelDelay(text)).toEqual(delay))

  test.each([
    ['never', { kind: 'never' }],
    ['every:1000', { kind: 'every', rows: 1_000 }],
    ['every:0', undefined],
    ['sometimes', undefined],
  ])('a policy of %s', (text, policy) => expect(readRetrain(text)).toEqual(policy))
})

describe('a relation that turns over', () => {
  test('costs the frozen model most; the others come back, and the page shows all', async () => {
    const evaluation = await evaluateStream(tableOfRows(header, rowsOf(2_600, 1_300)), options)
    const [never, every, drift, incremental] = evaluation.policies
    expect(never!.trainings).toBe(1)
    expect(every!.trainings).toBe(4)
    expect(drift!.trainings).toBeGreaterThan(1)
    expect(drift!.trainings).toBeLessThan(10)
    expect(drift!.trainedAt[1]!.row).toBeGreaterThan(1_400)
    expect(drift!.trainedAt[1]!.row).toBeLessThan(1_800)
    for (const other of [every, drift, incremental]) {
      expect(other!.logLoss).toBeLessThan(never!.logLoss)
      expect(other!.difference!.upper).toBeLessThan(0)
    }
    expect(drift!.logLoss).toBeLessThan(every!.logLoss)
    expect(never!.periods[0]!).toMatchObject({ from: 601, to: 800, rows: 200 })
    const page = evaluationPage('Policies', evaluation)
    for (const one of evaluation.policies) expect(page).toContain(one.retrain)
  })
})

test('no label is used before it is ripe, and no cell before its row has come', async () => {
  const rows = rowsOf(1_300, 700)
  const cut = 1_050
  const streamOf = (given: readonly (readonly string[])[]) => {
    const table = tableOfRows(header, given)
    const labels = Float64Array.from(given, ([, , label]) => Number(label))
    const ripe = ripeRows(given.length, { kind: 'rows', rows: 100 }, undefined)
    const none = new Set<string>()
    return learnableStream(streamTable(table, {}), labels, ripe, 600, {
      leftOut: new Set(['y']),
      asCategories: none,
      asNumbers: none,
    })
  }
  // Changes everything that a policy must not know when it scores the row before `cut`: later labels and cells.
  const changed = rows.map(([a, b, label], row) => [
    row < cut ? a! : '0.5',
    row < cut ? b! : '0.25',
    row < cut - 100 ? label! : label === '1' ? '0' : '1',
  ])
  const run = { family: options.family, seed: 1, window: 100 }
  for (const policy of [
    runSchedule,
    runOnDrift,
    runIncremental,
    (stream: Parameters<typeof runSchedule>[0], own: typeof run) => runSchedule(stream, own, 300),
  ]) {
    const [before, after] = [await policy(streamOf(rows), run), await policy(streamOf(changed), run)]
    expect(after.scores.slice(0, cut - 600)).toEqual(before.scores.slice(0, cut - 600))
  }
})

describe('data that can’t be evaluated is reported', () => {
  const table = tableOfRows(header, rowsOf(1_000, Infinity))
  test.each([
    [{ start: 1_000 }, /none would be left to score/],
    [{ labelDelay: { kind: 'rows', rows: 590 } }, /10 have a ripe label/],
    [{ labelDelay: { kind: 'time', ms: 1 } }, /needs a --time column of dates/],
    [{ target: 'a' }, /numbers, and policies are compared on two classes/],
    [{ target: 'z' }, /no column z/],
  ] as const)('%j', async (more, message) => {
    await expect(evaluateStream(table, { ...options, ...more } as EvaluateStreamOptions)).rejects.toThrow(message)
  })

  test('warns of a feature that leaks the label', async () => {
    const rows = rowsOf(800, Infinity).map(([a, b, y]) => [a!, y === '1' ? 'won' : 'lost', b!, y!])
    const { notes } = await evaluateStream(tableOfRows(['a', 'stage', 'b', 'y'], rows), {
      ...options,
      policies: [{ kind: 'never' }],
    })
    expect(notes.join()).toContain('stage alone tells y')
  })
})
