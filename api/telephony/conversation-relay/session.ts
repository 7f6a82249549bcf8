import type { Prompt, TelephonySettings } from '../../ports.ts'
import { transferPrompt } from '../ask-session.ts'
import type { DrivenCall } from '../call-driver.ts'
import { CLOSE, createRefusals, type Line } from '../line.ts'
import type { CallStart } from '../reports.ts'
import { isRecording } from '../recordings.ts'
import { speakingMs } from '../spoken-text.ts'
import type { Switchboard } from '../switchboard.ts'
import { endMessage, messagesOf } from './messages.ts'
import { readRelayFrame, type RelayFrame } from './read-frame.ts'

/** Twilio does not report silence. */
const SILENCE_MS = 10_000
/** Frames have no ids: nobody says the same twice this fast, so the second is a duplicate. */
const DUPLICATE_MS = 250

export interface RelayOptions {
  readonly switchboard: Switchboard
  readonly settings: TelephonySettings
  readonly logError: (message: string) => void
}

/** The connection of one call with Twilio ConversationRelay. */
export interface RelaySession {
  /** Handles a text frame; resolves when its answer is sent. */
  receive(text: string): Promise<void>
  /** The connection closed; Twilio closes it with 1000 when the call is over. */
  closed(code: number): void
}

interface State extends RelayOptions {
  readonly line: Line
  readonly refuse: (why: string) => void
  start: CallStart | undefined
  call: DrivenCall | undefined
  detach: () => void
  lastFrame: { readonly text: string; readonly at: number }
  cancelEnd: () => void
}

export function relaySession(line: Line, options: RelayOptions): RelaySession {
  const state: State = {
    ...options,
    line,
    refuse: createRefusals(line, options.logError, 'ConversationRelay'),
    start: undefined,
    call: undefined,
    detach: () => {},
    lastFrame: { text: '', at: -Infinity },
    cancelEnd: () => {},
  }
  return {
    receive: (text) => receive(state, text),
    closed(code) {
      state.cancelEnd()
      if (code === CLOSE.normal) void state.call?.handle({ kind: 'end', reason: 'hangup' })
      state.detach()
    },
  }
}

async function receive(state: State, text: string): Promise<void> {
  const at = state.switchboard.clock.now()
  const isDuplicate = text === state.lastFrame.text && at - state.lastFrame.at < DUPLICATE_MS
  state.lastFrame = { text, at }
  if (isDuplicate) return
  const frame = readRelayFrame(text, state.settings.language)
  if ('refused' in frame) state.refuse(frame.refused)
  else if ('start' in frame) await start(state, frame)
  else if (state.call === undefined) state.refuse('It belongs to no call: setup must come first.')
  else say(state, await state.call.handle(frame.report))
}

async function start(
  state: State,
  { start: callStart, isMachine }: Exclude<RelayFrame, { report: unknown } | { refused: string }>,
): Promise<void> {
  const { switchboard, refuse } = state
  const { customerId, callId } = callStart
  if (state.start !== undefined) {
    if (callId !== state.start.callId) refuse(`This connection has the call ${state.start.callId} already.`)
    return
  }
  state.start = callStart
  if (customerId === null) {
    refuse(`Call ${callId} names no customer, so an agent takes it: set the parameter customerId in the TwiML.`)
    return say(state, transferPrompt(0, 'telephony.unknown-customer'))
  }
  const call = switchboard.call({ ...callStart, customerId }, SILENCE_MS)
  if (call === undefined) {
    refuse(`Call ${callId} is one too many for this process, so an agent takes it.`)
    return say(state, transferPrompt(0, 'telephony.too-many-calls'))
  }
  state.call = call
  state.detach = call.attach((prompt) => say(state, prompt))
  // The call comes back on a new connection if the action URL of the TwiML connects it again.
  const prompt = await call.handle({ kind: 'start', on: 'reconnect' })
  if (!isMachine) return say(state, prompt)
  await call.handle({ kind: 'end', reason: 'machine' })
  send(state, endMessage(callId, { next: 'end', reasons: ['telephony.machine'] }))
}

function say(state: State, prompt: Prompt | undefined): void {
  if (prompt === undefined) return
  const { callId, language } = state.start!
  for (const message of messagesOf(prompt, language)) send(state, message)
  if (prompt.next === 'listen') return
  // Twilio ends the session at once, also in the middle of a word.
  const ms = prompt.say.reduce((sum, { text }) => sum + (isRecording(text) ? 0 : speakingMs(text)), 0)
  if (ms === 0) return send(state, endMessage(callId, prompt))
  state.cancelEnd = state.switchboard.clock.after(ms, () => send(state, endMessage(callId, prompt)))
}

const send = ({ line }: State, message: object): void => line.send(JSON.stringify(message))
