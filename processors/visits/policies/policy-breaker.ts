import { keepLatest, numericState, recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { minBy } from '../../../features/min-by.ts'
import { array, documented, int, nullable, record, string } from '../../../schemas/avro/schema.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import { policies, FormerPolicy } from '../../../schemas/visits/policies.ts'
import { policyCounts, type PolicyCount } from '../../../schemas/visits/policy-counts.ts'
import { policyHolds } from '../../../schemas/visits/policy-holds.ts'
import { policyLimits } from '../../../schemas/visits/policy-limits.ts'
import { message, type Message } from '../../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext, type ScoredSubject } from '../../processor.ts'
import { VISIT_POLICY } from '../default-policy.ts'
import { dayText } from '../formats.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import {
  allowedFlags,
  evaluatePolicy,
  type FlaggedDay,
  type Held as HeldPolicies,
  type BreakerDecision,
  type Limit,
} from './breaker.ts'
import { defaultLimit } from './policy-limit-setting.ts'
import { noPersons } from '../../../schemas/persons.ts'

/** Days that are counted, and pairs of policy and model; the oldest are dropped first. */
const DAYS_MAX = 1_000
const PAIRS_MAX = 20
const COUNTERS = ['rules', 'evidence'] as const

const latestKind = numericState('latest', 1)
/** Number of visits, by book (rules or evidence) and day. */
const visitsKind = numericState('visits', 1)
/** Number of flagged visits, by judge (policy and model) and day. */
const flaggedKind = numericState('flagged', 1)
const PolicyAndModel = record('Judge', 'Who flags visits.', { policyVersion: int, modelId: nullable(string) })
const policyAndModelKind = recordState('judges', PolicyAndModel)

const Held = record('Held', 'The last hold.', {
  version: int,
  heldVersions: array(int),
  heldModels: array(string),
  inForce: FormerPolicy,
})
const heldKind = recordState('held', Held)
/** Raised alerts, under the policy version or the model that they are about. */
const Alerted = record('Alerted', 'An alert that stands.', {
  activated: documented('The version that was activated last when it was raised.', int),
})
const alertedKind = recordState('alerted', Alerted)

interface Counts extends RowContext {
  readonly days: readonly FlaggedDay[]
}

/**
 * The circuit breaker: adds up what each policy flags, and holds the policy in force when it flags more of a day's
 * visits than its limit allows. Verdicts then follow the policy before it.
 */
export const policyBreaker = processor<Counts>({
  name: 'policy-breaker',
  version: 1,
  purpose:
    "Holds a policy that flags more of a day's visits than its limit allows: the previous one becomes active again.",
  inputs: [
    input(policyCounts, (state, count, requestScore) => {
      addCount(state, count)
      keepLatest(state, latestKind, '', count.occurredAt)
      requestScore(count.name)
    }),
  ],
  outputs: [policyHolds, alerts],
  persons: noPersons('numbers of visits by policy'),
  state: [latestKind, visitsKind, flaggedKind, policyAndModelKind],
  decisionState: [heldKind, alertedKind],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latestKind, '') !== undefined) yield state.key
  },
  row(state) {
    const days: FlaggedDay[] = []
    for (const [pairId, who] of state.scan(policyAndModelKind))
      for (const [id, [flagged]] of state.scan(flaggedKind, `${pairId}/`)) {
        const day = id.slice(pairId.length + 1)
        days.push({ ...who, day: Number(day), visits: visitsOf(state, day), flagged: flagged! })
      }
    return { at: state.get(latestKind, '')![0]!, days }
  },
  decide(memory, scored, globals, emit) {
    const { subject: name, rowContext } = scored
    const limit = globals.get(policyLimits, name) ?? defaultLimit
    const policy = globals.get(policies, name)
    const decision = evaluatePolicy(policy, memory.get(heldKind, ''), rowContext.days, limit)
    if (decision?.kind === 'hold') {
      memory.put(heldKind, '', decision.held)
      emit(holdOf(scored, decision, limit))
    }
    const activated = policy?.version ?? 0
    for (const [about, raisedAt] of [...memory.scan(alertedKind)]) {
      if (stands(about, raisedAt.activated, { activated, held: memory.get(heldKind, ''), decision })) continue
      memory.delete(alertedKind, about)
      emit(alertOf(scored, about, false, 'No longer: another policy was activated, or the flags are gone.'))
    }
    if (decision === undefined) return
    const about = decision.by.modelId ?? String(decision.by.policyVersion)
    if (memory.get(alertedKind, about) !== undefined) return
    memory.put(alertedKind, about, { activated })
    emit(alertOf(scored, about, true, alertText(decision, limit)))
  },
  reevaluateOn: [
    [policies, VISIT_POLICY],
    [policyLimits, VISIT_POLICY],
  ],
})

interface Situation {
  readonly activated: number
  readonly held: HeldPolicies | undefined
  readonly decision: BreakerDecision | undefined
}

/**
 * Whether an alert remains: until a policy that is not held is activated, or, for the built-in policy, until it flags
 * less.
 */
function stands(about: string, raisedAt: number, { activated, held, decision }: Situation): boolean {
  if (about === '0') return decision?.kind === 'warning'
  return raisedAt === activated || held?.heldVersions.includes(activated) === true
}

/**
 * The counters of rules and of evidence see the same visits, but at different times: the larger count is up to date.
 */
function visitsOf(state: KeyedState, day: string): number {
  const counted = COUNTERS.map((by) => state.get(visitsKind, `${by}/${day}`)?.[0] ?? 0)
  return Math.max(...counted)
}

function addCount(state: KeyedState, { by, day, policyVersion, modelId, visits, flagged }: PolicyCount): void {
  if (add(state, visitsKind, `${by}/${day}`, visits)) limitDays(state)
  if (flagged === 0) return
  const pairId = modelId === null ? String(policyVersion) : `${policyVersion}+${modelId}`
  add(state, flaggedKind, `${pairId}/${day}`, flagged)
  if (state.get(policyAndModelKind, pairId) !== undefined) return
  state.put(policyAndModelKind, pairId, { policyVersion, modelId })
  limitPairs(state)
}

/** Changes a count by `change`; returns whether there was none before. */
function add(state: KeyedState, kind: typeof visitsKind, id: string, change: number): boolean {
  if (change === 0) return false
  const before = state.get(kind, id)?.[0]
  const sum = Math.max(0, (before ?? 0) + change)
  if (sum === 0) state.delete(kind, id)
  else state.put(kind, id, Float64Array.of(sum))
  return before === undefined
}

function limitDays(state: KeyedState): void {
  const days = [...new Set([...state.scan(visitsKind)].map(([id]) => id.slice(id.indexOf('/') + 1)))]
  if (days.length <= DAYS_MAX) return
  const oldest = minBy(days, Number)!
  for (const by of COUNTERS) state.delete(visitsKind, `${by}/${oldest}`)
  for (const [pairId] of [...state.scan(policyAndModelKind)]) state.delete(flaggedKind, `${pairId}/${oldest}`)
}

function limitPairs(state: KeyedState): void {
  const pairs = [...state.scan(policyAndModelKind)]
  if (pairs.length <= PAIRS_MAX) return
  const [oldest] = minBy(pairs, ([, { policyVersion }]) => policyVersion)!
  for (const [id] of [...state.scan(flaggedKind, `${oldest}/`)]) state.delete(flaggedKind, id)
  state.delete(policyAndModelKind, oldest)
}

type Scored = Pick<ScoredSubject<Counts>, 'id' | 'source' | 'subject' | 'rowContext'>

function holdOf(scored: Scored, { held, by }: Extract<BreakerDecision, { kind: 'hold' }>, limit: Limit): Message {
  const { id, source, subject: name, rowContext } = scored
  const { policyVersion: heldVersion, modelId, day, visits, flagged } = by
  const shown = { heldVersion, modelId, day, visits, flagged, allowed: allowedFlags(visits, limit) }
  return message(policyHolds, { id: `${id}/hold`, occurredAt: rowContext.at, source, name, ...held, ...shown })
}

function alertText({ kind, by }: BreakerDecision, limit: Limit): string {
  const share = `${by.flagged} of ${by.visits} visits of ${dayText(by.day * DAY_MS)}; ${allowedFlags(by.visits, limit)} are allowed`
  if (kind === 'warning')
    return `The built-in policy flags ${share}. It stays active because there is no earlier one: activate another policy.`
  const what = by.modelId === null ? `Version ${by.policyVersion} of the policy` : `The model ${by.modelId}`
  return `${what} is held: it flags ${share}. The previous one is active again.`
}

function alertOf({ id, source, subject, rowContext }: Scored, of: string, raised: boolean, text: string): Message {
  const about = { customerId: `policy:${subject}`, subjectId: `${subject}/${of}` }
  const frame = { id: `${id}/policy-held/${of}`, occurredAt: rowContext.at, source, kind: 'policy-held' as const }
  return message(alerts, { ...frame, ...about, raised, text, probability: null, threshold: null, reasons: [] })
}
