import { minBy } from '../../../features/min-by.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, type Found } from './detector.ts'
import { visitsIn } from './visit-columns.ts'
import { formatDuration } from '../formats.ts'

export const oneDeviceTwoNames = detector({
  kind: 'one-device-two-names',
  group: 'device',
  means:
    'Two salespeople checked in alternately with one device within a day: one of them may be checking in for the other. It counts against the visits of the one who rarely uses the device, or of both if it belongs to neither.',
  cannotKnow:
    'Whether the team shares the device: list such devices in `sharedDevices`. A device with many users is assumed to be shared. A device that changes hands once, for good, is not evidence.',
  weights: { false: 0.6, invalid: 0 },
  parameters: {
    withinH: parameter(24, 1, 168, 'hours within which both salespeople must use the device'),
    namesMax: parameter(4, 2, 100, 'a device with more users is shared'),
  },
  *detect(visits, { withinH, namesMax }, { isShared }) {
    // The usual case: all visits are of one salesperson.
    if (visits.every(({ salespersonId }) => salespersonId === visits[0]!.salespersonId)) return
    const used = visits.filter(({ at, salespersonId }) => at !== null && salespersonId !== null)
    const device = used[0]?.deviceId ?? null
    if (device === null || isShared(device)) return
    const byName = Map.groupBy(used, ({ salespersonId }) => salespersonId!)
    if (byName.size < 2 || byName.size > namesMax!) return
    const changes = [...used.keys()].filter((i) => i > 0 && used[i]!.salespersonId !== used[i - 1]!.salespersonId)
    if (changes.length < 2) return
    const owner = [...byName].find(([, own]) => own.length > OWNED * used.length)?.[0]
    const score = Math.min(1, 0.7 + 0.1 * changes.length)
    for (const run of runsOf(used, changes)) {
      if (run.own[0]!.salespersonId === owner) continue
      for (const visit of run.own) {
        const other = nearest(visit, run.neighbours)
        if (Math.abs(visit.at! - other.at!) <= withinH! * HOUR_MS) yield found(visit, other, score)
      }
    }
  },
  // The usual case: all visits are of one salesperson, before and after the change.
  neighbourhood({ salespersonId }, all) {
    const { people } = all
    const isAlone = people.size === 0 || (people.size === 1 && people.has(salespersonId))
    return isAlone ? emptyNeighbourhood : { visits: visitsIn(all), isCompleteFor: () => true }
  },
})

/** Share of a device’s visits from which it belongs to a salesperson. */
const OWNED = 0.65

interface Run {
  readonly own: readonly VisitFacts[]
  /** The visits of other salespeople right before and after. */
  readonly neighbours: readonly VisitFacts[]
}

/** Splits the visits into runs of one salesperson. */
function runsOf(used: readonly VisitFacts[], changes: readonly number[]): Run[] {
  const starts = [0, ...changes]
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? used.length
    return { own: used.slice(start, end), neighbours: [used[start - 1], used[end]].filter((one) => one !== undefined) }
  })
}

function nearest(visit: VisitFacts, others: readonly VisitFacts[]): VisitFacts {
  return minBy(others, (other) => Math.abs(other.at! - visit.at!))!
}

function found(visit: VisitFacts, other: VisitFacts, score: number): Found {
  const ms = Math.abs(visit.at! - other.at!)
  const text = `Its device also checked in for ${other.salespersonId}, ${formatDuration(ms)} apart (${other.visitId}).`
  return { visit, score, text, with: other.visitId }
}
