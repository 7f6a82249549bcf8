import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import { t } from '../../words/words.ts'

export type Campaign = ApiResponse<'/campaigns'>['items'][number]

interface StateDisplay {
  readonly label: string
  readonly tone: 'good' | 'warn' | ''
  /** Sort position in the list. */
  readonly place: number
}

const states = (): Readonly<Record<string, StateDisplay>> => ({
  running: { label: t('campaigns.running'), tone: 'good', place: 0 },
  paused: { label: t('campaigns.paused'), tone: 'warn', place: 1 },
  draft: { label: t('campaigns.draft'), tone: '', place: 2 },
  ended: { label: t('common.ended'), tone: '', place: 3 },
})

export function campaignState(state: string): StateDisplay {
  return states()[state] ?? { label: title(state), tone: '', place: 4 }
}

/** Sorts campaigns by state, running ones first, then by name. */
export function inOrder(campaigns: readonly Campaign[]): readonly Campaign[] {
  const placeOf = ({ state }: Campaign) => campaignState(state).place
  return [...campaigns].sort((one, other) => placeOf(one) - placeOf(other) || (one.name < other.name ? -1 : 1))
}

interface Switch {
  readonly to: 'running' | 'paused'
  readonly label: string
  readonly done: string
}

const resumed = () => t('campaigns.customersAreCalledFromTheNext')
const switches = (): Readonly<Record<string, Switch>> => ({
  running: {
    to: 'paused',
    label: t('common.pause'),
    done: t('campaigns.pausedNoNewCallsAreDispatched'),
  },
  paused: { to: 'running', label: t('common.resume'), done: t('campaigns.runningAgain', { resumed: resumed() }) },
  draft: { to: 'running', label: t('campaigns.start'), done: t('campaigns.started', { resumed: resumed() }) },
})

/** Returns the change of state that a team lead can make, if any. */
export function switchOf(state: string): Switch | undefined {
  return switches()[state]
}

/** Response fields that are not part of the setting. */
const RESPONSE_ONLY: ReadonlySet<string> = new Set(['name', 'version', 'changedBy', 'changedAt', 'reason', 'history'])

/**
 * Returns the setting with another state, to be sent. Keeps all fields, including those that this page does not show.
 */
export function withState(campaign: ApiResponse<'/campaigns/{name}'>, to: string, changedBy: string): object {
  const fields = Object.entries(campaign).filter(([name]) => !RESPONSE_ONLY.has(name))
  return { ...Object.fromEntries(fields), state: to, changedBy }
}
