import { recordState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { boolean, int, nullable, record, string } from '../../../schemas/avro/schema.ts'
import { policyCounts, type PolicyCount } from '../../../schemas/visits/policy-counts.ts'
import { message } from '../../../schemas/topic.ts'
import { scorer, type Globals, type RowContext, type ScoredSubject, type Scorer } from '../../processor.ts'
import { VISIT_POLICY } from '../default-policy.ts'
import { policyEntries } from './active-policy.ts'
import { notScored, releaseOf, type ScoredRows } from './scored-rows.ts'

const Counted = record('Counted', 'How a visit was counted last.', {
  day: int,
  flagged: boolean,
  policyVersion: int,
  modelId: nullable(string),
})
const countedKind = recordState('counted', Counted)

/** How a visit is counted: its day (days since 1970 in UTC), whether it is flagged, and by which policy and model. */
interface CountedVisit {
  readonly day: number
  readonly flagged: boolean
  readonly policyVersion: number
  readonly modelId: string | null
}

/** Change in the counts of a day when a visit is counted differently. */
type CountChange = Pick<PolicyCount, 'day' | 'policyVersion' | 'modelId' | 'visits' | 'flagged'>

/**
 * Returns the changes when a visit that was counted as `before` (`undefined`: not at all) is counted as `now` (`null`:
 * no longer).
 */
function countChanges(
  before: CountedVisit | undefined,
  now: CountedVisit | null,
  counts: FlagCounter<never>['counts'],
): CountChange[] {
  const taken = before === undefined ? [] : [changeOf(before, -1)]
  const given = now === null ? [] : [changeOf(now, 1)]
  const [out, into] = [taken[0], given[0]]
  const changes =
    out !== undefined && into?.day === out.day
      ? isSamePolicyAndModel(out, into)
        ? [{ ...into, visits: 0, flagged: into.flagged + out.flagged }]
        : [
            { ...out, visits: 0 },
            { ...into, visits: 0 },
          ]
      : [...taken, ...given]
  return changes
    .map((change) => (counts === 'flags' ? { ...change, visits: 0 } : change))
    .filter(({ visits, flagged }) => visits !== 0 || flagged !== 0)
}

function changeOf({ day, flagged, policyVersion, modelId }: CountedVisit, sign: 1 | -1): CountChange {
  return { day, policyVersion, modelId, visits: sign, flagged: flagged ? sign : 0 }
}

function isSamePolicyAndModel(one: CountChange, other: CountChange): boolean {
  return one.policyVersion === other.policyVersion && one.modelId === other.modelId
}

interface FlagCounter<F extends RowContext> {
  /** Never rename or reuse it. */
  readonly name: string
  readonly purpose: string
  /** The processor's own setting. */
  readonly emitLatestOnly?: boolean
  /** The processor's own rows, where a model scores them. */
  readonly scored?: ScoredRows
  /** Returns how the decision on the subject counts a visit; `null`: no longer; `undefined`: as before. */
  countedAs(
    subject: string,
    context: F,
    globals: Globals,
    scored: ScoredSubject<F>,
  ): { readonly visitId: string; readonly as: CountedVisit | null } | undefined
  readonly by: PolicyCount['by']
  /** What to count: all visits, flagged visits, or both. */
  readonly counts: 'visits' | 'flags' | 'both'
  /** Returns a visit that the processor has dropped, if any; its counts stay. */
  forgotten?(subject: string, context: F): string | null
}

/**
 * Creates a scorer that counts the visits of each day, or those that are flagged, for the circuit breaker. It publishes
 * changes of the counts, so that their sums stay right when visits are assessed again.
 */
export function countVisits<F extends RowContext>(counter: FlagCounter<F>): Scorer {
  const { name, purpose, by, counts, countedAs, forgotten, emitLatestOnly = false, scored: rows = notScored } = counter
  return scorer<F>({
    name,
    version: 1,
    purpose,
    outputs: [policyCounts],
    decisionState: [countedKind],
    ...rows,
    emitLatestOnly,
    decide(decisionState, scored, globals, emit) {
      const { subject, id, source, rowContext } = scored
      const left = forgotten?.(subject, rowContext) ?? null
      if (left !== null) decisionState.delete(countedKind, idPart(left))
      const found = countedAs(subject, rowContext, globals, scored)
      if (found === undefined) return
      const { as } = found
      const recordId = idPart(found.visitId)
      const changes = countChanges(decisionState.get(countedKind, recordId), as, counts)
      if (as === null) decisionState.delete(countedKind, recordId)
      else decisionState.put(countedKind, recordId, as)
      for (const [index, change] of changes.entries())
        emit(
          message(policyCounts, {
            id: `${id}/count/${index}`,
            occurredAt: rowContext.at,
            source,
            name: VISIT_POLICY,
            by,
            ...change,
          }),
        )
    },
    ...(counts === 'visits' ? {} : { reevaluateOn: [...policyEntries, ...releaseOf(rows)] }),
  })
}
