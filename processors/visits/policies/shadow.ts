import { recordState } from '../../../features/keyed-state.ts'
import { record, string } from '../../../schemas/avro/schema.ts'
import type { PolicyContent } from '../../../schemas/visits/policies.ts'
import { shadowAssessments, type ShadowAssessment } from '../../../schemas/visits/shadow-assessments.ts'
import { shadowPolicies } from '../../../schemas/visits/shadow-policies.ts'
import { message } from '../../../schemas/topic.ts'
import { scorer, type Globals, type RowContext, type ScoredSubject, type Scorer } from '../../processor.ts'
import { VISIT_POLICY } from '../default-policy.ts'
import { policyEntries, activePolicy } from './active-policy.ts'
import { notScored, releaseOf, type ScoredRows } from './scored-rows.ts'

type ShadowVerdict = ShadowAssessment['verdict']

const Shadowed = record('Shadowed', 'What was said last of a subject; not there: that it is fine.', {
  verdict: string,
  inForce: string,
})
const shadowedKind = recordState('shadowed', Shadowed)
const FINE = { verdict: 'fine', inForce: 'fine' } as const

interface Shadow<F extends RowContext> {
  /** Never rename or reuse it. */
  readonly name: string
  /** The processor's own setting. */
  readonly emitLatestOnly?: boolean
  /** The processor's own rows, where a model scores them. */
  readonly scored?: ScoredRows
  /** Returns the verdict of a policy; the same function must give the real one. */
  verdictOf(policy: PolicyContent, scored: ScoredSubject<F>, globals: Globals): ShadowVerdict
  about(context: F): { readonly salespersonId: string | null; readonly visitedAt: number }
}

/**
 * Creates a scorer for a processor that gives verdicts on visits: it publishes, on a separate topic, what each shadow
 * policy would decide. It neither sees nor changes the real decisions.
 */
export function shadow<F extends RowContext>(asked: Shadow<F>): Scorer {
  const { name, verdictOf, about, emitLatestOnly = false, scored: rows = notScored } = asked
  return scorer<F>({
    name,
    version: 1,
    purpose: 'Publishes what shadow policies would decide about the visits, beside the active policy.',
    outputs: [shadowAssessments],
    decisionState: [shadowedKind],
    ...rows,
    emitLatestOnly,
    decide(decisionState, scored, globals, emit) {
      const { key: customerId, subject: subjectId, id, source, rowContext } = scored
      const policy = activePolicy(globals)
      const candidates = globals.get(shadowPolicies, VISIT_POLICY)?.candidates ?? []
      const recordOf = (candidate: string) => `${subjectId}/${candidate}`
      const say = (candidate: string, verdict: ShadowVerdict, inForce: ShadowVerdict) => {
        const { verdict: was, inForce: wasInForce } = decisionState.get(shadowedKind, recordOf(candidate)) ?? FINE
        if (was === verdict && wasInForce === inForce) return
        if (verdict === 'fine' && inForce === 'fine') decisionState.delete(shadowedKind, recordOf(candidate))
        else decisionState.put(shadowedKind, recordOf(candidate), { verdict, inForce })
        const said = { candidate, subjectId, customerId, verdict, inForce, policyVersion: policy.version }
        const frame = { id: `${id}/shadow/${candidate}`, occurredAt: rowContext.at, source }
        emit(message(shadowAssessments, { ...frame, ...said, ...about(rowContext) }))
      }
      // Withdraw the verdicts of policies that are no longer tried.
      const tried = new Set(candidates.map((candidate) => recordOf(candidate.id)))
      for (const [held] of [...decisionState.scan(shadowedKind, `${subjectId}/`)])
        if (!tried.has(held) && isOf(held, subjectId)) say(held.slice(subjectId.length + 1), 'fine', 'fine')
      if (candidates.length === 0) return
      const real = verdictOf(policy, scored, globals)
      for (const candidate of candidates) say(candidate.id, verdictOf(candidate.policy, scored, globals), real)
    },
    reevaluateOn: [...policyEntries, ...releaseOf(rows), [shadowPolicies, VISIT_POLICY]],
  })
}

/**
 * Tells a subject's records from those of another whose id continues with a slash: candidates have no slash in their
 * names.
 */
function isOf(recordId: string, subjectId: string): boolean {
  return !recordId.slice(subjectId.length + 1).includes('/')
}
