import { startSession, stepSession } from '../../../../features/calls/sessions/step-session.ts'
import type { SessionReport, TurnReport } from '../../../../features/calls/sessions/report.ts'
import type { CallSession, SessionPart } from '../../../../schemas/calls/call-sessions.ts'
import type { TurnAnalysis } from '../../../../schemas/calls/turns.ts'

export const START = Date.UTC(2026, 10, 9, 12)

const part = (id: string, changes: Partial<SessionPart> = {}): SessionPart => ({
  ...{ id, text: `The text of ${id}.`, simpler: null, required: false, answeredBy: [] },
  ...{ state: 'pending', repeats: 0, usesSimpler: false },
  ...changes,
})

export const newSession = (changes: Partial<CallSession> = {}): CallSession => ({
  ...{ callId: 'call', customerId: 'ada', language: 'en', timeZone: null, template: 'any', templateVersion: 1 },
  policyVersion: 0,
  limits: {
    ...{ silenceMs: 4_000, silencesMax: 2, unknownTurnsMax: 2, onUnknown: 'transfer', totalMs: 600_000 },
    ...{ repeatsMax: 2, withoutAnswer: 'transfer' },
  },
  ...{ startedAt: START, lastAt: START, step: 0, isOver: false, outcome: 'open' },
  parts: [
    part('opening'),
    part('recording', { required: true }),
    part('time', { answeredBy: ['go ahead'] }),
    part('offer', { simpler: 'In short: an offer.' }),
    part('closing', { required: true }),
  ],
  answers: ['price', 'timing', 'contact'].map((objection) => ({
    ...{ objection, text: `An answer about ${objection}.`, simpler: null, used: false, usesSimpler: false },
  })),
  prompt: { say: [], next: 'listen', reasons: [] },
  ...{ lastPartId: null, lastTurn: -1, silences: 0, unknownTurns: 0, reports: [], analyses: [] },
  ...changes,
})

export const started = (changes?: Partial<CallSession>): CallSession => startSession(newSession(changes)).session

export function turn(number: number, text: string, changes: Partial<TurnReport & TurnAnalysis> = {}): TurnReport {
  const { objection = null, intent = null, isConfused = false, wantsAgent = false, isIntelligible = true } = changes
  return {
    ...{ kind: 'turn', number, isIntelligible, isConfused, wantsAgent, at: changes.at ?? START + number * 5_000 },
    analysis: {
      ...{ id: `turn-${number}`, occurredAt: START, source: 'test', customerId: 'ada', callId: 'call', turn: number },
      ...{ text, intent, intents: [], modelId: null, absent: null, sentiment: 'neutral', sentimentScore: 0, objection },
      ...{ cues: [], keyPhrases: [], unsure: [], context: {} },
    },
  }
}

/** Takes the steps; a report that changes nothing fails. */
export function after(session: CallSession, ...reports: readonly SessionReport[]): CallSession {
  return reports.reduce((current, report) => {
    const stepped = stepSession(current, report)
    if (stepped === undefined) throw new Error(`The report changes nothing: ${JSON.stringify(report)}`)
    return stepped.session
  }, session)
}

export const said = ({ prompt }: CallSession): string[] => prompt.say.map(({ partId }) => partId)
