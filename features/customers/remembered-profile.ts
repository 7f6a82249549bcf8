import { Profile } from '../../schemas/customers/profiles.ts'
import { EventError } from '../../schemas/event-error.ts'
import { recordState, type KeyedState } from '../keyed-state.ts'
import { isNewerEvent } from '../newer-revision.ts'
import { isTimeZone } from '../time-zone.ts'

/** The latest profile of a customer. */
export const profileKind = recordState<Profile>('profile', Profile)

/** The latest by event time wins, at the same time the one with the larger id, whatever the order of arrival. */
export function rememberProfile(memory: KeyedState, profile: Profile): void {
  if (!isTimeZone(profile.timeZone))
    throw new EventError('INVALID', `timeZone "${profile.timeZone}" is not a name of the IANA time zone database.`)
  const held = memory.get(profileKind, '')
  if (held !== undefined && !isNewerEvent(profile, held)) return
  memory.put(profileKind, '', profile)
}

/** UTC unless a profile names a zone. */
export function timeZoneOf(memory: KeyedState): string {
  return memory.get(profileKind, '')?.timeZone ?? 'UTC'
}
