import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Status } from './api.ts'
import { dateAndTime, number } from './format.ts'

/** null: times on the page are those of the wall clock. */
export const SimulationContext = createContext<Status['simulation']>(null)

/** Says that the world is simulated, and what time it is there: without it a page that is live looks weeks stale. */
export function SimulationBadge({ label }: { readonly label: string }) {
  const simulation = useContext(SimulationContext)
  if (simulation === null) return null
  const { now, speed } = simulation
  const pace = speed === null || speed === 1 ? null : `${number(speed)} × faster than the wall clock`
  const clock = [now === null ? null : dateAndTime(now), pace].filter((part) => part !== null).join(', ')
  return (
    <span class="simulated" title="Customers and events are made up by the simulator, which has a clock of its own.">
      {clock === '' ? label : `${label}: ${clock}`}
    </span>
  )
}

/** What kind of time a list shows. */
export function useTimeWords(): string {
  return useContext(SimulationContext) === null ? 'time' : 'simulated time'
}
