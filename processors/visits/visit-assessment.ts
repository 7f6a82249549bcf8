import { largerBy, mergeKind } from '../../features/merge-kinds.ts'
import { recordState } from '../../features/keyed-state.ts'
import { array, double, int, nullable, record, string, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import { alerts, type AlertKind } from '../../schemas/customers/alerts.ts'
import { assessments } from '../../schemas/visits/assessments.ts'
import { scores } from '../../schemas/models/scores.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { PolicyContent } from '../../schemas/visits/policies.ts'
import { message } from '../../schemas/topic.ts'
import { assessVisits, withPoint, type Verdict } from './assess-visits.ts'
import { verdictText } from './formats.ts'
import { countVisits } from './policies/count-visits.ts'
import { policyEntries, activePolicy } from './policies/active-policy.ts'
import { shadow } from './policies/shadow.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'visit-assessment'

const Point = record('Point', 'The probability after a visit.', {
  at: timestamp,
  visitCount: int,
  probability: nullable(double),
})
const History = record('History', 'Scores of an opportunity, one per visit count, in order of time.', {
  salespersonId: nullable(string),
  points: array(Point),
})
type History = TypeOf<typeof History>
const historyKind = recordState('history', History)

const PublishedVerdict = record('Given', 'The verdict that was published last.', {
  verdict: string,
  codes: array(string),
})
const publishedKind = recordState('given', PublishedVerdict)

interface AssessmentFacts extends RowContext, History {}

/** Applies the current policy to the visits of an opportunity after each of its scores (spec V5). */
export const visitAssessment = processor<AssessmentFacts>({
  name,
  version: 1,
  purpose:
    'Assesses by the current policy whether the visits of an opportunity are fine, invalid or suspected to be false, with reasons.',
  inputs: [
    input(scores, (state, score, requestScore) => {
      const { task, opportunityId, visitCount, probability, salespersonId, occurredAt: at } = score
      if (task !== 'conversion' || opportunityId === null || visitCount === null) return
      // The newest score has the current visit count: points of later counts belong to withdrawn visits.
      const held = (state.get(historyKind, opportunityId)?.points ?? []).filter((one) => one.visitCount < visitCount)
      const points = withPoint(held, { at, visitCount, probability })
      state.put(historyKind, opportunityId, { salespersonId, points })
      requestScore(opportunityId)
    }),
  ],
  outputs: [assessments, alerts],
  persons: byKey,
  state: [historyKind],
  decisionState: [publishedKind],
  features: noFeatures,
  merge(state, other) {
    mergeKind(
      state,
      other,
      historyKind,
      largerBy(({ points }) => points.length),
    )
  },
  *subjects(state) {
    for (const [opportunityId] of state.scan(historyKind)) yield opportunityId
  },
  row(state, opportunityId) {
    const history = state.get(historyKind, opportunityId)
    const last = history?.points.at(-1)
    return history === undefined || last === undefined ? undefined : { at: last.at, ...history }
  },
  decide(decisionState, { key: customerId, subject: opportunityId, id, source, rowContext }, globals, emit) {
    const policy = activePolicy(globals)
    const { points, salespersonId, at: occurredAt } = rowContext
    const { visitCount, probability } = points.at(-1)!
    const { verdict, reasons } = assessed(policy, points)
    const codes = reasons.map(({ code }) => code)
    const before = decisionState.get(publishedKind, opportunityId)
    if (before === undefined && verdict === 'fine') return
    if (before?.verdict === verdict && before.codes.join() === codes.join()) return
    decisionState.put(publishedKind, opportunityId, { verdict, codes })

    const policyVersion = policy.version
    emit(
      message(assessments, {
        id,
        occurredAt,
        source,
        opportunityId,
        customerId,
        salespersonId,
        verdict,
        reasons,
        visitCount,
        probability,
        policyVersion,
      }),
    )
    const alert = (kind: AlertKind, raised: boolean) => {
      const text = raised
        ? reasons.map((reason) => reason.text).join(' ')
        : `No longer: the visits are ${verdictText(verdict)} now.`
      const about = { customerId, subjectId: opportunityId, raised, text, probability, threshold: null, reasons: [] }
      emit(message(alerts, { id: `${id}/${kind}`, occurredAt, source, kind, ...about }))
    }
    const was = kindOf(before?.verdict)
    const is = kindOf(verdict)
    if (was !== undefined && was !== is) alert(was, false)
    if (is !== undefined && was !== is) alert(is, true)
  },
  reevaluateOn: policyEntries,
  scorers: [
    shadow<AssessmentFacts>({
      name: 'visit-assessment-shadow',
      verdictOf: (policy, { rowContext }) => assessed(policy, rowContext.points).verdict,
      about: ({ salespersonId, at }) => ({ salespersonId, visitedAt: at }),
    }),
    countVisits<AssessmentFacts>({
      name: 'visit-assessment-counts',
      purpose: 'Counts by day the visits, and how many of them the policy in force flags by its rules.',
      by: 'rules',
      counts: 'both',
      countedAs(opportunityId, facts, globals) {
        const { version: policyVersion, rules } = activePolicy(globals)
        const day = Math.floor(facts.at / DAY_MS)
        const flagged = assessed({ rules }, facts.points).verdict !== 'fine'
        const { visitCount } = facts.points.at(-1)!
        if (visitCount === 0) return { visitId: `${opportunityId}/1`, as: null }
        // Each visit is counted once, by the verdict on the opportunity when it was the latest.
        return { visitId: `${opportunityId}/${visitCount}`, as: { day, flagged, policyVersion, modelId: null } }
      },
    }),
  ],
})

/** Applies the rules; an opportunity of which no visit remains is fine. */
function assessed({ rules }: Pick<PolicyContent, 'rules'>, points: History['points']): Verdict {
  const { visitCount } = points.at(-1)!
  return visitCount === 0 ? { verdict: 'fine', reasons: [] } : assessVisits(rules, visitCount, points)
}

function kindOf(verdict: string | undefined): AlertKind | undefined {
  if (verdict === 'invalid') return 'invalid-visits'
  return verdict === 'suspected_false' ? 'suspected-false-visits' : undefined
}
