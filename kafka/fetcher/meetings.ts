/** Waits end at multiples of this period. */
const PERIOD_MS = 1_000
/**
 * A meeting closer than this is too near to wait for, so a request aims at the next one. Also how long the shared
 * request waits for latecomers.
 */
export const MEETING_MS = 50
const MEETING_MS_MAX = 200

/**
 * Points in time at which waiting requests end together, so that they can be merged into one. They are numbered from
 * the start of the process.
 */
export interface Meetings {
  /** Announces a request that will be there at the next meeting. Returns a function to call once it has arrived. */
  announce(): () => void
  /** Whether the meeting that has begun, or is about to, still expects a request. */
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

/** Milliseconds until the next meeting. */
export function untilMeeting(now = performance.now()): number {
  return Math.ceil((numberOf(now) + 1) * PERIOD_MS - now)
}

function numberOf(now: number): number {
  return Math.floor((now + MEETING_MS) / PERIOD_MS)
}
