import { DAY_MS } from '../../schemas/durations.ts'
import { dayOf, type Day } from '../../simulator/calendar.ts'
import { conversionLogit, LOGIT_NOISE, stanceAfter } from '../../simulator/calls/calls.ts'
import { scriptEffect, simulatedScripts, type SimulatedScript } from '../../simulator/calls/script-tastes.ts'
import { makeCustomers } from '../../simulator/customers/customers.ts'
import { bernoulli, normal, random, sigmoid } from '../../simulator/random.ts'
import { endDay, makeState, type CustomerState } from '../../simulator/state.ts'
import { makeStaff } from '../../simulator/visits/staff.ts'

const START = Date.UTC(2026, 0, 4, 16)
/** Product of the campaign. */
const PRODUCT = 'consumer-loan'
/** Error of the observed interest, in the units of the true one: what behaviour shows of it. */
const OBSERVED_ERROR = 0.5
/** Hour of every call, in hours after midnight. */
const HOUR_MS = 12 * (DAY_MS / 24)

/** History of a customer’s calls under one strategy. */
export interface CallHistory {
  callsInCampaign: number
  lastCallAt: number
  lastStance: number | null
  hasBought: boolean
}

export interface ScriptedCall {
  readonly answered: boolean
  /** True probability of a conversion, once answered, with each script. */
  readonly probabilities: Readonly<Record<SimulatedScript, number>>
  converts(script: SimulatedScript): boolean
  /** Records the call in the history of the customer. */
  record(history: CallHistory, converted: boolean): void
}

/** The simulated bank’s customers, seen from a campaign for one product. */
export interface ScriptWorld {
  readonly size: number
  /** Simulates the next day of all customers. */
  nextDay(): Day
  segment(customer: number): string
  newHistory(): CallHistory
  /** Returns what the platform could know before a call; NaN is unknown. */
  observe(customer: number, history: CallHistory, day: Day): readonly number[]
  /** Returns a call on this day. Equal histories give the same call under every strategy. */
  call(customer: number, history: CallHistory, day: Day): ScriptedCall
}

/** Creates a world. Its customers, nights and preferences are those of the simulated bank (`simulator/`). */
export function scriptWorld(seed: string, size: number): ScriptWorld {
  const states = makeCustomers(seed, size, makeStaff(seed, 30, 6), 2026).map(makeState)
  const effects = states.map(({ customer }) =>
    Object.fromEntries(simulatedScripts.map((script) => [script, scriptEffect(customer, script)])),
  )
  const at = (day: Day) => day.startAt + HOUR_MS
  const stateOf = (customer: number, history: CallHistory): CustomerState => ({ ...states[customer]!, ...history })
  let next = 0
  return {
    size,
    nextDay() {
      const day = dayOf(START, next++)
      for (const state of states) endDay(state, day, random(state.customer.stream, 'night', day.index))
      return day
    },
    segment: (customer) => states[customer]!.customer.segment,
    newHistory: () => ({ callsInCampaign: 0, lastCallAt: -Infinity, lastStance: null, hasBought: false }),
    observe(customer, { callsInCampaign, lastCallAt, lastStance }, day) {
      const { customer: who, interest, need } = states[customer]!
      const error = random(who.stream, 'observed', day.index)
      const days = (at(day) - lastCallAt) / DAY_MS
      return [
        ...[who.segment === 'business' ? 1 : 0, who.segment === 'affluent' ? 1 : 0],
        ...[interest[PRODUCT] + normal(error, 0, OBSERVED_ERROR), need + normal(error, 0, OBSERVED_ERROR)],
        ...[callsInCampaign, Number.isFinite(days) ? days : NaN, lastStance ?? NaN],
      ]
    },
    call(customer, history, day) {
      const { customer: who } = states[customer]!
      const chance = random(who.stream, 'scripted call', day.index)
      const answered = bernoulli(chance, who.contact.answerRate)
      const past = { ...history, callsInCampaign: history.callsInCampaign + 1 }
      const logit = conversionLogit(stateOf(customer, past), PRODUCT, at(day)) + normal(chance, 0, LOGIT_NOISE)
      const probabilities = Object.fromEntries(
        simulatedScripts.map((script) => [script, sigmoid(logit + effects[customer]![script]!)]),
      ) as Record<SimulatedScript, number>
      const level = chance()
      return {
        ...{ answered, probabilities },
        converts: (script) => answered && level < probabilities[script],
        record(own, converted) {
          own.callsInCampaign++
          own.lastCallAt = at(day)
          if (answered) own.lastStance = stanceAfter(logit, converted, chance)
          own.hasBought ||= converted
        },
      }
    },
  }
}
