import { mergeKind, newerOf } from '../merge-kinds.ts'
import { Profile } from '../../schemas/customers/profiles.ts'
import { EventError } from '../../schemas/event-error.ts'
import { recordState, type KeyedState } from '../keyed-state.ts'
import { isNewerEvent } from '../newer-revision.ts'
import { isTimeZone } from '../time-zone.ts'

/** The latest profile of a customer. */
export const profileKind = recordState<Profile>('profile', Profile)

/** Stores a profile if it is newer than the stored one, by event time and then by id, whatever the order of arrival. */
export function rememberProfile(state: KeyedState, profile: Profile): void {
  if (!isTimeZone(profile.timeZone))
    throw new EventError('INVALID', `timeZone "${profile.timeZone}" is not a name of the IANA time zone database.`)
  const stored = state.get(profileKind, '')
  if (stored !== undefined && !isNewerEvent(profile, stored)) return
  state.put(profileKind, '', profile)
}

export function mergeProfile(state: KeyedState, other: KeyedState): void {
  mergeKind(state, other, profileKind, newerOf)
}

/** Returns the customer’s time zone; UTC unless a profile names one. */
export function timeZoneOf(state: KeyedState): string {
  return state.get(profileKind, '')?.timeZone ?? 'UTC'
}
