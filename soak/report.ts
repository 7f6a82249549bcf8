import type { RoundResult, Stalls } from './round.ts'
import type { BrokerCount } from './stage.ts'

export interface ReportHead {
  readonly seed: number
  readonly brokers: BrokerCount
  readonly eventsPerSecond: number
  readonly startedAt: Date
}

/** Returns the report of a campaign as Markdown: a summary, the results by fault, and each round. Pure. */
export function reportOf(
  { seed, brokers, eventsPerSecond, startedAt }: ReportHead,
  results: readonly RoundResult[],
): string {
  const bad = results.filter(({ problems }) => problems.length > 0)
  const events = sum(results.map((result) => result.events))
  const misplaced = sum(results.map((result) => result.misplaced))
  return [
    '# Fault campaign',
    '',
    `${results.length} rounds, seed ${seed}, ${brokers === 1 ? 'one broker' : 'three brokers'}, ${eventsPerSecond} events/s, begun ${startedAt.toISOString()}: ${events} events, ${misplaced} of them outside the partition of their key, ` +
      `${bad.length === 0 ? 'none lost, none doubled' : `**${bad.length} rounds with problems**`}.`,
    '',
    '## By fault',
    '',
    '| fault | what it simulates | rounds | events | processes ended | task sessions restarted | settled within, s | with problems |',
    '|---|---|---:|---:|---:|---:|---:|---:|',
    ...[...Map.groupBy(results, ({ round }) => round.fault.name)]
      .sort(byName)
      .map(([name, list]) =>
        row([
          name,
          list[0]!.round.fault.purpose,
          list.length,
          sum(list.map((result) => result.events)),
          sum(list.map((result) => result.ends)),
          sum(list.map((result) => result.restarts)),
          seconds(Math.max(...list.map((result) => result.settledMs))),
          list.filter(({ problems }) => problems.length > 0).length,
        ]),
      ),
    '',
    '## Stalls',
    '',
    'The longest time of any round, in seconds, in which nothing came out while the fault and its repair lasted.',
    '',
    '| fault | events answered with 202 | commits of the processors | our client, transactions over all brokers | Java’s client, the same |',
    '|---|---:|---:|---:|---:|',
    ...[...Map.groupBy(results, ({ round }) => round.fault.name)]
      .sort(byName)
      .map(([name, list]) => row([name, ...STALLS.map((stall) => longest(list, stall))])),
    '',
    '## Round by round',
    '',
    '| round | fault | processes | what was done to what | events | took, s | result |',
    '|---:|---|---:|---|---:|---:|---|',
    ...results.map(({ round, done, events: count, durationMs, problems }) =>
      row([
        round.number,
        round.fault.name,
        round.processes,
        done,
        count,
        seconds(durationMs),
        problems.length === 0 ? 'each event once' : problems.slice(0, 5).join('; '),
      ]),
    ),
    '',
  ].join('\n')
}

const STALLS = ['answeredMs', 'committedMs', 'clientMs', 'javaMs'] as const

function longest(results: readonly RoundResult[], stall: keyof Stalls): string {
  const known = results.flatMap(({ stalls }) => stalls[stall] ?? [])
  return known.length === 0 ? '–' : seconds(Math.max(...known))
}

/** Returns the stalls of one round that were measured as a line of text. */
export function stallWords(stalls: Stalls): string {
  const words = STALLS.flatMap((stall) => {
    const ms = stalls[stall]
    return ms === undefined ? [] : [`${stall.slice(0, -'Ms'.length)} ${seconds(ms)}`]
  })
  return `longest gaps ${words.join(', ')} s`
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
