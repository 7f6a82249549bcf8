const { Date: RealDate } = globalThis
let skewMs = 0

/**
 * Sets this process's wall clock ahead by this many ms; negative: behind. Timers and `performance.now` use the
 * monotonic clock and are not affected.
 */
export function skewClock(ms: number): void {
  skewMs = ms
  globalThis.Date = SkewedDate as DateConstructor
}

class SkewedDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [SkewedDate.now()] : given) as [number]))
  }

  static override now(): number {
    return RealDate.now() + skewMs
  }
}
