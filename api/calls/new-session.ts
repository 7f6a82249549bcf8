import type { CallSession } from '../../schemas/calls/call-sessions.ts'
import { sessionPolicies, type SessionPolicy } from '../../schemas/calls/session-policies.ts'
import { timeZoneOfCustomer } from '../../store/calls/turns.ts'
import { currentTime } from '../current-time.ts'
import type { ApiPorts, LiveCalls } from '../ports.ts'
import { activeSetting, settingOn } from '../versioned-settings.ts'
import type { scriptChooser } from './script-of-call.ts'

export async function activeSessionPolicy({
  database,
  settings,
}: Pick<ApiPorts, 'database' | 'settings'>): Promise<Omit<SessionPolicy, 'id' | 'occurredAt' | 'source' | 'name'>> {
  const { version, value, changedBy } = await activeSetting(database, settingOn(settings, sessionPolicies), 'default')
  return { ...(value as SessionPolicy), version, changedBy: changedBy ?? 'Scoreline' }
}

/** Returns a session before its first step, with the script chosen for the call. */
export async function newSession(
  ports: ApiPorts,
  chooseScript: ReturnType<typeof scriptChooser>,
  { callId, customerId, language, agent, at }: Parameters<LiveCalls['start']>[0],
): Promise<CallSession> {
  const request = { callId, customerId, language, now: currentTime(ports) }
  const [{ script }, policy, timeZone] = await Promise.all([
    chooseScript(request, agent === null ? {} : { agent }),
    activeSessionPolicy(ports),
    timeZoneOfCustomer(ports.database, customerId),
  ])
  const { template, templateVersion, parts, answers } = script
  const { version: policyVersion, ...limits } = policy
  return {
    ...{ callId, customerId, language, timeZone, template, templateVersion, policyVersion, limits },
    ...{ startedAt: at, lastAt: at, step: 0, isOver: false, outcome: 'open' },
    parts: parts.map(({ id, text, simpler, required, answeredBy }) => ({
      ...{ id, text, simpler, required, answeredBy, state: 'pending', repeats: 0, usesSimpler: false },
    })),
    answers: answers.map(({ objection, text, simpler }) => ({
      ...{ objection, text, simpler, used: false, usesSimpler: false },
    })),
    prompt: { say: [], next: 'listen', reasons: [] },
    ...{ lastPartId: null, lastTurn: -1, silences: 0, unknownTurns: 0, reports: [], analyses: [] },
  }
}
