import type { AssessedFile, FileVerdict } from './assess-file.ts'

/** Summary that the command prints at the end. */
export interface FileCounts {
  readonly visits: number
  readonly verdicts: Readonly<Record<FileVerdict, number>>
  /** Visits by kind of evidence. */
  readonly evidence: Readonly<Record<string, number>>
  /** Invalid lines. */
  readonly refused: number
  /** Lines replaced by a higher revision, or by a later line with the same revision. */
  readonly revisions: number
  readonly conflicts: number
  /** Ignored fields, by name. */
  readonly leftOut: Readonly<Record<string, number>>
  /** Faults of positions and clocks. */
  readonly faults: Readonly<Record<string, number>>
  readonly noPlaceByDevice: Readonly<Record<string, number>>
}

export function countFile({ assessed, problems }: AssessedFile): FileCounts {
  const verdicts = { fine: 0, invalid: 0, suspected_false: 0, withdrawn: 0 }
  const evidence: Record<string, number> = {}
  for (const visit of assessed) {
    verdicts[visit.verdict]++
    for (const { kind } of visit.evidence) evidence[kind] = (evidence[kind] ?? 0) + 1
  }
  return {
    visits: assessed.length,
    verdicts,
    evidence,
    refused: problems.refused,
    revisions: problems.revisions,
    conflicts: problems.conflicts,
    leftOut: Object.fromEntries(Object.entries(problems.leftOut).map(([field, { count }]) => [field, count])),
    faults: problems.faults,
    noPlaceByDevice: problems.noPlaceByDevice,
  }
}
