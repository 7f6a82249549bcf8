import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { caseActs, type CaseAct } from '../../schemas/visits/case-acts.ts'
import { undecidedStatuses } from '../../schemas/visits/cases.ts'
import type { Database, Reader } from '../database.ts'
import { putIntoOutbox } from '../operations/outbox.ts'
import { actsWithIds, caseOf, type StoredCase } from './cases.ts'

/** An act that a person requests on a case. */
export type ActRequest = Omit<CaseAct, 'id' | 'occurredAt' | 'source' | 'customerId'> & {
  /** Identifies a repeated request as the same act. */
  readonly id?: string | undefined
}

/** Reason why an act is refused. */
export interface ActRefusal {
  readonly problem: 'unknown' | 'stale' | 'illegal' | 'incomplete' | 'full'
  readonly text: string
}

/** `done`: the case shows the act. `waits`: the act was accepted, but the case does not show it yet. */
export type ActResult =
  | { readonly state: 'done' | 'waits'; readonly actId: string; readonly held: StoredCase | undefined }
  | { readonly state: 'refused'; readonly actId: string | null; readonly refusal: ActRefusal }

export interface ActRules {
  refusalOf(held: StoredCase, act: ActRequest): ActRefusal | undefined
  /** Maximum number of undecided cases per reviewer. */
  readonly assignedMax: number
  /** Event time of the acts, ms. */
  readonly now: number
  /** How long to wait for the acts to show, ms. */
  readonly waitMs: number
}

const POLL_MS = 40

/** An act on its way, with its index among the requested ones. */
interface Sent {
  readonly act: ActRequest
  readonly place: number
}

/**
 * Requests acts on cases, each on its own. Acts that the stored case can't take are refused at once. The others are
 * sent to the processor, which decides, and this waits for the results.
 */
export async function sendCaseActs(
  database: Database,
  requests: readonly ActRequest[],
  rules: ActRules,
): Promise<ActResult[]> {
  const results: (ActResult | undefined)[] = []
  const sent = new Map<string, Sent>()
  await database.transaction().execute(async (transaction) => {
    const assigned = new Map<string, number>()
    for (const [place, act] of requests.entries()) {
      const id = act.id ?? randomUUID()
      const [known] = act.id === undefined ? [] : await actsWithIds(transaction, [act.id])
      const held = await caseOf(transaction, act.visitId)
      const refusal = known === undefined ? await refusalFor(transaction, held, act, rules, assigned) : undefined
      if (refusal !== undefined) results[place] = { state: 'refused', actId: null, refusal }
      else sent.set(id, { act, place })
      if (refusal !== undefined || known !== undefined) continue
      const event: CaseAct = { ...act, id, occurredAt: rules.now, source: 'api', customerId: held!.customerId }
      await putIntoOutbox(transaction, caseActs.name, event)
    }
  })
  await waitFor(database, sent, results, rules.waitMs)
  return results as ActResult[]
}

async function refusalFor(
  database: Reader,
  held: StoredCase | undefined,
  act: ActRequest,
  { refusalOf, assignedMax }: ActRules,
  assigned: Map<string, number>,
): Promise<ActRefusal | undefined> {
  if (held === undefined) return { problem: 'unknown', text: `The visit ${JSON.stringify(act.visitId)} has no case.` }
  const refusal = refusalOf(held, act)
  if (refusal !== undefined || act.kind !== 'assign' || act.to === null || act.to === held.reviewer) return refusal
  const holds = assigned.get(act.to) ?? (await undecidedOf(database, act.to))
  if (holds >= assignedMax)
    return {
      problem: 'full',
      text: `${act.to} has ${holds} undecided cases, and may have ${assignedMax}: choose somebody else.`,
    }
  assigned.set(act.to, holds + 1)
  return undefined
}

async function undecidedOf(database: Reader, reviewer: string): Promise<number> {
  const { count } = await database
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('reviewer', '=', reviewer)
    .where('status', 'in', [...undecidedStatuses])
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Waits until each act is in the log of its case or the time is up. */
async function waitFor(
  database: Database,
  sent: ReadonlyMap<string, Sent>,
  results: (ActResult | undefined)[],
  waitMs: number,
): Promise<void> {
  const until = performance.now() + waitMs
  const left = new Map(sent)
  for (;;) {
    for (const { actId, refusal, revision } of await actsWithIds(database, [...left.keys()])) {
      const { act, place } = left.get(actId!)!
      left.delete(actId!)
      results[place] =
        refusal === null
          ? { state: 'done', actId: actId!, held: await caseOf(database, act.visitId) }
          : {
              state: 'refused',
              actId,
              refusal: { problem: revision === act.revision ? 'illegal' : 'stale', text: refusal },
            }
    }
    if (left.size === 0 || performance.now() >= until) break
    await sleep(POLL_MS)
  }
  for (const [actId, { act, place }] of left)
    results[place] = { state: 'waits', actId, held: await caseOf(database, act.visitId) }
}
