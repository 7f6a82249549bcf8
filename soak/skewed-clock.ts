const { Date: RealDate } = globalThis
let skewMs = 0

/** From now on this process's wall clock goes so many ms ahead; negative: behind. Timers and `performance.now` go by another clock and stay as they are. */
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
