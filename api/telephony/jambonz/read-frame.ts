import { Type, type Static } from 'typebox'
import { Id, parseFrame, problemOf, readAs } from '../read-json.ts'
import type { CallStart, Report } from '../reports.ts'
import { readHook } from './read-hook.ts'

/** A message of jambonz (docs.jambonz.org, WebSocket API). */
const Envelope = Type.Object({
  type: Type.String({ maxLength: 100 }),
  msgid: Type.Optional(Id),
  call_sid: Type.Optional(Id),
  hook: Type.Optional(Type.String({ maxLength: 2_000 })),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

const OptionalId = Type.Optional(Id)
const SessionData = Type.Object({
  call_sid: OptionalId,
  direction: Type.Optional(Type.String()),
  /** What the application that created the call attached to it. */
  customerData: Type.Optional(
    Type.Object({ customerId: OptionalId, callId: OptionalId, agent: OptionalId, language: OptionalId }),
  ),
  sip: Type.Optional(Type.Object({ headers: Type.Optional(Type.Record(Type.String(), Type.Unknown())) })),
  defaults: Type.Optional(
    Type.Object({ recognizer: Type.Optional(Type.Object({ language: Type.Optional(Type.String()) })) }),
  ),
})

const CallStatus = Type.Object({ call_sid: Id, call_status: Type.String({ maxLength: 100 }) })
const VerbStatus = Type.Object({ event: Type.String({ maxLength: 100 }), id: Type.Optional(Id) })

/** jambonz expects no acknowledgement of these. */
const WITHOUT_ACK = ['call:status', 'verb:status', 'jambonz:error', 'llm:event', 'llm:tool-call', 'tts:streaming-event']
const FINAL_STATUSES = ['completed', 'failed', 'no-answer', 'busy']

/** A frame of jambonz. */
export interface JambonzFrame {
  readonly msgid: string | undefined
  readonly callSid: string | undefined
  /** Whether jambonz waits for an acknowledgement. */
  readonly wantsAck: boolean
  readonly content:
    | { readonly report: Report }
    /** A new call; only an outbound one can have reached an answering machine. */
    | { readonly start: CallStart; readonly isOutbound: boolean; readonly isReconnect: boolean }
    | { readonly refused: string }
}

/** Reads a text frame. `language`: of calls that state none. Never throws. */
export function readJambonzFrame(text: string, language: string): JambonzFrame {
  const parsed = parseFrame(text)
  const read = 'refused' in parsed ? parsed : readAs(Envelope, parsed.frame, (envelope) => ({ envelope }))
  if ('refused' in read) return { msgid: undefined, callSid: undefined, wantsAck: false, content: read }
  const { type, msgid, call_sid: callSid } = read.envelope
  const wantsAck = msgid !== undefined && !WITHOUT_ACK.includes(type)
  return { msgid, callSid, wantsAck, content: contentOf(read.envelope, language) }
}

function contentOf(envelope: Static<typeof Envelope>, language: string): JambonzFrame['content'] {
  const { type, hook, data = {}, call_sid: callSid } = envelope
  switch (type) {
    case 'session:new':
    case 'session:reconnect':
      return readAs(SessionData, data, (session) => startOf(session, callSid, language, type === 'session:reconnect'))
    case 'verb:hook':
      return readHook(hook, data)
    case 'call:status':
      return readAs(CallStatus, data, (status) => ({ report: reportOfStatus(status, callSid) }))
    case 'verb:status':
      return readAs(VerbStatus, data, (status) => ({ report: reportOfVerb(status) }))
    case 'jambonz:error':
      return { refused: `jambonz reports an error: ${JSON.stringify(data).slice(0, 300)}` }
    default:
      return { refused: `The type ${JSON.stringify(type)} is not supported.` }
  }
}

function startOf(
  session: Static<typeof SessionData>,
  sid: string | undefined,
  language: string,
  isReconnect: boolean,
): JambonzFrame['content'] {
  const { customerData = {}, sip, defaults } = session
  const callId = customerData.callId ?? sid ?? session.call_sid
  if (callId === undefined) return { refused: 'The call has no call_sid.' }
  const start = {
    callId,
    customerId: customerData.customerId ?? headerOf(sip?.headers, 'x-customer-id'),
    language: customerData.language ?? defaults?.recognizer?.language ?? language,
    agent: customerData.agent ?? null,
  }
  return { start, isOutbound: session.direction === 'outbound', isReconnect }
}

/** Returns a SIP header, whose name may be in any case; null if it is missing or no identifier. */
function headerOf(headers: Readonly<Record<string, unknown>> | undefined, name: string): string | null {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
  return problemOf(Id, found) === undefined ? (found as string) : null
}

function reportOfStatus(
  { call_sid: leg, call_status: status }: Static<typeof CallStatus>,
  callSid: string | undefined,
): Report {
  // A call that was transferred by `dial` has a second leg with its own statuses.
  if (callSid !== undefined && leg !== callSid) return { kind: 'nothing' }
  return FINAL_STATUSES.includes(status) ? { kind: 'end', reason: status } : { kind: 'nothing' }
}

const playbackEvents: Readonly<Record<string, 'started' | 'finished' | 'stopped'>> = {
  'start-playback': 'started',
  'stop-playback': 'finished',
  'kill-playback': 'stopped',
}

function reportOfVerb({ event, id }: Static<typeof VerbStatus>): Report {
  const playback = Object.hasOwn(playbackEvents, event) ? playbackEvents[event] : undefined
  return playback === undefined || id === undefined
    ? { kind: 'nothing' }
    : { kind: 'playback', event: playback, partId: id }
}
