import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Status } from './api.ts'
import { dateAndTime, number } from './format.ts'
import { t } from './words/words.ts'

/** State of the simulation; null if times on the page are wall-clock times. */
export const SimulationContext = createContext<Status['simulation']>(null)

/**
 * Badge that the data is simulated, with the simulated time, without which a live page would look weeks out of date.
 */
export function SimulationBadge({ label }: { readonly label: string }) {
  const simulation = useContext(SimulationContext)
  if (simulation === null) return null
  const { now, speed } = simulation
  const pace = speed === null || speed === 1 ? null : t('page.fasterThanTheWallClock', { speed: number(speed) })
  const clock = [now === null ? null : dateAndTime(now), pace].filter((part) => part !== null).join(', ')
  return (
    <span class="simulated" title={t('page.customersAndEventsAreMadeUp')}>
      {clock === '' ? label : `${label}: ${clock}`}
    </span>
  )
}

/** Whether times on the page are those of the simulation. */
export function useIsSimulated(): boolean {
  return useContext(SimulationContext) !== null
}

/** Returns the words for the kind of time that a list shows. */
export function useTimeLabel(): string {
  return useContext(SimulationContext) === null ? t('page.time') : t('page.simulatedTime')
}

/** Returns the note on times of changes by people, who go by the wall clock in a simulated world too. */
export function useWallClockNote(): string {
  return useContext(SimulationContext) === null ? '' : ` ${t('page.byTheWallClock')}`
}

/** Returns the current time of the platform in ms since 1970: the simulated one in a simulated world. */
export function useNow(): number {
  const simulation = useContext(SimulationContext)
  return simulation?.now == null ? Date.now() : Date.parse(simulation.now)
}
