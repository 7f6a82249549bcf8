/** The small world with a day’s changes on the list of `s-1`, and places of its customers. */
import { DAY_MS, HOUR_MS } from '../../../../../schemas/durations.ts'
import { profiles } from '../../../../../schemas/customers/profiles.ts'
import { scores } from '../../../../../schemas/models/scores.ts'
import { customerPlaces, type CustomerPlace } from '../../../../../schemas/visits/places.ts'
import { priorities, type Priority } from '../../../../../schemas/visits/priorities.ts'
import { opportunities, type Opportunity } from '../../../../../schemas/visits/visits.ts'
import type { ApiUnderTest } from '../../../../api/api-under-test.ts'
import { NOW, priorityOf, scoreOf } from '../../../../api/stored-world.ts'
import { put } from '../../../../store/store-under-test.ts'
import { storeWorldWithModel } from '../../world-with-model.ts'

const source = 'test'
const own = { salespersonId: 's-1' }

const opportunity = (customerId: string, at: number, status: Opportunity['status']): Opportunity => ({
  id: `opportunity/${customerId}/${at}`,
  occurredAt: at,
  source,
  opportunityId: `o-${customerId}`,
  revision: 1,
  customerId,
  ...own,
  teamId: 'team-1',
  product: 'mortgage',
  stage: 'sale',
  status,
  valueMinor: 80_000_000,
  currency: 'CNY',
  plannedCloseAt: null,
})

const place = (customerId: string, latitude: number, longitude: number): CustomerPlace => ({
  id: `place/${customerId}`,
  occurredAt: NOW - DAY_MS,
  source,
  placeId: `p-${customerId}`,
  revision: 0,
  withdrawn: false,
  customerId,
  name: `office of ${customerId}`,
  latitude,
  longitude,
  radiusM: null,
  validFrom: null,
  validUntil: null,
})

/** The list of `s-1` after an eventful day: c-1 is up, c-5 was won, c-6 is new, c-8 fell. */
export function changedList(at = NOW): Priority {
  const list = priorityOf('salesperson', 's-1', ['c-1', 'c-6', 'c-3', 'c-8'], at)
  const probabilities = [0.9, 0.7, 0.55, 0.21]
  return {
    ...list,
    entries: list.entries.map((entry, index) => ({
      ...entry,
      salespersonId: 's-1',
      probability: probabilities[index]!,
      outlook: { ...entry.outlook!, urgency: index === 0 ? 1.4 : 1, trend: index === 3 ? -0.2 : entry.outlook!.trend },
    })),
  }
}

export async function storeDay(api: ApiUnderTest): Promise<void> {
  const { database } = api
  await storeWorldWithModel(api)
  await put(
    database,
    profiles,
    ['c-5', 'c-6', 'c-8'].map((customerId, index) => ({
      id: `profile/${customerId}`,
      occurredAt: NOW - 90 * DAY_MS,
      source,
      customerId,
      name: ['Chen Li', 'Olga Ivanova', '赵敏'][index]!,
      sex: 'female' as const,
      birthYear: 1980,
      registeredPlace: '上海',
      residence: '杭州',
      timeZone: 'Asia/Shanghai',
      segment: 'retail',
      attributes: {},
    })),
  )
  await put(database, scores, [
    scoreOf('conversion', 'c-1', 0.9, NOW - HOUR_MS),
    scoreOf('conversion', 'c-5', 0.8, NOW - 9 * DAY_MS, own),
    scoreOf('conversion', 'c-6', 0.7, NOW - HOUR_MS, own),
    scoreOf('conversion', 'c-8', 0.41, NOW - 3 * DAY_MS, own),
    scoreOf('conversion', 'c-8', 0.21, NOW - 2 * HOUR_MS, own),
  ])
  await put(database, opportunities, [
    opportunity('c-5', NOW - 2 * HOUR_MS, 'won'),
    opportunity('c-6', NOW - 2 * HOUR_MS, 'open'),
    opportunity('c-8', NOW - 20 * DAY_MS, 'open'),
  ])
  await put(database, customerPlaces, [
    place('c-1', 31.2, 121.4),
    place('c-6', 31.35, 121.6),
    place('c-8', 31.1, 121.7),
  ])
  await put(database, priorities, [changedList()])
}
