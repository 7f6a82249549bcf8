import type { SessionReport } from '../../features/calls/sessions/report.ts'
import { startSession, stepSession } from '../../features/calls/sessions/step-session.ts'
import type { CallSession } from '../../schemas/calls/call-sessions.ts'
import type { CallTurn } from '../../schemas/calls/turns.ts'
import { callSession, insertSession, updateSession } from '../../store/calls/call-sessions.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts, LiveCalls, Prompt } from '../ports.ts'
import { newSession } from './new-session.ts'
import { requireSameCall, scriptChooser } from './script-of-call.ts'
import { sessionEvents } from './session-events.ts'
import { reportOf, turnOf } from './turn-report.ts'
import { requireTime } from './report-time.ts'

/** Attempts to store a step. Another attempt is needed only if reports about the same call arrive at the same moment. */
const ATTEMPTS_MAX = 8

/**
 * Leads live calls. The state of a call is in the database and each step is stored before it is answered, on condition
 * that no other process has taken the step. So a process may die at any moment, and two processes never both answer.
 */
export function createLiveCalls(ports: ApiPorts): LiveCalls {
  const { database } = ports
  const chooseScript = scriptChooser(ports)
  return {
    async start(call) {
      requireTime(call.at)
      const known = await callSession(database, call.callId)
      if (known !== undefined) return resume(known, call)
      const stepped = startSession(await newSession(ports, chooseScript, call))
      if (await insertSession(database, stepped.session, sessionEvents(stepped, undefined, undefined)))
        return promptOf(stepped.session)
      return resume(await requireSession(ports, call.callId), call)
    },
    async turn(callId, said) {
      requireTime(said.at)
      const session = await requireSession(ports, callId)
      const turn = turnOf(session, said)
      // A turn that is answered already needs no analysis.
      if (session.isOver || turn.turn <= session.lastTurn) return promptOf(session)
      return advance(ports, session, (current) => reportOf(ports, current, turn), turn)
    },
    async interrupted(callId, interruption) {
      return take(ports, callId, { kind: 'interruption', ...interruption })
    },
    async silence(callId, silence) {
      const session = await requireSession(ports, callId)
      // Nothing is to be said after a short silence.
      if (silence.ms < session.limits.silenceMs) return { ...promptOf(session), say: [] }
      return take(ports, callId, { kind: 'silence', ...silence })
    },
    async end(callId, end) {
      await take(ports, callId, { kind: 'end', ...end })
    },
  }
}

/** Returns the session of a call. Throws a problem if there is none. */
export async function requireSession({ database }: Pick<ApiPorts, 'database'>, callId: string): Promise<CallSession> {
  const session = await callSession(database, callId)
  if (session === undefined)
    throw new ProblemError(
      'not-found',
      `There is no session of a call ${JSON.stringify(callId)}: start it with POST /call-sessions.`,
    )
  return session
}

export function promptOf({ step, prompt, isOver }: CallSession): Prompt {
  const { say, next, reasons } = prompt
  return { step, say: isOver ? [] : say, next: next as Prompt['next'], reasons }
}

function resume(session: CallSession, call: Parameters<LiveCalls['start']>[0]): Prompt {
  requireSameCall(session, call)
  return promptOf(session)
}

async function take(ports: ApiPorts, callId: string, report: SessionReport): Promise<Prompt> {
  requireTime(report.at)
  return advance(ports, await requireSession(ports, callId), () => Promise.resolve(report))
}

/** Answers a report, on the session as it is when the step is stored. */
async function advance(
  ports: ApiPorts,
  first: CallSession,
  report: (session: CallSession) => Promise<SessionReport>,
  turn?: CallTurn,
): Promise<Prompt> {
  let session = first
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const current = await report(session)
    const stepped = stepSession(session, current)
    if (stepped === undefined) return promptOf(session)
    if (await updateSession(ports.database, stepped.session, sessionEvents(stepped, current, turn)))
      return promptOf(stepped.session)
    session = await requireSession(ports, session.callId)
  }
  throw new ProblemError(
    'unavailable',
    `Too many reports about the call ${first.callId} arrive at the same moment: send this one again.`,
  )
}
