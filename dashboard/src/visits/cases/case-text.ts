import type { Case } from '../../api.ts'
import { title } from '../../format.ts'
import { t } from '../../words/words.ts'

const statuses = (): Readonly<Record<string, string>> => ({
  open: t('cases.open'),
  assigned: t('cases.assigned'),
  answered: t('cases.answered'),
  proposed: t('cases.waitingForASecondPerson'),
  decided: t('common.decided'),
  closed: t('cases.closed'),
  withdrawn: t('cases.withdrawn'),
  lapsed: t('cases.lapsed'),
})

export function statusText(status: string): string {
  return statuses()[status] ?? title(status)
}

const verdicts = (): Readonly<Record<string, string>> => ({
  suspected_false: t('cases.suspectedFalseVisit'),
  invalid: t('cases.invalidVisit'),
  fine: t('cases.randomSampleNotSuspected'),
})

export function verdictText({ verdict }: Pick<Case, 'verdict'>): string {
  return verdicts()[verdict] ?? title(verdict)
}

const acts = (): Readonly<Record<string, string>> => ({
  opened: t('cases.caseOpened'),
  evidence: t('cases.evidenceChanged'),
  policy: t('cases.reassessedUnderAnotherPolicyVersion'),
  alerted: t('cases.alertSent'),
  snoozed: t('cases.alertSnoozed'),
  overdue: t('cases.decisionOverdue'),
  withdrawn: t('cases.withdrawnThereIsNoEvidenceAgainst'),
  reopened: t('cases.reopened'),
  closed: t('cases.closed'),
  lapsed: t('cases.lapsedNobodyDecided'),
  assign: t('cases.assigned'),
  release: t('cases.released'),
  answer: t('cases.answerRecorded'),
  decide: t('common.decided'),
  close: t('cases.closed'),
  reopen: t('cases.reopened'),
  comment: t('cases.comment'),
})

const decisions = (): Readonly<Record<string, string>> => ({
  confirmed: t('cases.confirmed'),
  harmless: t('cases.harmless'),
  dismissed: t('cases.dismissed'),
})

export function decisionText(decision: string): string {
  return decisions()[decision] ?? title(decision)
}

export function actText(act: string): string {
  return acts()[act] ?? title(act)
}
