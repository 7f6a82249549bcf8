import { recordState } from '../../../features/keyed-state.ts'
import { boolean, int, nullable, record, string } from '../../../schemas/avro/schema.ts'
import { policyCounts, type PolicyCount } from '../../../schemas/visits/policy-counts.ts'
import { message } from '../../../schemas/topic.ts'
import { noFeatures, scorer, type Globals, type RowContext, type Scorer } from '../../processor.ts'
import { VISIT_POLICY } from '../default-policy.ts'
import { policyEntries } from './policy-in-force.ts'

const Counted = record('Counted', 'How a visit was counted last.', {
  day: int,
  flagged: boolean,
  policyVersion: int,
  modelId: nullable(string),
})
const countedKind = recordState('counted', Counted)

/** How a visit is counted: its day (days since 1970 in UTC), and who flags it. */
interface CountedVisit {
  readonly day: number
  readonly flagged: boolean
  readonly policyVersion: number
  readonly modelId: string | null
}

/** What changes of the counts of a day when a visit that was counted as `before` is counted as `now`. */
type CountChange = Pick<PolicyCount, 'day' | 'policyVersion' | 'modelId' | 'visits' | 'flagged'>

/** `undefined`, `null`: it was not counted; it is no longer. */
function countChanges(before: CountedVisit | undefined, now: CountedVisit | null): CountChange[] {
  const taken = before === undefined ? [] : [changeOf(before, -1)]
  const given = now === null ? [] : [changeOf(now, 1)]
  const [out, into] = [taken[0], given[0]]
  const changes =
    out !== undefined && into?.day === out.day
      ? isSameJudge(out, into)
        ? [{ ...into, visits: 0, flagged: into.flagged + out.flagged }]
        : [
            { ...out, visits: 0 },
            { ...into, visits: 0 },
          ]
      : [...taken, ...given]
  return changes.filter(({ visits, flagged }) => visits !== 0 || flagged !== 0)
}

function changeOf({ day, flagged, policyVersion, modelId }: CountedVisit, sign: 1 | -1): CountChange {
  return { day, policyVersion, modelId, visits: sign, flagged: flagged ? sign : 0 }
}

function isSameJudge(one: CountChange, other: CountChange): boolean {
  return one.policyVersion === other.policyVersion && one.modelId === other.modelId
}

interface FlagCounter<F extends RowContext> {
  /** Never rename or reuse it. */
  readonly name: string
  /** What the decision on the subject says of a visit, which has an id of its own; `null`: it was withdrawn. */
  judged(subject: string, context: F, globals: Globals): { readonly visitId: string; readonly as: CountedVisit | null }
}

/**
 * Counts, beside a processor that gives verdicts on visits, how many visits of a day each policy flags: for the circuit
 * breaker. It publishes what changes in the counts, so that their sum is right whatever is assessed again, and in the
 * same transaction as the verdict.
 */
export function countFlags<F extends RowContext>({ name, judged }: FlagCounter<F>): Scorer {
  return scorer<F>({
    name,
    version: 1,
    purpose: 'Counts by day how many visits the policy in force flags.',
    outputs: [policyCounts],
    decisionState: [countedKind],
    features: noFeatures,
    decide(decisionState, { subject, id, source, rowContext }, globals, emit) {
      const { visitId, as } = judged(subject, rowContext, globals)
      const changes = countChanges(decisionState.get(countedKind, visitId), as)
      if (as === null) decisionState.delete(countedKind, visitId)
      else decisionState.put(countedKind, visitId, as)
      for (const [index, change] of changes.entries())
        emit(
          message(policyCounts, {
            id: `${id}/count/${index}`,
            occurredAt: rowContext.at,
            source,
            name: VISIT_POLICY,
            ...change,
          }),
        )
    },
    reevaluateOn: policyEntries,
  })
}
