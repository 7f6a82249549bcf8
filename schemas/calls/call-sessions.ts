import { array, boolean, int, nullable, personal, record, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { sessionLimits } from './session-policies.ts'
import { TurnAnalysis } from './turns.ts'

/** A sentence to say in a live call. */
export const Saying = record('Saying', 'What is said in a call.', {
  /** Id of the part of the script, or `answer:` and the objection. */
  partId: string,
  text: personal('names', string),
  required: boolean,
})
export type Saying = TypeOf<typeof Saying>

export const SessionPart = record('SessionPart', 'A part of the script in a live call.', {
  id: string,
  text: string,
  simpler: nullable(string),
  required: boolean,
  /** Intents and phrases with which a customer answers the part before it is said. */
  answeredBy: array(string),
  /** pending, said or skipped. */
  state: string,
  /** Number of times that it was interrupted, and has to be said again. */
  repeats: int,
  usesSimpler: boolean,
})
export type SessionPart = TypeOf<typeof SessionPart>

const SessionAnswer = record('SessionAnswer', 'The answer to an objection in a live call.', {
  objection: string,
  text: string,
  simpler: nullable(string),
  used: boolean,
  usesSimpler: boolean,
})
export type SessionAnswer = TypeOf<typeof SessionAnswer>

const SessionPrompt = record('SessionPrompt', 'What to say next, and why.', {
  say: array(Saying),
  /** listen, end or transfer. */
  next: string,
  reasons: array(string),
})

const SessionLimits = record('SessionLimits', 'Limits of the call, by the policy when it started.', sessionLimits)

/** The stored state of a live call. It is all that a process needs to go on with the call. */
export const CallSession = record('CallSession', 'A live call.', {
  callId: string,
  customerId: string,
  language: string,
  /** Time zone of the customer; null if unknown. */
  timeZone: nullable(string),
  template: string,
  templateVersion: int,
  policyVersion: int,
  limits: SessionLimits,
  startedAt: timestamp,
  /** Time of the newest report. */
  lastAt: timestamp,
  step: int,
  isOver: boolean,
  /** `open`; or `end` or `transfer` if only required parts are still said before that. */
  outcome: string,
  parts: array(SessionPart),
  answers: array(SessionAnswer),
  prompt: SessionPrompt,
  /** What the customer heard last, a part or an answer, which a confused reply is about; null at the beginning. */
  lastPartId: nullable(string),
  /** Number of the newest turn; −1 before the first. */
  lastTurn: int,
  silences: int,
  unknownTurns: int,
  /** The last reports without a number, so that a repeated one is recognised. */
  reports: array(string),
  /** The last analyses, which later turns are analysed with. */
  analyses: array(TurnAnalysis),
})
export type CallSession = TypeOf<typeof CallSession>
