import type { DispositionValue } from '../../../features/calls/lists/entry-progress.ts'
import type { RecycleRule } from '../../../schemas/calls/dispositions.ts'

const HOUR = 60
const DAY = 24 * HOUR

const recycle = (afterMinutes: number, attemptsMax: number): RecycleRule => ({ afterMinutes, attemptsMax })

function outcome(
  description: string,
  answeredBy: DispositionValue['answeredBy'],
  more: Partial<DispositionValue> = {},
): DispositionValue {
  return {
    ...{ description, answeredBy, interested: false, refused: false, abandoned: false, unworkable: false },
    ...{ doNotCall: false, recycle: null, retired: false },
    ...more,
  }
}

/** Built-in outcomes of a call, in use until they are edited. */
export const defaultDispositions: ReadonlyMap<string, DispositionValue> = new Map([
  ['converted', outcome('The customer took the offer.', 'person', { interested: true })],
  [
    'interested',
    outcome('The customer wants to hear more.', 'person', { interested: true, recycle: recycle(3 * DAY, 2) }),
  ],
  ['callback', outcome('The customer wants to be called later.', 'person', { recycle: recycle(DAY, 5) })],
  ['answered', outcome('The customer answered; nothing more is known.', 'person')],
  ['refused', outcome('The customer does not want the offer.', 'person', { refused: true })],
  ['do-not-call', outcome('The customer wants no calls.', 'person', { refused: true, doNotCall: true })],
  [
    'abandoned',
    outcome('The customer answered, but no agent was free.', 'person', {
      abandoned: true,
      recycle: recycle(3 * DAY, 2),
    }),
  ],
  ['no-answer', outcome('Nobody answered.', 'nobody', { recycle: recycle(4 * HOUR, 4) })],
  ['busy', outcome('The line was busy.', 'nobody', { recycle: recycle(30, 6) })],
  ['machine', outcome('A machine answered.', 'machine', { recycle: recycle(DAY, 3) })],
  ['failed', outcome('The call could not be made.', 'nobody', { recycle: recycle(HOUR, 3) })],
  ['wrong-number', outcome('Somebody else answered.', 'person', { unworkable: true })],
  ['no-such-number', outcome('The number is not in service.', 'nobody', { unworkable: true })],
])
