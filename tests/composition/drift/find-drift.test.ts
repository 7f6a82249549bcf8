import { findDrift, type DriftOptions } from '../../../composition/drift/find-drift.ts'
import { driftPage } from '../../../composition/drift/drift-page.ts'
import { random } from '../../../models/random.ts'
import { familyNamed } from '../../../retrainer/training/tables/families.ts'
import { tableOfRows } from './stream-of-rows.ts'

const options: DriftOptions = {
  drop: [],
  asCategories: [],
  asNumbers: [],
  falseAlarms: 0.01,
  family: familyNamed('linear'),
  seed: 1,
}

/** Creates rows of two features, labelled by the first; from `turn` on the labels are inverted. */
function rowsOf(count: number, turn: number): string[][] {
  const next = random(1)
  return Array.from({ length: count }, (_, row) => {
    const [a, b] = [next(), next()]
    const isHigh = row < turn ? a > 0.5 : a <= 0.5
    return [String(row), a.toFixed(4), b.toFixed(4), (next() < 0.1 ? !isHigh : isHigh) ? 'yes' : 'no']
  })
}
const header = ['at', 'a', 'b', 'y']

test('the relation changes while the inputs stay the same: one alarm of the target, as concept drift', async () => {
  const findings = await findDrift(tableOfRows(header, rowsOf(4_000, 2_000)), { ...options, target: 'y', time: 'at' })
  expect(findings.alarms.map(({ feature, kind }) => [feature, kind])).toEqual([['y', 'concept']])
  const [alarm] = findings.alarms
  expect(alarm!.row).toBeGreaterThan(2_000)
  expect(alarm!.row).toBeLessThanOrEqual(2_200)
  expect(alarm!.time).toBe(String(alarm!.row - 1))
  expect(alarm!.pValue).toBeLessThan(0.01)
  expect(findings.drifts).toHaveLength(1)
  expect(driftPage('<file>', findings)).toContain('&lt;file&gt;')
})

test('without drift there is no alarm, for a file in any order', async () => {
  const rows = rowsOf(3_000, Infinity)
  const { alarms } = await findDrift(tableOfRows(header, rows), { ...options, target: 'y' })
  expect(alarms).toEqual([])
  const turned = await findDrift(tableOfRows(header, rowsOf(3_000, 1_500).toReversed()), {
    ...options,
    target: 'y',
    time: 'at',
  })
  expect(turned.notes[0]).toContain('not in order of at')
  expect(turned.alarms.map(({ feature }) => feature)).toEqual(['y'])
  expect(turned.alarms[0]!.row).toBeGreaterThan(1_500)
})

test('a change of few customers is not a change of all', async () => {
  // From row 2,000 on, customers with a higher level appear: few of them, with many rows each.
  const next = random(5)
  const rows = Array.from({ length: 4_000 }, (_, row) => {
    const customer = Math.floor(row / 100)
    const level = [0.1, 0.9, 0.4, 0.7, 0.2][customer % 5]! + (customer >= 20 ? 0.1 : 0)
    return [`c${customer}`, (level + 0.01 * next()).toFixed(4)]
  })
  const table = tableOfRows(['customer', 'x'], rows)
  const { alarms } = await findDrift(table, { ...options, customer: 'customer' })
  expect(alarms).toEqual([])
})

describe('data that can’t be watched is reported', () => {
  const small = tableOfRows(header, rowsOf(1, Infinity))
  test.each([
    ['a single row', small, {}, /has 1 rows: at least 120/],
    [
      'a window larger than the file',
      tableOfRows(header, rowsOf(500, Infinity)),
      { window: 400 },
      /window of 400 needs 1200/,
    ],
    ['no such column', tableOfRows(header, rowsOf(500, Infinity)), { target: 'z' }, /no column z/],
    [
      'a time that is none',
      tableOfRows(
        ['t'],
        rowsOf(500, Infinity).map((_, row) => [row === 7 ? 'soon' : String(row)]),
      ),
      { time: 't' },
      /"soon"/,
    ],
    [
      'the same time everywhere',
      tableOfRows(
        ['t', 'x'],
        rowsOf(500, Infinity).map(([, a]) => ['1', a!]),
      ),
      { time: 't' },
      /the same in all 500 rows/,
    ],
  ])('%s', async (_, table, more, message) => {
    await expect(findDrift(table, { ...options, ...more })).rejects.toThrow(message)
  })

  test('columns that are constant, missing or infinite, and a target of one class', async () => {
    const next = random(2)
    const rows = Array.from({ length: 600 }, () => [
      '1',
      '',
      String(next()),
      next() < 0.1 ? 'inf' : String(next()),
      'no',
    ])
    const findings = await findDrift(tableOfRows(['constant', 'missing', 'x', 'infinite', 'y'], rows), {
      ...options,
      target: 'y',
    })
    expect(findings.alarms).toEqual([])
    expect(findings.notes.join()).toContain('single class')
  })
})
