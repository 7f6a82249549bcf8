import type { Clock } from '../../../api/telephony/clock.ts'

export interface FakeClock extends Clock {
  /** Lets time pass; timers run in their order, each followed by all that it causes. */
  advance(ms: number): Promise<void>
}

/** Lets all promises that can be settled be settled. */
export const settle = async (): Promise<void> => {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve))
}

export function fakeClock(): FakeClock {
  let time = 1_000_000
  const timers = new Set<{ readonly at: number; readonly action: () => void }>()
  return {
    now: () => time,
    after(ms, action) {
      const timer = { at: time + ms, action }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      await settle()
      const until = time + ms
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers.delete(next)
        time = next.at
        next.action()
        await settle()
      }
      time = until
      await settle()
    },
  }
}
