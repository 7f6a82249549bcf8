import type { ApiPorts } from './ports.ts'

/** Returns the current time in ms since 1970, by the simulated clock if there is one. */
export function currentTime({ simulatedClock }: Pick<ApiPorts, 'simulatedClock'>): number {
  return simulatedClock()?.now ?? Date.now()
}
