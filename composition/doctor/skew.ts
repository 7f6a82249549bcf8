import { error, ok, warning, type Finding } from './check.ts'

/** A reading of another clock, ms since the epoch, and this machine's time before and after it. */
export interface ClockReading {
  readonly otherMs: number
  readonly beforeMs: number
  readonly afterMs: number
}

const SKEW_MS_USUAL = 1_000
/** Sign-in tokens, signatures of webhooks and records of the future are refused at differences like this one. */
const SKEW_MS_MAX = 60_000

const ADVICE = 'Synchronise the clocks of all machines (NTP, chrony): event times, latencies and tokens depend on them.'

/** Judges how far another clock is from this one. The time that the reading took is in the clock's favour. */
export function skewFinding(whose: string, { otherMs, beforeMs, afterMs }: ClockReading): Finding {
  const aheadMs = otherMs > afterMs ? otherMs - afterMs : Math.min(0, otherMs - beforeMs)
  const apartMs = Math.abs(aheadMs)
  if (apartMs <= SKEW_MS_USUAL)
    return ok(`${whose} and this machine agree on the time within ${SKEW_MS_USUAL / 1000} s.`)
  const found = `The clock of ${whose} is ${(apartMs / 1000).toFixed(1)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's.`
  return apartMs > SKEW_MS_MAX ? error(found, ADVICE) : warning(found, ADVICE)
}
