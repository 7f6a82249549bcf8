import { profileFeatures } from '../../../features/customers/profile.ts'
import { profileKind, timeZoneOf } from '../../../features/customers/remembered-profile.ts'
import type { Profile } from '../../../schemas/customers/profiles.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { mapMemory } from '../map-memory.ts'
import { rowOf } from '../row-of.ts'

const profile = (occurredAt: number, more: Partial<Profile> = {}): Profile => ({
  id: 'p1',
  occurredAt,
  source: 'test',
  customerId: 'c',
  name: null,
  sex: null,
  birthYear: null,
  registeredPlace: null,
  residence: null,
  timeZone: 'UTC',
  segment: null,
  attributes: {},
  ...more,
})
const at = Date.parse('2026-07-01T00:00Z')

describe('profileFeatures', () => {
  it('describes the customer', () => {
    expect(
      rowOf(
        profileFeatures,
        [profile(1, { sex: 'female', birthYear: 1980, registeredPlace: '成都', residence: '上海', segment: 'retail' })],
        at,
      ),
    ).toEqual({
      age: 46,
      isFemale: 1,
      isMale: 0,
      hasRegisteredPlace: 1,
      hasResidence: 1,
      livesWhereRegistered: 0,
      hasSegment: 1,
    })
  })

  it('does not invent what the profile lacks', () => {
    expect(rowOf(profileFeatures, [profile(1, { sex: 'unknown' })], at)).toEqual({
      age: Number.NaN,
      isFemale: Number.NaN,
      isMale: Number.NaN,
      hasRegisteredPlace: 0,
      hasResidence: 0,
      livesWhereRegistered: Number.NaN,
      hasSegment: 0,
    })
    expect(Object.values(rowOf(profileFeatures, [], at)).every(Number.isNaN)).toBe(true)
  })

  it('keeps the latest profile, whatever the order of arrival', () => {
    const versions = [
      profile(2, { birthYear: 1990, id: 'a' }),
      profile(2, { birthYear: 1991, id: 'b' }),
      profile(1, { birthYear: 1950, id: 'z' }),
    ]
    for (const order of [versions, versions.toReversed()])
      expect(rowOf(profileFeatures, order, at)).toMatchObject({ age: 35 })
  })

  it('refuses a time zone that does not exist', () => {
    const memory = mapMemory([profileKind])
    expect(() => profileFeatures.fold(memory, profile(1, { timeZone: 'Asia/Atlantis' }))).toThrow(EventError)
    expect(timeZoneOf(memory)).toBe('UTC')
  })

  it('flags protected attributes', () => {
    const flagged = profileFeatures.descriptions
      .filter((description) => description.protected === true)
      .map(({ name }) => name)
    expect(flagged).toEqual([
      'profile.age',
      'profile.isFemale',
      'profile.isMale',
      'profile.hasRegisteredPlace',
      'profile.livesWhereRegistered',
    ])
  })
})
