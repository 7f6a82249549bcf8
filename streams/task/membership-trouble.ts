import type { Health } from '../health.ts'
import type { Log } from '../log.ts'

/**
 * Returns an `onTrouble` handler for a group member: reports trouble to readiness, and its start and end to the log.
 */
export function membershipTrouble(of: string, health: Health, log: Log): (error: Error | undefined) => void {
  const piece = `The membership of ${of} in its group`
  let lasts = false
  return (error) => {
    if (error === undefined) health.worked(piece)
    else health.failed(piece, error)
    if (error !== undefined && !lasts)
      log('error', `${of} can’t take part in its group and tries again: ${error.message}`)
    if (error === undefined && lasts) log('info', `${of} takes part in its group again`)
    lasts = error !== undefined
  }
}
