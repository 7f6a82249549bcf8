import { Profile } from '../../schemas/customers/profiles.ts'
import { EventError } from '../../schemas/event-error.ts'
import { recordState, type KeyedState } from '../keyed-state.ts'
import { isNewerEvent } from '../newer-revision.ts'
import { isTimeZone } from '../time-zone.ts'

/** The latest profile of a customer. */
export const profileKind = recordState<Profile>('profile', Profile)

/** Stores a profile if it is newer than the stored one, by event time and then by id, whatever the order of arrival. */
export function rememberProfile(memory: KeyedState, profile: Profile): void {
  if (!isTimeZone(profile.timeZone))
    throw new EventError('INVALID', `timeZone "${profile.timeZone}" is not a name of the IANA time zone database.`)
  const held = memory.get(profileKind, '')
  if (held !== undefined && !isNewerEvent(profile, held)) return
  memory.put(profileKind, '', profile)
}

/** Returns the customer’s time zone; UTC unless a profile names one. */
export function timeZoneOf(memory: KeyedState): string {
  return memory.get(profileKind, '')?.timeZone ?? 'UTC'
}
