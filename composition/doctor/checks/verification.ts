import { DAY_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { readLastVerification, type LastVerification } from '../../verify/last-verification.ts'
import { error, ok, warning, type Check, type Finding } from '../check.ts'

/** Looks at the last verification that a process with this DATA_DIRECTORY has made. */
export const verification: Check = {
  name: 'verification',
  run({ config, nowMs }) {
    const limitMs = Math.max(DAY_MS, 2 * config.VERIFY_INTERVAL_MINUTES * MINUTE_MS)
    return Promise.resolve([verificationFinding(readLastVerification(config), nowMs(), limitMs)])
  },
}

export function verificationFinding(last: LastVerification | undefined, nowMs: number, limitMs: number): Finding {
  if (last === undefined)
    return warning(
      'Nothing has been verified with this DATA_DIRECTORY.',
      'Run `scoreline verify`, or let `scoreline up` do it (VERIFY_INTERVAL_MINUTES).',
    )
  const { at, what, differences } = last
  const ageMs = nowMs - Date.parse(at)
  const found = `The last verification (${what}) was ${Math.round(ageMs / MINUTE_MS)} minutes ago`
  if (differences > 0)
    return error(
      `${found} and found ${differences} differences.`,
      'Run `scoreline verify`, and see docs/verification.md.',
    )
  if (ageMs > limitMs) return warning(`${found}.`, 'Run `scoreline verify`, and see why it is no longer made.')
  return ok(`${found} and found no difference.`)
}
