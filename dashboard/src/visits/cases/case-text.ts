import type { Case } from '../../api.ts'
import { title } from '../../format.ts'

const statuses: Readonly<Record<string, string>> = {
  open: 'Open',
  assigned: 'Assigned',
  answered: 'Answered',
  proposed: 'Waiting for a second person',
  decided: 'Decided',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed',
}

export function statusText(status: string): string {
  return statuses[status] ?? title(status)
}

const verdicts: Readonly<Record<string, string>> = {
  suspected_false: 'Suspected false visit',
  invalid: 'Invalid visit',
  fine: 'Random sample, not suspected',
}

export function verdictText({ verdict }: Pick<Case, 'verdict'>): string {
  return verdicts[verdict] ?? title(verdict)
}

const acts: Readonly<Record<string, string>> = {
  opened: 'Case opened',
  evidence: 'Evidence changed',
  policy: 'Reassessed under another policy version',
  alerted: 'Alert sent',
  snoozed: 'Alert snoozed',
  overdue: 'Decision overdue',
  withdrawn: 'Withdrawn: there is no evidence against the visit any more',
  reopened: 'Reopened',
  closed: 'Closed',
  lapsed: 'Lapsed: nobody decided',
  assign: 'Assigned',
  release: 'Released',
  answer: 'Answer recorded',
  decide: 'Decided',
  close: 'Closed',
  reopen: 'Reopened',
  comment: 'Comment',
}

export function actText(act: string): string {
  return acts[act] ?? title(act)
}
