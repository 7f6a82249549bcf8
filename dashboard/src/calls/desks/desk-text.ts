import type { ApiResponse } from '../../api.ts'
import { count, duration } from '../../format.ts'
import { labelOf, type Label } from '../../label.ts'

export type Desk = ApiResponse<'/desks/{desk}'>
export type DeskCall = Desk['waiting'][number]
export type Agent = Desk['agents'][number]
export type DeskSummary = ApiResponse<'/desks'>['items'][number]
export type Decision = ApiResponse<'/routing-decisions'>['items'][number]
export type Plan = ApiResponse<'/routing-plans'>['items'][number]

const releases: Readonly<Record<string, Label & { readonly about: string }>> = {
  NONE: { label: 'NONE: scores off', tone: '', about: 'The agent who has been free longest gets the call.' },
  EVALUATION: {
    label: 'EVALUATION: scores on trial',
    tone: 'warn',
    about: 'The agent who has been free longest gets the call. The scores are recorded for comparison.',
  },
  ACTIVE: { label: 'ACTIVE: scores decide', tone: 'good', about: 'The agent with the highest score gets the call.' },
}

/** Labels the release of a routing plan, and says who gets a call. */
export function releaseText(release: string): Label & { readonly about: string } {
  return releases[release] ?? { label: release, tone: '', about: '' }
}

const agentStatuses: Readonly<Record<string, Label>> = {
  available: { label: 'Available', tone: 'good' },
  busy: { label: 'Busy', tone: 'warn' },
  wrapping: { label: 'Wrapping up', tone: 'warn' },
}

export function agentStatus(status: string): Label {
  return labelOf(agentStatuses, status)
}

const decisionStates: Readonly<Record<string, Label>> = {
  waiting: { label: 'Waits', tone: 'warn' },
  pending: { label: 'Offered', tone: '' },
  accepted: { label: 'Accepted', tone: 'good' },
  rejected: { label: 'Rejected by the agent', tone: 'bad' },
  timeout: { label: 'Not answered in time', tone: 'bad' },
  rescinded: { label: 'Offer withdrawn', tone: '' },
  wrapping: { label: 'Wrapping up', tone: '' },
  completed: { label: 'Completed', tone: 'good' },
  withdrawn: { label: 'Hung up or withdrawn', tone: '' },
  'given-up': { label: 'Given up', tone: 'bad' },
  refused: { label: 'Refused: the desk is full', tone: 'bad' },
  late: { label: 'Answered too late', tone: 'bad' },
}

export function decisionState(state: string): Label {
  return labelOf(decisionStates, state)
}

/** Describes the load of a desk: “2 wait, the longest for 1 min 05 s”. `now`: ms since 1970, by the platform's clock. */
export function queueText({ waiting, waitingSince }: DeskSummary, now: number): string {
  if (waiting === 0) return 'No call waits'
  const longest = waitingSince === null ? '' : ` for ${duration(now - Date.parse(waitingSince))}`
  return waiting === 1 ? `1 call waits${longest}` : `${count(waiting)} calls wait, the longest${longest}`
}

/** Describes who decided, and what the scores would have done. */
export function chosenText({ decidedBy, agentId, scoredAgentId, considered }: Decision): string | undefined {
  if (decidedBy === null) return undefined
  const how = decidedBy === 'score' ? 'by the highest score' : 'because free longest'
  const chosen = `${agentId ?? 'No agent'} chosen ${how}, of ${count(considered)} ${considered === 1 ? 'agent' : 'agents'}`
  if (decidedBy === 'score' || scoredAgentId === null) return chosen
  return scoredAgentId === agentId
    ? `${chosen}; so would the scores`
    : `${chosen}; the scores would have chosen ${scoredAgentId}`
}

/** Returns the plan that applies to a desk: its own, or the default. */
export function planOf(plans: readonly Plan[], desk: string): Plan | undefined {
  return plans.find((plan) => plan.desk === desk) ?? plans.find((plan) => plan.desk === 'default')
}
