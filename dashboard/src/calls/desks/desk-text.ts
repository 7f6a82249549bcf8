import type { ApiResponse } from '../../api.ts'
import { duration } from '../../format.ts'
import { labelOf, type Label } from '../../label.ts'
import { t } from '../../words/words.ts'

export type Desk = ApiResponse<'/desks/{desk}'>
export type DeskCall = Desk['waiting'][number]
export type Agent = Desk['agents'][number]
export type DeskSummary = ApiResponse<'/desks'>['items'][number]
export type Decision = ApiResponse<'/routing-decisions'>['items'][number]
export type Plan = ApiResponse<'/routing-plans'>['items'][number]

const releases = (): Readonly<Record<string, Label & { readonly about: string }>> => ({
  NONE: { label: t('desks.noneScoresOff'), tone: '', about: t('desks.theAgentWhoHasBeenFree') },
  EVALUATION: {
    label: t('desks.evaluationScoresOnTrial'),
    tone: 'warn',
    about: t('desks.theAgentWhoHasBeenFree2'),
  },
  ACTIVE: { label: t('desks.activeScoresDecide'), tone: 'good', about: t('desks.theAgentWithTheHighestScore') },
})

/** Labels the release of a routing plan, and says who gets a call. */
export function releaseText(release: string): Label & { readonly about: string } {
  return releases()[release] ?? { label: release, tone: '', about: '' }
}

const agentStatuses = (): Readonly<Record<string, Label>> => ({
  available: { label: t('desks.available'), tone: 'good' },
  busy: { label: t('desks.busy'), tone: 'warn' },
  wrapping: { label: t('desks.wrappingUp'), tone: 'warn' },
})

export function agentStatus(status: string): Label {
  return labelOf(agentStatuses(), status)
}

const decisionStates = (): Readonly<Record<string, Label>> => ({
  waiting: { label: t('desks.waits'), tone: 'warn' },
  pending: { label: t('desks.offered'), tone: '' },
  accepted: { label: t('desks.accepted'), tone: 'good' },
  rejected: { label: t('desks.rejectedByTheAgent'), tone: 'bad' },
  timeout: { label: t('desks.notAnsweredInTime'), tone: 'bad' },
  rescinded: { label: t('desks.offerWithdrawn'), tone: '' },
  wrapping: { label: t('desks.wrappingUp'), tone: '' },
  completed: { label: t('desks.completed'), tone: 'good' },
  withdrawn: { label: t('desks.hungUpOrWithdrawn'), tone: '' },
  'given-up': { label: t('desks.givenUp'), tone: 'bad' },
  refused: { label: t('desks.refusedTheDeskIsFull'), tone: 'bad' },
  late: { label: t('desks.answeredTooLate'), tone: 'bad' },
})

export function decisionState(state: string): Label {
  return labelOf(decisionStates(), state)
}

/** Describes the load of a desk: “2 wait, the longest for 1 min 05 s”. `now`: ms since 1970, by the platform's clock. */
export function queueText({ waiting, waitingSince }: DeskSummary, now: number): string {
  if (waiting === 0) return t('desks.noCallWaits')
  if (waitingSince === null) return t('desks.callsWait', { waiting })
  return t('desks.callsWaitTheLongest', { waiting, longest: duration(now - Date.parse(waitingSince)) })
}

/** Describes who decided, and what the scores would have done. */
export function chosenText({ decidedBy, agentId, scoredAgentId, considered }: Decision): string | undefined {
  if (decidedBy === null) return undefined
  const chosen = t('desks.chosenOf', {
    agentId: agentId ?? t('desks.noAgent'),
    how: decidedBy === 'score' ? t('desks.byTheHighestScore') : t('desks.becauseFreeLongest'),
    considered,
  })
  if (decidedBy === 'score' || scoredAgentId === null) return chosen
  return scoredAgentId === agentId
    ? t('desks.soWouldTheScores', { chosen })
    : t('desks.theScoresWouldHaveChosen', { chosen, scoredAgentId })
}

/** Returns the plan that applies to a desk: its own, or the default. */
export function planOf(plans: readonly Plan[], desk: string): Plan | undefined {
  return plans.find((plan) => plan.desk === desk) ?? plans.find((plan) => plan.desk === 'default')
}
