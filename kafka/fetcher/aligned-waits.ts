/** Waits end at multiples of this period. */
const PERIOD_MS = 1_000
/**
 * A meeting closer than this is too near to wait for, so a request aims at the next one. Also how long the shared
 * request waits for latecomers.
 */
export const BOUNDARY_GRACE_MS = 50
const BOUNDARY_GRACE_MS_MAX = 200

/**
 * Points in time at which waiting requests end together, so that they can be merged into one. They are numbered from
 * the start of the process.
 */
export interface AlignedWaits {
  /** Announces a request that will be there at the next meeting. Returns a function to call once it has arrived. */
  announce(): () => void
  /** Whether the meeting that has begun, or is about to, still expects a request. */
  isExpecting(): boolean
}

export function createAlignedWaits(now: () => number = () => performance.now()): AlignedWaits {
  const expected = new Map<number, number>()
  return {
    announce() {
      const boundary = boundaryBefore(now()) + 1
      expected.set(boundary, (expected.get(boundary) ?? 0) + 1)
      return () => {
        const others = expected.get(boundary)! - 1
        if (others === 0) expected.delete(boundary)
        else expected.set(boundary, others)
      }
    },
    isExpecting() {
      const boundary = boundaryBefore(now())
      return expected.has(boundary) && now() - boundary * PERIOD_MS < BOUNDARY_GRACE_MS_MAX
    },
  }
}

/** Milliseconds until the next meeting. */
export function msUntilBoundary(now = performance.now()): number {
  return Math.ceil((boundaryBefore(now) + 1) * PERIOD_MS - now)
}

function boundaryBefore(now: number): number {
  return Math.floor((now + BOUNDARY_GRACE_MS) / PERIOD_MS)
}
