import { DAY_MS } from '../../../schemas/durations.ts'
import type { CaseAct, CaseActKind, Claim } from '../../../schemas/visits/case-acts.ts'
import { undecidedStatuses, type Case, type CaseStatus, type DecisionBasis } from '../../../schemas/visits/cases.ts'
import type { CaseFinding } from '../../../schemas/visits/case-findings.ts'

/** The part of a case that acts change: all but its envelope and last change. */
export type CaseState = Omit<Case, 'id' | 'occurredAt' | 'source' | 'change' | 'step'>
export type Terms = CaseFinding['terms']

/** An act that a person requests, before it has an id and a time. */
export type RequestedAct = Pick<CaseAct, 'revision' | 'kind' | 'by' | 'to' | 'decision' | 'claim' | 'note'>

/**
 * Why an act is refused. `stale`: the case has changed since; `illegal`: not possible in this status or for this
 * person; `incomplete`: a field is missing.
 */
export interface Refusal {
  readonly problem: 'stale' | 'illegal' | 'incomplete'
  readonly text: string
}

const undecided: readonly CaseStatus[] = undecidedStatuses
const everywhere: readonly CaseStatus[] = [...undecided, 'decided', 'closed', 'withdrawn', 'lapsed']

/** Statuses of a case in which each act is possible. */
const POSSIBLE: Readonly<Record<CaseActKind, readonly CaseStatus[]>> = {
  assign: undecided,
  release: undecided,
  answer: undecided,
  decide: undecided,
  close: ['decided'],
  reopen: ['decided', 'closed', 'withdrawn', 'lapsed'],
  comment: everywhere,
}

export function isUndecided({ status }: Pick<Case, 'status'>): boolean {
  return undecided.includes(status)
}

/** Returns why the act can't be applied to the case now; `undefined` if it can. */
export function refusalOf(held: CaseState, act: RequestedAct): Refusal | undefined {
  if (act.revision !== held.revision) {
    const text = `The case is at revision ${held.revision}, and this was done at ${act.revision}: look at it again.`
    return { problem: 'stale', text }
  }
  if (!POSSIBLE[act.kind].includes(held.status)) {
    const text = `A case that is ${held.status} can’t take ${act.kind}; it can in: ${POSSIBLE[act.kind].join(', ')}.`
    return { problem: 'illegal', text }
  }
  return incomplete(held, act) ?? notByThem(held, act)
}

function incomplete(held: CaseState, act: Pick<CaseAct, 'kind' | 'to' | 'decision' | 'note'>): Refusal | undefined {
  const missing = (text: string): Refusal => ({ problem: 'incomplete', text })
  const { kind, decision } = act
  if (kind === 'assign' && act.to === null) return missing('Say to whom: the reviewer is missing.')
  if (kind === 'decide' && decision === null) return missing('Say how: confirmed, harmless or dismissed.')
  if ((act.note ?? '').trim() !== '') return undefined
  if (kind === 'answer') return missing('The answer is missing: give it as the note.')
  if (kind === 'comment') return missing('The comment is missing: give it as the note.')
  if (kind === 'reopen') return missing('Say why it is reopened: give a note.')
  if (decision === 'dismissed') return missing('Say why it is dismissed: give a note.')
  if (decision === 'confirmed' && held.answer === null)
    return missing('The salesperson has not answered: record the answer first, or say in a note why there is none.')
  return undefined
}

/**
 * Refuses acts of the wrong person (salespeople can't review their own visits, and a proposal needs a second person),
 * and the release of a case without a reviewer.
 */
function notByThem(held: CaseState, act: RequestedAct): Refusal | undefined {
  const { kind, by, to } = act
  const illegal = (text: string): Refusal => ({ problem: 'illegal', text })
  const own = `${held.salespersonId} made the visit, and can’t review it: choose somebody else.`
  if (kind === 'assign' && to === held.salespersonId) return illegal(own)
  if (kind === 'decide' && by === held.salespersonId) return illegal(own)
  if (
    kind === 'decide' &&
    by === held.proposedBy &&
    act.decision === held.decision &&
    claimOf(held, act) === held.claim
  )
    return illegal(`${by} has proposed this already: a second person must decide.`)
  if (kind === 'release' && held.reviewer === null) return illegal('Nobody is assigned to the case.')
  return undefined
}

/** Returns the case after an accepted act. */
export function afterAct(held: CaseState, act: CaseAct, terms: Terms): CaseState {
  return { ...applyAct(held, act, terms), revision: held.revision + 1 }
}

function applyAct(held: CaseState, act: CaseAct, terms: Terms): CaseState {
  const { kind, by, to, note, occurredAt: at } = act
  switch (kind) {
    case 'assign':
      return withDerivedStatus({ ...held, reviewer: to })
    case 'release':
      return withDerivedStatus({ ...held, reviewer: null })
    case 'answer':
      // A decision proposed without knowing the answer must be proposed again.
      return withDerivedStatus({ ...held, ...nothingDecided, answer: note, answeredBy: by, answeredAt: at })
    case 'decide':
      return decided(held, act, terms)
    case 'close':
      return { ...held, status: 'closed', closesAt: null }
    case 'reopen':
      return reopened(held, at, terms)
    case 'comment':
      return held
  }
}

const nothingDecided = {
  decision: null,
  claim: null,
  note: null,
  proposedBy: null,
  decidedBy: null,
  decidedAt: null,
  decidedOn: null,
  closesAt: null,
} as const

function decided(held: CaseState, act: CaseAct, { closeDays }: Terms): CaseState {
  const { decision, by, note, occurredAt } = act
  const claim = claimOf(held, act)
  const reviewer = held.reviewer ?? by
  const isSecond = held.proposedBy !== null && held.proposedBy !== by
  const isAgreed = isSecond && held.decision === decision && held.claim === claim
  // The same reviewer with another opinion, or a second one who disagrees, makes a new proposal.
  if (held.secondPerson && !isAgreed)
    return withDerivedStatus({ ...held, ...nothingDecided, reviewer, decision, claim, note, proposedBy: by })
  return {
    ...held,
    status: 'decided',
    reviewer,
    decision,
    claim,
    note: isAgreed ? joined(held.note, note) : note,
    decidedBy: by,
    decidedAt: occurredAt,
    decidedOn: knownOf(held),
    closesAt: occurredAt + closeDays * DAY_MS,
    overdue: false,
    newEvidence: false,
  }
}

/** Copies what the decision was based on, since the case keeps following its evidence afterwards. */
function knownOf(held: CaseState): DecisionBasis {
  const { visitRevision, verdict, falseScore, invalidScore, evidence } = held
  const { policyVersion, modelId, visitCount, conversionProbability } = held
  const judged = { policyVersion, modelId, visitCount, conversionProbability }
  return { visitRevision, verdict, falseScore, invalidScore, evidence, ...judged }
}

/** Returns the claim that the decision is about: the one of the act, else that of the policy’s verdict. */
function claimOf({ verdict }: CaseState, { claim }: Pick<CaseAct, 'claim'>): Claim {
  return claim ?? (verdict === 'invalid' ? 'invalid' : 'false')
}

/** Makes the case undecided again, with the deadlines of a new one; the answer stays. */
export function reopened(held: CaseState, at: number, { dueDays, lapseDays }: Terms): CaseState {
  return withDerivedStatus({
    ...held,
    ...nothingDecided,
    newEvidence: false,
    overdue: false,
    dueAt: at + dueDays * DAY_MS,
    lapsesAt: at + lapseDays * DAY_MS,
  })
}

/** Derives the status of an undecided case from its proposal, answer and reviewer. */
function withDerivedStatus(held: CaseState): CaseState {
  const { proposedBy, answer, reviewer } = held
  if (proposedBy !== null) return { ...held, status: 'proposed' }
  if (answer !== null) return { ...held, status: 'answered' }
  return { ...held, status: reviewer === null ? 'open' : 'assigned' }
}

function joined(first: string | null, second: string | null): string | null {
  return first === null || second === null ? (first ?? second) : `${first}\n${second}`
}
