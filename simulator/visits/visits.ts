import { HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { reportOnly, visits } from '../../schemas/visits/visits.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Emit } from '../emit.ts'
import type { Deal } from './deal.ts'
import { cities } from '../customers/names.ts'
import { uniform, bernoulli, exponential, normal, pick, uniformInteger, type Random } from '../random.ts'
import type { Salesperson } from './staff.ts'
import { corrections } from './visit-phrases.ts'
import { honestText, idleText, inventedText } from './visit-text.ts'

/** `false`: never happened; `invalid`: happened without any possible effect. Known only to the ground truth. */
export type VisitTruth = 'real' | 'false' | 'invalid'

interface Circumstances {
  readonly occurredAt: number
  readonly text: string
  readonly place: { latitude: number; longitude: number } | null
  readonly minutes: number | null
}

const near = (next: Random, { latitude, longitude }: { latitude: number; longitude: number }, degrees: number) => {
  return { latitude: latitude + normal(next, 0, degrees), longitude: longitude + normal(next, 0, degrees) }
}

/** Returns a position without accuracy or age. */
const reportedPlace = ({ latitude, longitude }: { latitude: number; longitude: number }) => {
  return { latitude, longitude, accuracyM: null, ageS: null, mocked: null }
}

/** Returns the circumstances of a real visit in the customer's city, as long as a conversation. */
function attended(next: Random, deal: Deal, day: Day, text: string): Circumstances {
  const place = bernoulli(next, 0.92) ? near(next, deal.home, 0.002) : null
  return {
    occurredAt: atHour(day, uniform(next, 9, 17.5)),
    text,
    place,
    minutes: bernoulli(next, 0.93) ? uniform(next, 18, 85) : null,
  }
}

/**
 * Returns the circumstances of an invented visit, reported at the end of the day like several others: positions of the
 * office or sometimes another city, and check-ins of minutes or none.
 */
function invented(next: Random, salesperson: Salesperson, day: Day, text: string): Circumstances {
  const place = bernoulli(next, 0.15)
    ? pick(next, cities)
    : bernoulli(next, 0.6)
      ? near(next, salesperson.office, 0.0005)
      : null
  return {
    occurredAt: atHour(day, uniform(next, 16.6, 18)),
    text,
    place,
    minutes: bernoulli(next, 0.6) ? uniform(next, 0.3, 4) : null,
  }
}

/**
 * Emits the day's visit to a deal and returns its id. The report follows within hours, and about one in twenty-five is
 * corrected or withdrawn.
 */
export function makeVisit(
  deal: Deal,
  day: Day,
  next: Random,
  truth: VisitTruth,
  earlier: string[],
  emit: Emit,
): string {
  const { salesperson, customer } = deal
  const circumstances =
    truth === 'false'
      ? invented(next, salesperson, day, inventedText(next, earlier))
      : attended(
          next,
          deal,
          day,
          truth === 'invalid' ? idleText(next, deal) : honestText(next, deal, deal.logit - deal.evenLogit),
        )
  const visitId = `v-${deal.id.slice(2)}-${day.index}`
  const { occurredAt, minutes, place } = circumstances
  const emitReport = (revision: number, text: string, withdrawn: boolean, delayMs: number): void => {
    emit(
      visits,
      {
        id: `sim-visit-${visitId}-${revision}`,
        occurredAt,
        visitId,
        revision,
        withdrawn,
        opportunityId: deal.id,
        customerId: customer.id,
        salespersonId: salesperson.id,
        text,
        ...reportOnly,
        place: place === null ? null : reportedPlace(place),
        checkInAt: minutes === null ? null : occurredAt,
        checkOutAt: minutes === null ? null : occurredAt + Math.round(minutes * MINUTE_MS),
      },
      delayMs,
    )
  }
  const delayMs = (minutes ?? 10) * MINUTE_MS + Math.min(12 * HOUR_MS, exponential(next, 90 * MINUTE_MS))
  emitReport(0, circumstances.text, false, delayMs)
  if (bernoulli(next, 0.035))
    emitReport(
      1,
      circumstances.text + pick(next, corrections),
      false,
      delayMs + uniformInteger(next, 5, 240) * MINUTE_MS,
    )
  else if (bernoulli(next, 0.005))
    emitReport(1, circumstances.text, true, delayMs + uniformInteger(next, 5, 240) * MINUTE_MS)
  if (truth !== 'invalid') earlier.push(circumstances.text)
  if (earlier.length > 12) earlier.shift()
  return visitId
}
