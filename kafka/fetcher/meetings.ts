/** Waits end at multiples of it. */
const PERIOD_MS = 1_000
/** A moment that has nearly come is too early for who sets out now; who comes a little later is waited for. */
export const MEETING_MS = 50
const MEETING_MS_MAX = 200

/**
 * Moments at which requests that wait end together, so that they can become one. They are numbered from the start of
 * the process.
 */
export interface Meetings {
  /** Someone comes to the next one. Returns what is to be called once it is there. */
  announce(): () => void
  /** Whether someone is still to come to the one that has begun, or is about to. */
  isOn(): boolean
}

export function createMeetings(now: () => number = () => performance.now()): Meetings {
  const coming = new Map<number, number>()
  return {
    announce() {
      const meeting = numberOf(now()) + 1
      coming.set(meeting, (coming.get(meeting) ?? 0) + 1)
      return () => {
        const others = coming.get(meeting)! - 1
        if (others === 0) coming.delete(meeting)
        else coming.set(meeting, others)
      }
    },
    isOn() {
      const meeting = numberOf(now())
      return coming.has(meeting) && now() - meeting * PERIOD_MS < MEETING_MS_MAX
    },
  }
}

/** ms until the next one. */
export function untilMeeting(now = performance.now()): number {
  return Math.ceil((numberOf(now) + 1) * PERIOD_MS - now)
}

function numberOf(now: number): number {
  return Math.floor((now + MEETING_MS) / PERIOD_MS)
}
