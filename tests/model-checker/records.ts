/** The state: event n changes one of two records; the task's position is a third, as in the changelog. */
export const recordNames = ['even', 'odd', 'position'] as const
export type RecordName = (typeof recordNames)[number]

/**
 * A record's value lists the events folded into it, in order: '02'. The position's value is the number of the next
 * event. `''`: no record.
 */
export type Records = Readonly<Record<RecordName, string>>

export interface Change {
  readonly record: RecordName
  readonly value: string
}

export const noRecords: Records = { even: '', odd: '', position: '' }

export const recordOf = (event: number): RecordName => (event % 2 === 0 ? 'even' : 'odd')

/**
 * Folds events `from` to `to` (exclusive). Returns the changelog records, the position last, and one output per event.
 */
export function fold(
  before: Records,
  from: number,
  to: number,
): { readonly changes: Change[]; readonly outputs: string[] } {
  let records = before
  const touched = new Set<RecordName>()
  const outputs: string[] = []
  for (let event = from; event < to; event++) {
    const record = recordOf(event)
    const value = records[record] + event
    records = { ...records, [record]: value }
    touched.add(record)
    outputs.push(`${event} from ${value}`)
  }
  const changes = [...touched].map((record) => ({ record, value: records[record] }))
  return { changes: [...changes, { record: 'position', value: String(to) }], outputs }
}

export function applied(records: Records, changes: readonly Change[]): Records {
  let after = records
  for (const { record, value } of changes) after = { ...after, [record]: value }
  return after
}

export const positionOf = (records: Records): number => Number(records.position)

/** The correct result at a position: the fold of all events before it, without a crash or a second owner. */
export function expectedAt(position: number): { readonly records: Records; readonly outputs: readonly string[] } {
  if (position === 0) return { records: noRecords, outputs: [] }
  const { changes, outputs } = fold(noRecords, 0, position)
  return { records: applied(noRecords, changes), outputs }
}

export const sameRecords = (a: Records, b: Records): boolean => recordNames.every((name) => a[name] === b[name])

export const describeRecords = (records: Records): string =>
  recordNames.map((name) => `${name}=${records[name] === '' ? '–' : records[name]}`).join(' ')
