import type { ApiPorts } from './ports.ts'

/** The time by which readers count days: that of the simulated world, if there is one. ms. */
export function readingTime({ simulatedClock }: Pick<ApiPorts, 'simulatedClock'>): number {
  return simulatedClock()?.now ?? Date.now()
}
