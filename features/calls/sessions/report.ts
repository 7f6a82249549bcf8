import type { TurnAnalysis } from '../../../schemas/calls/turns.ts'

/** What a call system reports about a live call. `at`: ms since the epoch. */
export type SessionReport =
  | TurnReport
  | { readonly kind: 'interruption'; readonly partId: string; readonly spoken: string; readonly at: number }
  | { readonly kind: 'silence'; readonly ms: number; readonly at: number }
  | { readonly kind: 'end'; readonly reason: string; readonly at: number }

export interface TurnReport {
  readonly kind: 'turn'
  readonly number: number
  readonly analysis: TurnAnalysis
  /** Whether speech recognition understood the turn. */
  readonly isIntelligible: boolean
  readonly isConfused: boolean
  readonly wantsAgent: boolean
  readonly at: number
}

/** Returns a key by which a repeated report without a number is recognised. */
export function reportKey(report: Exclude<SessionReport, TurnReport>): string {
  const subject = report.kind === 'interruption' ? report.partId : ''
  return `${report.kind}/${report.at}/${subject}`
}
