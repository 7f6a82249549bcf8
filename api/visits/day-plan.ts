import { Type, type Static } from 'typebox'
import {
  listOrderTotals,
  planDay,
  type Candidate,
  type DayOptions,
  type DayTotals,
} from '../../features/visits/day-plan.ts'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { placesOfCustomers, type StoredPlace } from '../../store/visits/customer-places.ts'
import { listPriorities } from '../../store/visits/priorities.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { personal } from '../http/personal.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { RouteContext } from '../routes.ts'
import { currentTime } from '../current-time.ts'
import { activePlanning } from './active-planning.ts'
import { Entry, entryJson } from './priority-entry.ts'

const VISITS_MAX = 30

const Query = Type.Object(
  {
    visits: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: VISITS_MAX,
        default: 5,
        description: 'Number of visits that fit into the day.',
      }),
    ),
    kmMax: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 10_000,
        default: 200,
        description: 'Longest distance to travel in the day, in kilometres.',
      }),
    ),
    from: Type.Optional(
      Type.String({
        pattern: '^-?\\d{1,2}(\\.\\d{1,12})?,-?\\d{1,3}(\\.\\d{1,12})?$',
        description:
          'Where the day begins and ends: latitude,longitude. Without it only the distance between customers counts.',
      }),
    ),
  },
  { additionalProperties: false },
)

const Place = Type.Object({
  placeId: Type.String(),
  name: nullable(Type.String()),
  latitude: Type.Number(),
  longitude: Type.Number(),
})

const Totals = Type.Object({
  km: Type.Number({
    description: 'Distance including the way back to the start, with an assumed distance to each unknown place.',
  }),
  wayCostMinor: Type.Number(),
  expectedValueMinor: Type.Number({ description: 'Expected value of all visits, before travel costs.' }),
})

const Stop = Type.Object({
  place: Type.Integer({ description: 'Position in the day, from 1.' }),
  at: personal(
    'contact',
    Type.Union([Place, Type.Null()], { description: 'Where to meet the customer; null if no place is known.' }),
  ),
  km: nullable(Type.Number(), 'Distance from the previous stop or the start; null if unknown.'),
  ...Entry.properties,
})

const LeftOut = Type.Object({
  opportunityId: Type.String(),
  customerId: Type.String(),
  customerName: CustomerName,
  expectedValueMinor: nullable(Type.Number()),
  why: Type.Object({
    code: Type.Enum(['same-customer', 'not-worth', 'too-far', 'full', 'unknown']),
    text: Type.String(),
  }),
})

const Plan = Type.Object({
  salespersonId: Type.String(),
  visits: Type.Integer({ description: 'Number of visits requested.' }),
  currency: Type.String({ description: 'Currency of all amounts.' }),
  publishedAt: nullable(Time, 'Event time of the list that the plan is made from.'),
  ...Totals.properties,
  stops: Type.Array(Stop, { description: 'In travel order, followed by stops without a known place.' }),
  leftOut: Type.Array(LeftOut),
  listOrder: Type.Object(Totals.properties, {
    description: 'The totals of as many visits in the order of the list by expected value, for comparison.',
  }),
})

/** Route that plans a salesperson's day: whom to visit, in which order (spec V4). */
export function dayPlanRoute(server: Server, ports: RouteContext): void {
  server.get(
    '/salespeople/:id/day-plan',
    {
      config: { access: 'read-sales', own: { params: { id: 'salesperson' } } },
      schema: {
        tags: ['sales'],
        summary:
          'Plan for a salesperson’s day: whom to visit in which order, the expected value, and who is left out and why',
        params: Type.Object({ id: Name }),
        querystring: Query,
        response: { 200: Plan, ...problems('invalid-request', 'not-found') },
      },
    },
    ({ params: { id }, query: { visits = 5, kmMax = 200, from } }) =>
      planOf(ports, id, { visits, kmMax, from: startOf(from) }),
  )
}

async function planOf(
  ports: RouteContext,
  salespersonId: string,
  asked: Pick<DayOptions, 'visits' | 'kmMax' | 'from'>,
): Promise<Static<typeof Plan>> {
  const { database } = ports
  const [list] = await listPriorities(database, { scope: 'salesperson', owner: salespersonId }, 1)
  if (list === undefined)
    throw new ProblemError('not-found', `There is no priority list for the salesperson ${salespersonId}.`)
  const now = currentTime(ports)
  const { currency, kmCostMinor, kmIfUnknown } = await activePlanning(ports)
  const customerIds = list.entries.map(({ customerId }) => customerId)
  const places = Map.groupBy(
    await placesOfCustomers(database, customerIds, new Date(now)),
    ({ customerId }) => customerId,
  )
  const candidates = candidatesOf(list.entries, places, currency)
  const options = { ...asked, kmCostMinor, kmIfUnknown }
  const { stops, leftOut, ...totals } = planDay(candidates, options)
  const briefs = await opportunityBriefs(
    database,
    candidates.map(({ opportunityId }) => opportunityId),
  )
  return {
    salespersonId,
    visits: asked.visits,
    currency,
    publishedAt: list.occurredAt.toISOString(),
    ...rounded(totals),
    stops: stops.map(({ candidate: { entry }, place, km }, index) => ({
      place: index + 1,
      at: place,
      km: km === null ? null : tenths(km),
      ...entryJson(entry, briefs.get(entry.opportunityId), now),
    })),
    leftOut: leftOut.map(({ candidate: { opportunityId, customerId, expectedValueMinor }, why }) => ({
      opportunityId,
      customerId,
      customerName: briefs.get(opportunityId)?.customerName ?? null,
      expectedValueMinor,
      why,
    })),
    listOrder: rounded(listOrderTotals(candidates, options)),
  }
}

interface Listed extends Candidate<StoredPlace> {
  readonly entry: PriorityEntry
}

/**
 * Returns the candidates, best first. A value in another currency, from before the setting changed, counts as unknown.
 */
function candidatesOf(
  entries: readonly PriorityEntry[],
  places: ReadonlyMap<string, readonly StoredPlace[]>,
  currency: string,
): Listed[] {
  return entries
    .toSorted((a, b) => (a.valueRank ?? Number.POSITIVE_INFINITY) - (b.valueRank ?? Number.POSITIVE_INFINITY) || 0)
    .map((entry) => ({
      opportunityId: entry.opportunityId,
      customerId: entry.customerId,
      expectedValueMinor: entry.outlook?.currency === currency ? entry.outlook.expectedValueMinor : null,
      places: places.get(entry.customerId) ?? [],
      entry,
    }))
}

type Point = Pick<StoredPlace, 'latitude' | 'longitude'>

function startOf(from: string | undefined): Point | null {
  if (from === undefined) return null
  const [latitude, longitude] = from.split(',').map(Number) as [number, number]
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
  const problem = 'It must be a latitude from -90 to 90, a comma, and a longitude from -180 to 180.'
  throw new ProblemError('invalid-request', 'The query is invalid.', [{ part: 'query', path: '/from', problem }])
}

function rounded({ km, wayCostMinor, expectedValueMinor }: DayTotals): DayTotals {
  return { km: tenths(km), wayCostMinor: Math.round(wayCostMinor), expectedValueMinor }
}

function tenths(km: number): number {
  return Math.round(10 * km) / 10
}
