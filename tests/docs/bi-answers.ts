/** What the queries of docs/bi.md must answer, in their order, computed from the events without SQL. */
import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import type { LabelledRow } from '../../schemas/models/labelled-rows.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import * as world from './bi-world.ts'

type Row = Readonly<Record<string, unknown>>

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : sum(numbers) / numbers.length
const share = <T>(list: readonly T[], holds: (one: T) => boolean): number => list.filter(holds).length / list.length

/** As percentile_cont: between the two nearest values. */
function quantile(numbers: readonly number[], level: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = level * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  return below + (sorted[Math.ceil(at)]! - below) * (at % 1)
}

function deviation(numbers: readonly number[]): number | null {
  if (numbers.length < 2) return null
  const middle = mean(numbers)!
  return Math.sqrt(sum(numbers.map((one) => (one - middle) ** 2)) / (numbers.length - 1))
}

/** One row for each group, ordered by its keys. */
function grouped<T>(list: readonly T[], keysOf: (one: T) => Row, rowOf: (group: readonly T[]) => Row): Row[] {
  const groups = Map.groupBy(list, (one) => JSON.stringify(keysOf(one)))
  return [...groups]
    .map(([keys, group]) => ({ ...(JSON.parse(keys) as Row), ...rowOf(group) }))
    .toSorted(byFields(...Object.keys(list.length === 0 ? {} : keysOf(list[0]!))))
}

/** Orders by these fields; those with a minus descend. */
function byFields(...fields: readonly string[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const field of fields) {
      const [name, sign] = field.startsWith('-') ? [field.slice(1), -1] : [field, 1]
      const [one, other] = [a[name] as string | number, b[name] as string | number]
      if (one !== other) return one < other ? -sign : sign
    }
    return 0
  }
}

const weekOf = (time: number): string => {
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7
  return new Date(time - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}

/** The outcomes with the score that was served last before the moment that each is about. */
const decided = world.conversions.map((outcome) => {
  const served = world.conversionScores
    .filter(({ subjectId, occurredAt }) => subjectId === outcome.subjectId && occurredAt <= outcome.asOf!)
    .toSorted((a, b) => b.occurredAt - a.occurredAt)[0]
  return { ...outcome, probability: served?.probability ?? null, modelId: served?.modelId ?? null }
})
const scored = decided.filter((one): one is typeof one & { probability: number } => one.probability !== null)

const ofModels = (): Row[][] => [
  grouped(
    decided,
    ({ occurredAt }) => ({ week: weekOf(occurredAt) }),
    (group) => ({ decided: group.length, rate: mean(group.map(({ value }) => value)) }),
  ),
  scored
    .filter(({ value, probability }) => value === 0 && probability >= 0.5)
    .map(({ subjectId, customerId, probability }) => ({ subject_id: subjectId, customer_id: customerId, probability }))
    .toSorted(byFields('-probability', 'subject_id'))
    .slice(0, 10),
  grouped(
    scored,
    ({ probability }) => ({ decile: Math.min(Math.floor(probability * 10), 9) }),
    (group) => ({
      decided: group.length,
      predicted: mean(group.map(({ probability }) => probability)),
      converted: mean(group.map(({ value }) => value)),
    }),
  ),
  grouped(
    scored,
    ({ modelId }) => ({ model_id: modelId }),
    (group) => ({
      decided: group.length,
      brier: mean(group.map(({ probability, value }) => (probability - value) ** 2)),
    }),
  ),
  grouped(
    world.conversionScores,
    ({ occurredAt, modelId }) => ({ week: weekOf(occurredAt), model_id: modelId }),
    (group) => {
      const probabilities = group.map(({ probability }) => probability!)
      return { scores: group.length, mean: mean(probabilities), deviation: deviation(probabilities) }
    },
  ),
]

const standing = world.visits.filter(({ withdrawn }) => !withdrawn)
const suspected = new Set(
  world.assessments.filter(({ verdict }) => verdict === 'suspected_false').map(({ visitId }) => visitId),
)
const open = world.opportunities.filter(({ status }) => status === 'open')
const newestScores = new Map(world.conversionScores.map((score) => [score.subjectId, score.probability!]))

const ofVisits = (): Row[][] => [
  grouped(
    standing,
    ({ salespersonId }) => ({ salesperson_id: salespersonId }),
    (group) => ({
      visits: group.length,
      suspected: group.filter(({ visitId }) => suspected.has(visitId)).length,
      share: share(group, ({ visitId }) => suspected.has(visitId)),
    }),
  ),
  grouped(
    world.assessments.flatMap(({ evidence }) => evidence),
    ({ kind }) => ({ kind }),
    (group) => ({ pieces: group.length, strength: mean(group.map(({ score }) => score)) }),
  ).toSorted(byFields('-pieces', 'kind')),
  grouped(
    world.reviews.filter(({ decidedAt }) => decidedAt !== null),
    ({ decidedBy, decision }) => ({ decided_by: decidedBy, decision }),
    (group) => ({
      decided: group.length,
      median_hours: quantile(
        group.map(({ decidedAt, openedAt }) => (decidedAt! - openedAt) / HOUR_MS),
        0.5,
      ),
    }),
  ),
  grouped(
    open,
    ({ teamId, currency }) => ({ team_id: teamId, currency }),
    (group) => ({
      open: group.length,
      value_minor: sum(group.map(({ valueMinor }) => valueMinor!)),
      expected_value_minor: sum(
        group.map(({ valueMinor, opportunityId }) => valueMinor! * newestScores.get(opportunityId)!),
      ),
    }),
  ),
  longUnvisited(),
]

function longUnvisited(): Row[] {
  const newest = Math.max(...standing.map(({ occurredAt }) => occurredAt))
  return open
    .map(({ opportunityId, salespersonId }) => {
      const own = standing.filter((visit) => visit.opportunityId === opportunityId)
      const last = own.length === 0 ? -1 : Math.max(...own.map(({ occurredAt }) => occurredAt))
      return { opportunity_id: opportunityId, salesperson_id: salespersonId, last }
    })
    .filter(({ last }) => last < newest - 30 * DAY_MS)
    .toSorted(byFields('last', 'opportunity_id'))
    .map(({ last, ...row }) => ({ ...row, last_visit_at: last === -1 ? null : new Date(last) }))
}

const converted = new Map(world.callConversions.map(({ subjectId, value }: Outcome) => [subjectId, value]))
const answered = world.madeCalls.filter((call) => call.answered)
const knownOf = (group: readonly { readonly callId: string }[]): number[] =>
  group.flatMap(({ callId }) => converted.get(callId) ?? [])

const ofCalls = (): Row[][] => [
  grouped(
    world.madeCalls.filter(({ direction }) => direction === 'outbound'),
    ({ occurredAt }) => ({ hour: new Date(occurredAt).getUTCHours() }),
    (group) => ({ calls: group.length, answer_rate: share(group, (call) => call.answered) }),
  ),
  grouped(
    answered,
    ({ agentId }) => ({ agent_id: agentId }),
    (group) => ({
      answered: group.length,
      decided: knownOf(group).length,
      conversion_rate: mean(knownOf(group)),
      talk_s: mean(group.map(({ durationS }) => durationS)),
    }),
  ),
  grouped(
    answered.filter(({ script }) => script !== null),
    ({ script, scriptVersion }) => ({ script, script_version: scriptVersion }),
    (group) => ({ decided: knownOf(group).length, conversion_rate: mean(knownOf(group)) }),
  ).toSorted(byFields('-conversion_rate', 'script', 'script_version')),
]

const ofCampaigns = (): Row[][] => [
  grouped(
    world.queue,
    ({ campaign }) => ({ campaign }),
    (group) => ({
      listed: group.length,
      called: group.filter(({ attempts }) => attempts > 0).length,
      done: group.filter(({ state }) => state === 'done').length,
      removed: group.filter(({ state }) => state === 'removed').length,
    }),
  ),
  grouped(
    world.attempts.filter(({ step }) => step === 'completed'),
    ({ campaign, disposition }) => ({ campaign, disposition }),
    (group) => {
      const all = world.attempts.filter(({ step, campaign }) => step === 'completed' && campaign === group[0]!.campaign)
      return { calls: group.length, share: group.length / all.length }
    },
  ),
  grouped(
    world.refusals,
    ({ campaign, rule }) => ({ campaign, rule }),
    (group) => ({ refusals: group.length, customers: new Set(group.map(({ customerId }) => customerId)).size }),
  ).toSorted(byFields('campaign', '-refusals', 'rule')),
  consents(),
]

function consents(): Row[] {
  const latest = new Map(world.permissions.map((one) => [`${one.customerId} ${one.channel}`, one]))
  return [null, 'call'].map((channel) => {
    const own = [...latest.values()].filter((one) => one.channel === channel)
    return { channel, consent: own.filter(({ kind }) => kind === 'consent-given').length, customers: own.length }
  })
}

/** The answers, the first to question 1. The labelled rows are those that the platform published of this world. */
export const answers = (labelled: readonly LabelledRow[]): Row[][] => [
  ...ofModels(),
  ...ofVisits(),
  ...ofCalls(),
  ...ofCampaigns(),
  grouped(
    world.routing,
    ({ desk }) => ({ desk }),
    (group) => ({
      calls: group.length,
      accepted: share(group, ({ state }) => state === 'accepted'),
      waited_ms_p90: quantile(
        group.map(({ waitedMs }) => waitedMs),
        0.9,
      ),
    }),
  ),
  grouped(
    // The last one of a label applies.
    [...new Map(labelled.map((one) => [one.labelId, one])).values()],
    ({ task, outcomeSource, status }) => ({ task, outcome_source: outcomeSource, status }),
    (group) => ({ labels: group.length, mean: mean(group.flatMap(({ label }) => label ?? [])) }),
  ),
  grouped(
    world.shadows,
    ({ candidate, inForce, verdict }) => ({ candidate, in_force: inForce, verdict }),
    (group) => ({ subjects: group.length }),
  ),
]
