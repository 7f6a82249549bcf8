import { hourProfile } from '../../../features/aggregations/hour-profile.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { rememberProfile } from '../../../features/customers/remembered-profile.ts'
import { interactions, type Interaction } from '../../../schemas/customers/interactions.ts'
import type { Profile } from '../../../schemas/customers/profiles.ts'
import { mapMemory } from '../map-memory.ts'

const hours = hourProfile<Interaction>()
const words = { meaning: '', unit: '', from: ['occurredAt'] } as const
const set = defineFeatureSet<Interaction>('hours', 1, interactions, {
  night: { value: hours.nightShare, ...words },
  morning: { value: hours.morningShare, ...words },
  afternoon: { value: hours.afternoonShare, ...words },
  evening: { value: hours.eveningShare, ...words },
  usual: { value: hours.usualHour, ...words },
})
const interaction = {
  id: 'i',
  source: 'test',
  customerId: 'c',
  kind: 'click',
  channel: null,
  item: null,
  durationS: null,
  responseS: null,
} as const
const profile = {
  id: 'p',
  source: 'test',
  occurredAt: 0,
  customerId: 'c',
  attributes: {},
  name: null,
  sex: null,
  birthYear: null,
  registeredPlace: null,
  residence: null,
  segment: null,
} as const

/** Returns the row after events at those times, for a customer in that time zone. */
function rowIn(
  timeZone: Profile['timeZone'] | null,
  times: readonly string[],
  profileFirst: boolean,
  at = '2026-07-01T00:00Z',
): number[] {
  const memory = mapMemory(set.kinds)
  if (timeZone !== null && profileFirst) rememberProfile(memory, { ...profile, timeZone })
  for (const time of times) set.fold(memory, { ...interaction, occurredAt: Date.parse(time) })
  if (timeZone !== null && !profileFirst) rememberProfile(memory, { ...profile, timeZone })
  const row = new Float64Array(5)
  set.row(memory, Date.parse(at), row, 0)
  return [...row]
}

describe('hourProfile', () => {
  const times = ['2026-06-01T01:15Z', '2026-06-02T01:50Z', '2026-06-03T10:00Z', '2026-06-04T17:59Z']

  it.each([
    [null, [0.5, 0.25, 0.25, 0, 1]],
    ['UTC', [0.5, 0.25, 0.25, 0, 1]],
    // Local times: 09:15, 09:50, 18:00, 01:59.
    ['Asia/Shanghai', [0.25, 0.5, 0, 0.25, 9]],
    // Local times: 06:45, 07:20, 15:30, 23:29.
    ['Asia/Kolkata', [0, 0.5, 0.25, 0.25, 6]],
    // Local times: 20:15 and 20:50 of the day before, 05:00, 12:59.
    ['America/Chicago', [0.25, 0, 0.25, 0.5, 20]],
  ])('turns UTC to the clocks of %s', (zone, expected) => {
    expect(rowIn(zone, times, true)).toEqual(expected)
    expect(rowIn(zone, times, false)).toEqual(expected)
  })

  it('uses the offset in force when the row is read', () => {
    expect(rowIn('Europe/Berlin', ['2026-06-01T21:30Z'], true, '2026-07-01T00:00Z')[4]).toBe(23)
    expect(rowIn('Europe/Berlin', ['2026-06-01T21:30Z'], true, '2026-12-01T00:00Z')[4]).toBe(22)
  })

  it('places times before 1970 as well', () => {
    expect(rowIn(null, ['1969-12-31T23:10Z'], true)).toEqual([0, 0, 0, 1, 23])
  })

  it('is unknown before the first event', () => {
    expect(rowIn('Asia/Shanghai', [], true).every(Number.isNaN)).toBe(true)
  })
})
