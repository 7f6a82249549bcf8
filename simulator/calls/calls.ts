import { calls, type Call } from '../../schemas/calls/calls.ts'
import { firstOutcome, outcomes, type Outcome } from '../../schemas/models/outcomes.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../schemas/durations.ts'
import { answers, farewells, greetings, inquiries, pitches, replies } from './call-phrases.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Emit } from '../emit.ts'
import { isLoan, productNames, type Product } from '../recommendations/products.ts'
import {
  uniform,
  bernoulli,
  exponential,
  logNormal,
  normal,
  pick,
  sigmoid,
  uniformInteger,
  type Random,
} from '../random.ts'
import type { CustomerState } from '../state.ts'
import { fill } from '../visits/visit-text.ts'
import { REFERENCE_SCRIPT, scriptEffect, simulatedScripts } from './script-tastes.ts'

/** Ground truth of calls, known before they are made: the probability of an answer, and of conversion once answered. */
export type CallTruth = Map<string, { readonly answerProbability: number; readonly conversionProbability: number }>

type Turn = Call['turns'][number]

/** Spread of what decides a conversion beyond `conversionLogit`, on the logit. */
export const LOGIT_NOISE = 0.3

/** Products of the campaigns, which run one at a time for two weeks each. */
const campaigns: readonly Product[] = [
  'consumer-loan',
  'wealth-management',
  'credit-card',
  'business-loan',
  'insurance',
]
const DIALS_A_WORKDAY = 0.08
const INQUIRIES_A_DAY = 0.004
/** Share of calls about the product that interests the customer most, instead of the campaign's. */
const NEXT_BEST_OFFER = 0.6
/** Share of calls at the hour at which the customer has answered before. */
const USUAL_HOUR = 0.6
/**
 * Effect of the latest answered call on the logit, by its stance from hanging up to buying. Customers who bought once
 * are likely to buy again.
 */
const AFTER_STANCE = [-1.6, -0.5, 0.7, 1.3]

/** Simulates outbound calls of the running campaign on workdays, and a few inbound calls. */
export function telephone(state: CustomerState, day: Day, next: Random, truth: CallTruth, emit: Emit): void {
  if (!day.weekend && bernoulli(next, DIALS_A_WORKDAY)) dial(state, day, next, truth, emit)
  if (bernoulli(next, INQUIRIES_A_DAY * (1 + 2 * state.need))) inquire(state, day, next, emit)
}

function dial(state: CustomerState, day: Day, next: Random, truth: CallTruth, emit: Emit): void {
  const { customer } = state
  const { contact } = customer
  const period = Math.floor(day.index / 14)
  const product = bernoulli(next, NEXT_BEST_OFFER) ? mostWanted(state) : campaigns[period % campaigns.length]!
  const campaign = `${product}-${period + 1}`
  if (state.period !== period) [state.period, state.callsInCampaign] = [period, 0]
  // Customers outside the business segment are not called about business loans.
  if (product === 'business-loan' && customer.segment !== 'business') return
  state.callsInCampaign++

  const usual = contact.answerHour + customer.city.hourShift + normal(next, 0, 0.8)
  const hour =
    state.lastStance !== null && bernoulli(next, USUAL_HOUR) ? Math.min(20, Math.max(9, usual)) : uniform(next, 9, 20)
  const startedAt = atHour(day, hour)
  const localHour = hour - customer.city.hourShift
  const habit = Math.exp(-((localHour - contact.answerHour) ** 2) / 14)
  const answerProbability = contact.answerRate * (0.45 + 0.55 * habit)
  const answered = bernoulli(next, answerProbability)
  const logit = conversionLogit(state, product, startedAt) + normal(next, 0, LOGIT_NOISE)
  const level = answered ? next() : 1
  const converted = level < sigmoid(logit)
  const stance = stanceAfter(logit, converted, next)
  const durationS = answered ? Math.round(logNormal(next, [14, 55, 130, 210][stance]!, 0.45)) : 0
  const callId = `call-${customer.id.slice(2)}-${day.index}`
  truth.set(callId, { answerProbability, conversionProbability: sigmoid(logit) })
  const scripted = { callId, customerId: customer.id, product, startedAt }
  const sinceDays = (startedAt - state.lastCallAt) / DAY_MS
  const endedAt = startedAt + Math.max(8, durationS) * SECOND_MS
  state.lastCallAt = startedAt
  if (answered) state.lastStance = stance
  const call: Omit<Call, 'source'> = {
    id: `sim-${callId}`,
    occurredAt: endedAt,
    customerId: customer.id,
    callId,
    agentId: `agent-${uniformInteger(next, 1, 12)}`,
    direction: 'outbound',
    answered,
    durationS,
    campaign,
    product,
    clicks: stance >= 2 && answered && bernoulli(next, 0.35) ? uniformInteger(next, 1, 3) : 0,
    satisfaction:
      answered && bernoulli(next, 0.15)
        ? Math.max(1, Math.min(5, Math.round(2.6 + 0.7 * stance + normal(next, 0, 0.7))))
        : null,
    turns: answered ? conversation(state, product, stance, durationS, next) : [],
    context: {
      callsInCampaign: state.callsInCampaign,
      localHour: Math.floor(localHour),
      ...(Number.isFinite(sinceDays) ? { daysSinceCall: sinceDays } : {}),
    },
    script: REFERENCE_SCRIPT,
    scriptVersion: 0,
  }
  emit(calls, call, undefined, { ...scripted, changes: {} })
  const outcome: Omit<Outcome, 'source'> = {
    id: `sim-call-conversion-${callId}`,
    // Conversion is known when the customer has signed, and otherwise when the call list is closed.
    occurredAt: converted
      ? endedAt + Math.round(Math.min(2 * DAY_MS, exponential(next, 8 * HOUR_MS)))
      : endedAt + 30 * MINUTE_MS,
    customerId: customer.id,
    task: 'call-conversion',
    subjectId: customer.id,
    value: converted ? 1 : 0,
    asOf: startedAt - 1,
    ...firstOutcome,
  }
  const changes = outcomesByScript(customer, (effect) => level < sigmoid(logit + effect))
  emit(outcomes, outcome, undefined, { ...scripted, changes })
}

/**
 * Returns the outcome with each script. The customer’s level is the same, so a better script only adds conversions. The
 * conversation and what follows in this world stay those of the reference script.
 */
function outcomesByScript(
  customer: CustomerState['customer'],
  converts: (effect: number) => boolean,
): Readonly<Record<string, Pick<Outcome, 'value'>>> {
  return Object.fromEntries(
    simulatedScripts.map((script) => [script, { value: converts(scriptEffect(customer, script)) ? 1 : 0 }]),
  )
}

function mostWanted({ interest, need }: CustomerState): Product {
  const wanted = (product: Product) => interest[product] + (isLoan(product) ? need : 0)
  return productNames.reduce((best, product) => (wanted(product) > wanted(best) ? product : best))
}

/** Draws the customer’s stance in an answered call, from hanging up (0) to buying (3). */
export function stanceAfter(logit: number, converted: boolean, next: Random): number {
  return converted ? 3 : Math.max(0, Math.min(2, Math.floor(3 * sigmoid(logit + 0.8 + normal(next, 0, 1)))))
}

/** Returns the logit of conversion from interest in the product, the outcome of the latest call and the time since. */
export function conversionLogit(state: CustomerState, product: Product, at: number): number {
  const { customer, need, interest, lastStance, callsInCampaign, lastCallAt } = state
  const days = (at - lastCallAt) / DAY_MS
  const tired = 0.4 * (callsInCampaign - 1) + (days < 5 ? 1.2 : days < 14 ? 0.5 : 0)
  return (
    -2.4 +
    0.9 * interest[product] +
    (isLoan(product) ? 1.5 * (need - 0.3) : 0) +
    0.8 * customer.contact.warmth +
    (lastStance === null ? 0 : AFTER_STANCE[lastStance]!) -
    tired
  )
}

function conversation(
  { customer }: CustomerState,
  product: Product,
  stance: number,
  durationS: number,
  next: Random,
): Turn[] {
  const occasion = { customer, product }
  const lines: [Turn['speaker'], string][] = [['agent', pick(next, greetings)]]
  if (stance === 0) lines.push(['customer', pick(next, answers[0]!)])
  else {
    lines.push(
      ['customer', pick(next, ['嗯，你说。', '什么事？', '好的。', '是我。'])],
      ['agent', pick(next, pitches[product])],
    )
    for (let round = 0; round < stance; round++)
      lines.push(['customer', pick(next, answers[uniformInteger(next, 1, stance)]!)], ['agent', pick(next, replies)])
    lines.push(['customer', pick(next, answers[stance]!)])
  }
  lines.push(['agent', pick(next, farewells)])
  return lines.map(([speaker, text], i) => {
    return {
      speaker,
      text: fill(next, text, occasion),
      offsetMs: Math.round((i / lines.length) * durationS * SECOND_MS),
    }
  })
}

function inquire({ customer }: CustomerState, day: Day, next: Random, emit: Emit): void {
  const durationS = Math.round(logNormal(next, 150, 0.5))
  const callId = `inquiry-${customer.id.slice(2)}-${day.index}`
  const occasion = { customer, product: pick(next, ['consumer-loan', 'credit-card'] as const) }
  const turn = (speaker: Turn['speaker'], text: string, share: number): Turn => ({
    speaker,
    text: fill(next, text, occasion),
    offsetMs: Math.round(share * durationS * SECOND_MS),
  })
  emit(calls, {
    id: `sim-${callId}`,
    occurredAt: atHour(day, uniform(next, 9, 20)) + durationS * SECOND_MS,
    customerId: customer.id,
    callId,
    agentId: `agent-${uniformInteger(next, 1, 12)}`,
    direction: 'inbound',
    answered: true,
    durationS,
    campaign: null,
    product: null,
    clicks: 0,
    satisfaction: bernoulli(next, 0.3) ? uniformInteger(next, 2, 5) : null,
    turns: [
      turn('customer', pick(next, inquiries), 0.05),
      turn('agent', pick(next, replies), 0.3),
      turn('customer', '好的，谢谢。', 0.9),
    ],
    context: {},
    script: null,
    scriptVersion: null,
  })
}
