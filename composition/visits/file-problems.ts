import type { VisitFault } from '../../features/visits/visit-facts.ts'

/** Maximum problems listed in full; all are counted. */
const LISTED_MAX = 20
/** Maximum field names to track, since they come from the file. */
const FIELDS_MAX = 200
const NO_DEVICE = 'no device named'

/** Collects the problems of a file's lines, so that everything ignored is counted. */
export interface FileProblems {
  countLine(): void
  refuse(message: string): void
  leaveOut(field: string, message: string): void
  /** @param isConflict whether the revision is the same again */
  countRevision(isConflict: boolean): void
  countFault(fault: VisitFault, deviceId: string | null): void
  summary(): ProblemSummary
}

export interface ProblemSummary {
  readonly lines: number
  readonly refused: number
  /** First refusals. */
  readonly refusals: readonly string[]
  /** Count and first problem, by field. */
  readonly leftOut: Readonly<Record<string, { readonly count: number; readonly first: string }>>
  readonly revisions: number
  readonly conflicts: number
  readonly faults: Readonly<Partial<Record<VisitFault, number>>>
  /** Number of invalid positions, by device. */
  readonly noPlaceByDevice: Readonly<Record<string, number>>
}

const ofPositions: readonly VisitFault[] = ['zero', 'swapped', 'out of range']

export function createFileProblems(): FileProblems {
  let [lines, refused, revisions, conflicts] = [0, 0, 0, 0]
  const refusals: string[] = []
  const leftOut = new Map<string, { count: number; first: string }>()
  const faults = new Map<VisitFault, number>()
  const byDevice = new Map<string, number>()
  return {
    countLine: () => void lines++,
    refuse(message) {
      refused++
      if (refusals.length < LISTED_MAX) refusals.push(message)
    },
    leaveOut(field, message) {
      const name = leftOut.has(field) || leftOut.size < FIELDS_MAX ? field : 'others'
      const known = leftOut.get(name)
      if (known === undefined) leftOut.set(name, { count: 1, first: message })
      else known.count++
    },
    countRevision(isConflict) {
      if (isConflict) conflicts++
      else revisions++
    },
    countFault(fault, deviceId) {
      faults.set(fault, (faults.get(fault) ?? 0) + 1)
      if (!ofPositions.includes(fault)) return
      const device = deviceId ?? NO_DEVICE
      byDevice.set(device, (byDevice.get(device) ?? 0) + 1)
    },
    summary: () => ({
      lines,
      refused,
      refusals,
      leftOut: Object.fromEntries(leftOut),
      revisions,
      conflicts,
      faults: Object.fromEntries(faults),
      noPlaceByDevice: Object.fromEntries([...byDevice].sort((one, other) => other[1] - one[1]).slice(0, LISTED_MAX)),
    }),
  }
}
