import type { Prompt, TelephonySettings } from '../../ports.ts'
import { transferPrompt } from '../ask-session.ts'
import type { DrivenCall } from '../call-driver.ts'
import { CLOSE, createRefusals, type Line } from '../line.ts'
import type { CallStart } from '../reports.ts'
import type { Switchboard } from '../switchboard.ts'
import { readJambonzFrame, type JambonzFrame } from './read-frame.ts'
import { emptyAck, repliesOf } from './replies.ts'
import { verbsAtStart, verbsOf, type Verb } from './verbs.ts'

/** jambonz reports silence itself; this is for one that sends nothing at all. */
const SILENCE_MS = 60_000
/** Acknowledgements that are kept for messages that arrive twice. */
const ACKS_MAX = 64

export interface JambonzOptions {
  readonly switchboard: Switchboard
  readonly settings: TelephonySettings
  readonly logError: (message: string) => void
}

/** The connection of one call with jambonz. */
export interface JambonzSession {
  /** Handles a text frame; resolves when its answer is sent. */
  receive(text: string): Promise<void>
  /** The connection closed; jambonz closes it with 1000 when the call is over. */
  closed(code: number): void
}

interface State extends JambonzOptions {
  readonly line: Line
  readonly refuse: (why: string) => void
  readonly acks: Map<string, Promise<readonly string[]>>
  call: DrivenCall | undefined
  callSid: string | undefined
  detach: () => void
}

export function jambonzSession(line: Line, options: JambonzOptions): JambonzSession {
  const state: State = {
    ...options,
    line,
    refuse: createRefusals(line, options.logError, 'jambonz'),
    acks: new Map(),
    call: undefined,
    callSid: undefined,
    detach: () => {},
  }
  return {
    receive: (text) => receive(state, readJambonzFrame(text, options.settings.language)),
    closed(code) {
      if (code === CLOSE.normal) void state.call?.handle({ kind: 'end', reason: 'hangup' })
      state.detach()
    },
  }
}

async function receive(state: State, frame: JambonzFrame): Promise<void> {
  const { msgid, wantsAck } = frame
  const known = msgid === undefined ? undefined : state.acks.get(msgid)
  const replies = known ?? answer(state, frame)
  if (msgid !== undefined && known === undefined) {
    state.acks.set(msgid, replies)
    if (state.acks.size > ACKS_MAX) state.acks.delete(state.acks.keys().next().value!)
  }
  const frames = await replies
  // A duplicate gets its acknowledgement again, but not the commands that followed it.
  for (const one of known === undefined ? frames : frames.slice(0, 1)) state.line.send(one)
  if (frames.length === 0 && wantsAck) state.line.send(emptyAck(msgid!))
}

async function answer(state: State, { msgid, callSid, wantsAck, content }: JambonzFrame): Promise<readonly string[]> {
  const waiting = wantsAck ? msgid : undefined
  if ('refused' in content) {
    state.refuse(content.refused)
    return []
  }
  if ('start' in content) return start(state, content, callSid, waiting)
  if (state.call === undefined) {
    state.refuse('It belongs to no call: session:new must come first.')
    return []
  }
  if (callSid !== undefined && state.callSid !== undefined && callSid !== state.callSid) {
    state.refuse(`It belongs to the call ${callSid}, but this connection to ${state.callSid}.`)
    return []
  }
  const { report } = content
  const prompt = await state.call.handle(report)
  if (report.kind === 'end' && report.reason === 'machine') return repliesOf(waiting, [{ verb: 'hangup' }])
  return prompt === undefined ? [] : repliesOf(waiting, verbsOf(prompt, state.settings.transfer))
}

type Start = Extract<JambonzFrame['content'], { readonly start: CallStart }>

async function start(
  state: State,
  { start: callStart, isOutbound, isReconnect }: Start,
  callSid: string | undefined,
  msgid: string | undefined,
): Promise<readonly string[]> {
  const { switchboard, settings, refuse } = state
  const { customerId } = callStart
  if (state.call !== undefined && callSid !== state.callSid) {
    refuse('This connection has a call already.')
    return []
  }
  if (customerId === null) {
    refuse(`Call ${callStart.callId} names no customer, so an agent takes it: set customerData.customerId.`)
    return repliesOf(msgid, verbsOf(transferPrompt(0, 'telephony.unknown-customer'), settings.transfer))
  }
  const on = !isReconnect ? 'new' : switchboard.isStarting(callStart.callId) ? 'retry' : 'reconnect'
  const call = switchboard.call({ ...callStart, customerId }, SILENCE_MS)
  if (call === undefined) {
    refuse(`Call ${callStart.callId} is one too many for this process, so an agent takes it.`)
    return repliesOf(msgid, verbsOf(transferPrompt(0, 'telephony.too-many-calls'), settings.transfer))
  }
  state.detach()
  state.call = call
  state.callSid = callSid
  state.detach = call.attach((prompt) => sendAll(state, repliesOf(undefined, verbsOf(prompt, settings.transfer))))
  const prompt = await call.handle({ kind: 'start', on })
  if (prompt === undefined) return []
  return startReplies(prompt, {
    msgid,
    // jambonz reads the acknowledgement of a reconnection only if the start of the call was never acknowledged.
    needsCommand: on === 'reconnect',
    before: verbsAtStart(callStart.language, isOutbound && !isReconnect),
    transfer: settings.transfer,
  })
}

function startReplies(
  prompt: Prompt,
  options: {
    readonly msgid: string | undefined
    readonly needsCommand: boolean
    readonly before: Verb[]
    readonly transfer: string
  },
): readonly string[] {
  const verbs = [...options.before, ...verbsOf(prompt, options.transfer)]
  const acknowledged = repliesOf(options.msgid, verbs)
  return options.needsCommand && options.msgid !== undefined
    ? [acknowledged[0]!, ...repliesOf(undefined, verbs)]
    : acknowledged
}

function sendAll({ line }: State, frames: readonly string[]): void {
  for (const frame of frames) line.send(frame)
}
