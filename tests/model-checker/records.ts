/** What is folded: event n changes one of two records, and the task's position is a third, as in the changelog. */
export const recordNames = ['even', 'odd', 'position'] as const
export type RecordName = (typeof recordNames)[number]

/**
 * The events that a record has folded, in their order: '02'. The position's: the next event's number. `''`: no record.
 */
export type Records = Readonly<Record<RecordName, string>>

export interface Change {
  readonly record: RecordName
  readonly value: string
}

export const noRecords: Records = { even: '', odd: '', position: '' }

export const recordOf = (event: number): RecordName => (event % 2 === 0 ? 'even' : 'odd')

/**
 * Folds events `from` to `to` (exclusive): what the changelog is told, the position last, and what is published of each
 * event.
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

/** What is right at a position: the fold of all events before it, without a crash or a second owner. */
export function truthAt(position: number): { readonly records: Records; readonly outputs: readonly string[] } {
  if (position === 0) return { records: noRecords, outputs: [] }
  const { changes, outputs } = fold(noRecords, 0, position)
  return { records: applied(noRecords, changes), outputs }
}

export const sameRecords = (a: Records, b: Records): boolean => recordNames.every((name) => a[name] === b[name])

export const describeRecords = (records: Records): string =>
  recordNames.map((name) => `${name}=${records[name] === '' ? '–' : records[name]}`).join(' ')
