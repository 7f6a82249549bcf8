import { faults } from '../../soak/faults/faults.ts'
import { reportOf, stallWords } from '../../soak/report.ts'
import type { RoundResult } from '../../soak/round.ts'
import { createSchedule } from '../../soak/schedule.ts'

const head = { seed: 5, brokers: 3 as const, eventsPerSecond: 2_000, startedAt: new Date(0) }

const result = (index: number, problems: readonly string[]): RoundResult => ({
  round: createSchedule(5, 3, faults.slice(0, 1))[index]!,
  done: 'kill -9: a | b',
  events: 1_000,
  ends: 2,
  restarts: 3,
  durationMs: 12_345,
  misplaced: 10,
  settledMs: 900,
  stalls: { answeredMs: 1_500, committedMs: 800, clientMs: 700 + index, javaMs: undefined },
  problems,
})

test('rounds are listed one by one and summed up by fault', () => {
  const report = reportOf(head, [result(0, []), result(1, [])])
  expect(report).toContain(
    '2 rounds, seed 5, three brokers, 2000 events/s, begun 1970-01-01T00:00:00.000Z: 2000 events, 20 of them outside the partition of their key, none lost, none doubled.',
  )
  expect(report).toMatch(/\| kill \| [^|]+ \| 2 \| 2000 \| 4 \| 6 \| 0\.9 \| 0 \|/)
  expect(report).toContain('| kill | 1.5 | 0.8 | 0.7 | – |')
  expect(report).toMatch(/\| 2 \| kill \| \d \| kill -9: a \\\| b \| 1000 \| 12\.3 \| each event once \|/)
})

test('a line names the stalls that were measured', () => {
  expect(stallWords(result(0, []).stalls)).toBe('longest gaps answered 1.5, committed 0.8, client 0.7 s')
})

test('a loss is in the first line and in its round', () => {
  const report = reportOf(head, [result(0, []), result(1, ['features of c1: 3 follows where 2 was due (a loss)'])])
  expect(report).toContain('**1 rounds with problems**')
  expect(report).toContain('| features of c1: 3 follows where 2 was due (a loss) |')
})
